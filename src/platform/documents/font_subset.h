#pragma once
// The part of a face that a document needs, as a TrueType file that a PDF and an OFD embed alike. Internal to
// platform/documents.

#include <cstdint>
#include <string>
#include <vector>

#include "platform/documents/fonts.h"

namespace tongban::documents {

struct FontSubset {
    std::string tag;                    // six capital letters, derived from the characters
    std::string file;                   // TrueType, with cmap, name, OS/2 and post of our own making
    std::vector<std::uint32_t> glyphs;  // glyph in `file` of each character asked for
};

FontSubset subset_of(const Face& face, const std::vector<char32_t>& characters);

}  // namespace tongban::documents
