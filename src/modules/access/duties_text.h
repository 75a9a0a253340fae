#pragma once
// How the table of accounts keeps duties: their words with commas.

#include <string>
#include <string_view>
#include <vector>

#include "modules/access/core/action.h"

namespace tongban {

std::string duties_text(const std::vector<Duty>& duties);
std::vector<Duty> duties_of(std::string_view text);

}  // namespace tongban
