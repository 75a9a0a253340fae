#pragma once
// Sittings in the database.

#include <memory>

#include "modules/collections/core/collection_store.h"
#include "modules/journal/core/journal.h"

namespace tongban {

std::unique_ptr<CollectionStore> make_collection_store(Journal& journal);  // must outlive the store

}  // namespace tongban
