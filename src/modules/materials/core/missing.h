#pragma once
// Everything that still stands against a push, told at once (一次性告知, 条例 17). Pure.

#include <string>
#include <string_view>
#include <vector>

#include "modules/catalog/core/item.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

struct Missing {
    std::string step;     // application, parties, interview, materials
    std::string pointer;  // into the sitting as the API shows it: "/materials/M10"
    std::string text;     // Chinese, what to do
};

// Texts for one step are in the order of the form. An empty answer means that the dossier may be pushed. `today`:
// 2026-11-24, decides who is a minor.
std::vector<Missing> missing_of(const Dossier& dossier, const Item& item, std::string_view today);

}  // namespace tongban
