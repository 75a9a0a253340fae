#pragma once
// Lines of Chinese text: 避头尾 (no closing mark at the start of a line, no opening one at its end), numbers and Latin
// words kept whole where they fit.

#include <string_view>
#include <vector>

#include "platform/documents/fonts.h"

namespace tongban::documents {

struct Line {
    std::vector<Glyph> glyphs;
    double width = 0;  // em
};

double width_of(const std::vector<Glyph>& glyphs);  // em

// `width` and `first_indent` in em. "\n" ends a line; an empty text is one empty line.
Result<std::vector<Line>> break_lines(const FontBook& fonts, Style style, std::string_view text, double width,
                                      double first_indent = 0);

}  // namespace tongban::documents
