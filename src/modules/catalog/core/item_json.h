#pragma once
// Parts of an item as the API shows them in more than one place.

#include <boost/json/fwd.hpp>

#include "modules/catalog/core/item.h"

namespace tongban {

boost::json::object field_json(const FormField& field);  // FormField of the API

}  // namespace tongban
