#pragma once
// GET /api/v1/registries, …/{code}/items, …/{code}/items/{item}: public.

#include "base/clock.h"
#include "modules/access/core/api.h"
#include "modules/catalog/core/catalog.h"

namespace tongban {

void add_catalog_routes(Api& api, const Catalog& catalog, Clock& clock, bool demonstration);

}  // namespace tongban
