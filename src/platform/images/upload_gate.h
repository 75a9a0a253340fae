#pragma once
// The gate and the previews (contract in base/imaging.h).

#include <memory>

#include "base/imaging.h"

namespace tongban {

std::unique_ptr<Imaging> make_imaging();

}  // namespace tongban
