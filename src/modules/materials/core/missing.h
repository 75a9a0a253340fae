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

// What one visit must know of the others that make the same application whole.
struct OtherVisits {
    bool last = true;     // nobody else is missing: this visit makes it whole, so every required line must be there
    bool joined = false;  // form and set of parties are the home registry's, given by an earlier visit
    std::vector<std::string> lines_there;  // material lines with pages from other visits
    bool materials_only = false;           // what is handed in later: these lines, and nothing else is asked
    std::vector<std::string> only_lines;
    Facts counts;  // "count.…" over all parties, also those not seen here
};

// Texts for one step are in the order of the form. An empty answer means that the dossier is whole: it may be filed.
// `today`: 2026-11-24, decides who is a minor.
std::vector<Missing> missing_of(const Dossier& dossier, const Item& item, std::string_view today);

// The same for one visit of several: parties elsewhere are not asked for their identity and answers, but they must be
// named, with a phone to call them.
std::vector<Missing> missing_here(const Dossier& dossier, const Item& item, std::string_view today,
                                  const OtherVisits& others);

// facts_of() with what other visits add to it.
Facts visit_facts(const Dossier& dossier, const Item& item, std::string_view today, const OtherVisits& others);

}  // namespace tongban
