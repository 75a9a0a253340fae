#pragma once
// The faces that documents are set in. Loaded once, immutable, shared by threads.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/documents/harfbuzz.h"

namespace tongban::documents {

enum class Style { serif, serif_bold, sans };
inline constexpr int style_count = 3;

class Face {
public:
    // A TrueType file; `name` is its PostScript name.
    Face(const std::filesystem::path& file, std::string name);

    std::uint32_t glyph(char32_t character) const;  // 0: this face does not have it
    double advance(std::uint32_t glyph) const;      // in em
    const std::string& name() const { return name_; }
    hb_face_t* handle() const { return face_.get(); }
    double per_thousand(double units) const { return units * 1000.0 / units_per_em_; }
    hb_font_extents_t extents() const;

private:
    std::string name_;
    HbFace face_;
    HbFont font_;
    double units_per_em_ = 1000;
};

struct Glyph {
    int face = 0;  // index into FontBook::faces()
    char32_t character = 0;
    double advance = 0;  // em
};

class FontBook {
public:
    // Finds the fonts of the Debian packages named in packaging/, converts what needs it into `cache` (some seconds
    // on the very first start). Throws, naming the package, when one is missing.
    explicit FontBook(const std::filesystem::path& cache);

    const std::vector<std::unique_ptr<Face>>& faces() const { return faces_; }

    // The glyphs of one line of UTF-8 text; character_missing names the first character that no face has.
    Result<std::vector<Glyph>> glyphs(Style style, std::string_view text) const;

private:
    int find_face(Style style, char32_t character) const;
    std::vector<std::unique_ptr<Face>> faces_;  // one per style, then the fall-backs
};

}  // namespace tongban::documents
