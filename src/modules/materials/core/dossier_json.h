#pragma once
// The dossier in the API's shapes (Application, Party, Material): masked numbers only.

#include <boost/json/fwd.hpp>

#include "modules/catalog/core/catalog.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

boost::json::object application_json(const Application& application);
boost::json::array parties_json(const Dossier& dossier);
// Every line of the pinned list, touched or not; lines the platform writes itself are left out.
boost::json::array materials_json(const Dossier& dossier, const Item& item);

}  // namespace tongban
