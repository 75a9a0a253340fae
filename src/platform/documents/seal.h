#pragma once
// The round seal of a Chinese office, drawn: red ring, name along the upper arc, star, a line below the star.

#include <vector>

#include "platform/documents/drawing.h"

namespace tongban::documents {

// `diameter` in mm, officially 42 for a registry. Long names are set narrower, never smaller than readable.
std::vector<Item> seal_items(Spot center, double diameter, const std::vector<Glyph>& arc,
                             const std::vector<Glyph>& bottom);

}  // namespace tongban::documents
