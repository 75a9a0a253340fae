#pragma once
// Shapes and text of a drawing as pixels of one colour, for the picture that an electronic seal carries. Edges are
// smoothed by 4 lines a pixel and exact widths along each.

#include <string>
#include <vector>

#include "platform/documents/drawing.h"

namespace tongban::documents {

// The square of `size` mm whose top left corner is at the origin, `pixels` wide: one byte of coverage a pixel. Colours
// of the items do not matter, pictures are not drawn.
std::string rasterise(const std::vector<Item>& items, const FontBook& fonts, double size, int pixels);

}  // namespace tongban::documents
