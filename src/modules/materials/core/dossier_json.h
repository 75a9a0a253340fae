#pragma once
// The dossier in the API's shapes (Application, Party, Material): masked numbers only.

#include <boost/json/fwd.hpp>

#include "modules/catalog/core/item.h"
#include "modules/materials/core/dossier.h"

namespace tongban {

// `facts`: facts_of() the dossier. Every party comes with the ids of the questions it is to be asked.
boost::json::array parties_json(const Dossier& dossier, const Item& item, const Facts& facts);
// Every line of the pinned list, touched or not; lines the platform writes itself are left out.
boost::json::array materials_json(const Dossier& dossier, const Item& item, const Facts& facts);

}  // namespace tongban
