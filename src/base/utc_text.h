#pragma once
// Times as others write them to us.

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace tongban {

// RFC 3339 in UTC, with or without milliseconds; nothing for anything else.
std::optional<Millis> parse_utc_text(std::string_view text);

}  // namespace tongban
