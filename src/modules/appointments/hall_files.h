#pragma once
// data/appointments/halls.toml.

#include <string>

#include "modules/appointments/core/slots.h"

namespace tongban {

// Throws DataBroken with every fault of the file.
HallPlans load_halls(const std::string& path);

}  // namespace tongban
