#pragma once
// Cases in the database.

#include <memory>

#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/journal/core/journal.h"

namespace tongban {

// Both must outlive the store.
std::unique_ptr<CaseStore> make_case_store(Journal& journal, const Catalog& catalog);

}  // namespace tongban
