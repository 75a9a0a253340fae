#pragma once
// The case sheet of the API, except what changes without the case: register, checks, bill, certificate, documents that
// depend on them and what the person asking may do. Made when the case is saved, so that opening a sheet parses
// nothing.

#include <string>

#include "modules/cases/core/case.h"
#include "modules/catalog/core/catalog.h"

namespace tongban {

// A JSON object as text. `item` is the pinned version.
std::string case_sheet(const Case& subject, const Item& item, const Catalog& catalog);

// Documents that exist in this state, names as in /documents/{document}.
std::vector<std::string> case_documents(const Case& subject);

}  // namespace tongban
