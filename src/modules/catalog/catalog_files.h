#pragma once
// The catalogue from the files a registrar edits.

#include <string>

#include "modules/catalog/core/catalog.h"

namespace tongban {

// `data_dir` holds divisions/ and catalog/ (see the README beside). Throws DataBroken with every fault as file:line.
Catalog load_catalog(const std::string& data_dir);

}  // namespace tongban
