#pragma once
// Pictures from a signature pad: what counts is where ink is, not which colour the paper had.

#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban::images {

// One byte of ink per pixel, row by row; 255 is full. Trimmed to the strokes.
struct Ink {
    int width = 0;
    int height = 0;
    std::string coverage;
};

// Reads a PNG of at most 1 MB and 4 Mpx, dark strokes on transparent or white ground, reduced to at most 600 pixels
// wide. An error for anything else; a picture without any stroke gives width 0.
Result<Ink> read_ink(std::string_view png);

}  // namespace tongban::images
