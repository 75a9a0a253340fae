#pragma once
// The tables of a subset that say what its glyphs are: readers of OFD find glyphs through cmap and refuse fonts without
// OS/2, name and post. Made here rather than subset: small, and the same for every source. Internal to
// platform/documents.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tongban::documents {

struct SubsetFacts {
    std::string name;                                        // PostScript name with its subset tag
    std::vector<std::pair<char32_t, std::uint32_t>> glyphs;  // by character, ascending
    int units_per_em = 1000;
    int ascender = 880;
    int descender = -120;  // font units, below the baseline negative
    bool is_bold = false;
};

std::string cmap_table(const SubsetFacts& facts);
std::string name_table(const SubsetFacts& facts);
std::string os2_table(const SubsetFacts& facts);
std::string post_table();

}  // namespace tongban::documents
