#include "platform/documents/fonts.h"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>

#include "base/documents.h"
#include "platform/documents/font_conversion.h"

namespace tongban::documents {
namespace {

struct Source {
    const char* file;
    unsigned index;
    const char* name;
    const char* package;
    bool needs_conversion;
};

constexpr unsigned simplified_chinese = 2;  // face of the Noto CJK collections

// The styles in the order of Style, then the faces that are asked when a style lacks a character.
constexpr Source sources[] = {
    {"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", simplified_chinese, "NotoSerifCJKsc-Regular",
     "fonts-noto-cjk",                                                                                                                true },
    {"/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",    simplified_chinese, "NotoSerifCJKsc-Bold",
     "fonts-noto-cjk",                                                                                                                true },
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",  simplified_chinese, "NotoSansCJKsc-Regular",
     "fonts-noto-cjk",                                                                                                                true },
    {"/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",  0,                  "BabelStoneHan",          "fonts-babelstone-han", false},
    {"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",         0,                  "HanaMinB",               "fonts-hanazono",       false},
};

// Decodes one character of UTF-8 at `at` and moves behind it; nothing for a malformed text.
std::optional<char32_t> next_character(std::string_view text, std::size_t& at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || first > 0xF4 || at + length > text.size()) return std::nullopt;
    char32_t c = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return std::nullopt;
        c = (c << 6) | (byte(at + i) & 0x3F);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < smallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    at += length;
    return c;
}

}  // namespace

Face::Face(const std::filesystem::path& file, std::string name) : name_(std::move(name))
{
    const HbBlob blob(hb_blob_create_from_file_or_fail(file.c_str()));
    if (blob == nullptr) throw std::runtime_error(fmt::format("font {} cannot be read", file.string()));
    face_.reset(hb_face_create(blob.get(), 0));
    if (hb_face_get_glyph_count(face_.get()) < 2)
        throw std::runtime_error(fmt::format("font {} is damaged", file.string()));
    hb_face_make_immutable(face_.get());
    font_.reset(hb_font_create(face_.get()));
    hb_font_make_immutable(font_.get());
    units_per_em_ = hb_face_get_upem(face_.get());
}

std::uint32_t Face::glyph(char32_t character) const
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(font_.get(), character, &glyph) != 0 ? glyph : 0;
}

double Face::advance(std::uint32_t glyph) const
{
    return hb_font_get_glyph_h_advance(font_.get(), glyph) / units_per_em_;
}

hb_font_extents_t Face::extents() const
{
    hb_font_extents_t extents = {};
    hb_font_get_h_extents(font_.get(), &extents);
    return extents;
}

FontBook::FontBook(const std::filesystem::path& cache)
{
    for (const Source& source : sources) {
        if (!std::filesystem::exists(source.file))
            throw std::runtime_error(
                fmt::format("font {} is missing; install the package {}", source.file, source.package));
        const std::filesystem::path file =
            source.needs_conversion ? cached_truetype(source.file, source.index, cache) : source.file;
        faces_.push_back(std::make_unique<Face>(file, source.name));
    }
}

int FontBook::find_face(Style style, char32_t character) const
{
    if (faces_[static_cast<std::size_t>(style)]->glyph(character) != 0) return static_cast<int>(style);
    for (std::size_t i = style_count; i < faces_.size(); ++i)
        if (faces_[i]->glyph(character) != 0) return static_cast<int>(i);
    return -1;
}

Result<std::vector<Glyph>> FontBook::glyphs(Style style, std::string_view text) const
{
    std::vector<Glyph> glyphs;
    glyphs.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size();) {
        const auto character = next_character(text, at);
        if (!character || *character < 0x20 || *character == 0x7F) return Error{document_problem::text_malformed};
        const int face = find_face(style, *character);
        if (face < 0)
            return Error{document_problem::character_missing,
                         fmt::format("字库没有字符 U+{:04X}", static_cast<std::uint32_t>(*character))};
        const Face& found = *faces_[static_cast<std::size_t>(face)];
        glyphs.push_back({face, *character, found.advance(found.glyph(*character))});
    }
    return glyphs;
}

}  // namespace tongban::documents
