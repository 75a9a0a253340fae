#pragma once
// A page of an untrusted PDF as a JPEG, drawn by pdftocairo in a child process: limited memory, CPU time and output,
// empty environment, no open files but its input and output. Internal to platform/images.

#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban::images {

// `longer_side` in pixels. Error `damaged` when the child fails or needs too long; throws when it cannot be started.
Result<std::string> render_page(std::string_view pdf, int page, int longer_side);

}  // namespace tongban::images
