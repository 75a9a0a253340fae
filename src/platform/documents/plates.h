#pragma once
// What the writers of a drawing share: which characters of which faces it uses, and the embedded part of each face,
// subset and compressed once. Internal to platform/documents.

#include <map>
#include <vector>

#include "platform/documents/drawing.h"
#include "platform/documents/font_subset.h"
#include "platform/zip/deflate.h"

namespace tongban::documents {

// The characters of one face that the document uses, numbered from 1 in the order of their first appearance: these
// numbers are the codes in the content of a PDF.
struct Plate {
    std::map<char32_t, int> codes;
    std::vector<char32_t> characters;
    FontSubset subset;
    Deflated packed;  // of subset.file

    bool is_used() const { return !characters.empty(); }
    int code(char32_t c) const { return codes.at(c); }
    std::uint32_t glyph(char32_t c) const { return subset.glyphs[static_cast<std::size_t>(code(c)) - 1]; }
};

// One plate per face of the book, used or not.
using Plates = std::vector<Plate>;
Plates make_plates(const Drawing& drawing, const FontBook& fonts);

}  // namespace tongban::documents
