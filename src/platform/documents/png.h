#pragma once
// Pictures of one colour as PNG: 16 degrees of transparency, four bits a pixel (a seal of 42 mm is some 12 KB). The
// same picture gives the same bytes.

#include <string>

#include "platform/documents/drawing.h"

namespace tongban::documents {

// `coverage`: one byte a pixel, row by row, 255 is full.
std::string write_png(int width, int height, std::string_view coverage, Color color);

}  // namespace tongban::documents
