#pragma once
// Cubic (CFF) outlines to quadratic (TrueType) ones, done once per font and machine. Why: subsets of CID-keyed CFF are
// larger, slower to make, and drawn wrongly by an independent OFD reader (documents.md A.3).

#include <filesystem>
#include <string>

namespace tongban::documents {

// The bytes of a .ttf with every glyph that face `index` of `source` maps a character to, except Hangul syllables.
// Deviation of outlines: at most one font unit. Throws when the font cannot be read.
std::string converted_to_truetype(const std::filesystem::path& source, unsigned index);

// The converted font in `cache`, made first when it is not there. Safe against other threads and processes: the file
// appears complete or not at all.
std::filesystem::path cached_truetype(const std::filesystem::path& source, unsigned index,
                                      const std::filesystem::path& cache);

}  // namespace tongban::documents
