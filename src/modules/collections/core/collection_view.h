#pragma once
// The sitting in the API's shape (Collection, CollectionRow).

#include <string>

#include "modules/access/core/actor.h"
#include "modules/catalog/core/catalog.h"
#include "modules/collections/core/collection_store.h"

namespace tongban {

// JSON text. `item` is the pinned version; `viewer` decides allowed_actions.
std::string collection_text(const Collection& sitting, const Item& item, const Catalog& catalog, const Actor& viewer,
                            std::string_view today);
std::string collection_rows_text(const CollectionPage& page, const Catalog& catalog, std::string_view today);

}  // namespace tongban
