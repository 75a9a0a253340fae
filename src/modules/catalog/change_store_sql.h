#pragma once

#include <memory>

#include "modules/catalog/core/change_store.h"
#include "modules/journal/core/journal.h"

namespace tongban {

// The journal must outlive the result.
std::unique_ptr<ChangeStore> make_change_store(Journal& journal);

}  // namespace tongban
