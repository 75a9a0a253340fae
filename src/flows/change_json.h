#pragma once
// Changes of the catalogue as the API shows them.

#include <boost/json/fwd.hpp>
#include <string>

#include "modules/catalog/core/catalog.h"
#include "modules/catalog/core/change.h"
#include "modules/catalog/core/list_edits.h"

namespace tongban {

boost::json::object change_json(const Change& change);  // without what depends on today or on who looks
boost::json::object change_row(const Change& change, const Catalog& catalog);
// CatalogueEditor: the province's version, the one that stands, and the edits between them.
boost::json::object editor_json(const Item& base, const Item& now, const ListEdits& edits);
// H26: what people have to look at in a case that keeps running on `pinned`.
boost::json::object list_change_json(const Item& pinned, const Item& later);
// Of what cannot change by itself between looking and approving: what differs. Cases come and go.
std::string impact_digest(const boost::json::object& impact);

}  // namespace tongban
