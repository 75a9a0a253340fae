#include "platform/documents/font_conversion.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>
#include <vector>

#include "platform/documents/harfbuzz.h"

namespace tongban::documents {
namespace {

constexpr int converter_version = 1;  // part of the cached file's name
constexpr double tolerance = 1.0;     // font units

struct Spot {
    double x;
    double y;
};

Spot middle(Spot a, Spot b)
{
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

struct Knot {
    int x;
    int y;
    bool on_curve;
};
using Contour = std::vector<Knot>;

// Collects one glyph from HarfBuzz's drawing callbacks.
struct Outline {
    std::vector<Contour> contours;
    Contour open;

    void put(Spot p, bool on_curve)
    {
        open.push_back({static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)), on_curve});
    }
    void close()
    {
        if (open.size() > 1 && open.back().on_curve && open.back().x == open.front().x &&
            open.back().y == open.front().y)
            open.pop_back();  // TrueType contours are closed by themselves
        if (open.size() > 2) contours.push_back(std::move(open));
        open.clear();
    }
    void cubic(Spot a, Spot b, Spot c, Spot d, int depth)
    {
        const double ex = d.x - 3 * c.x + 3 * b.x - a.x;
        const double ey = d.y - 3 * c.y + 3 * b.y - a.y;
        constexpr double third = 0.0481125;  // sqrt(3) / 36: distance of a cubic from its best quadratic
        if (depth == 0 || std::hypot(ex, ey) * third <= tolerance) {
            put({(3 * (b.x + c.x) - a.x - d.x) / 4, (3 * (b.y + c.y) - a.y - d.y) / 4}, false);
            put(d, true);
            return;
        }
        const Spot ab = middle(a, b);
        const Spot bc = middle(b, c);
        const Spot cd = middle(c, d);
        const Spot p = middle(ab, bc);
        const Spot q = middle(bc, cd);
        const Spot m = middle(p, q);
        cubic(a, ab, p, m, depth - 1);
        cubic(m, q, cd, d, depth - 1);
    }
};

HbDraw drawing_functions()
{
    HbDraw draw(hb_draw_funcs_create());
    hb_draw_funcs_set_move_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x, float y, void*) {
            static_cast<Outline*>(to)->close();
            static_cast<Outline*>(to)->put({x, y}, true);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x, float y, void*) {
            static_cast<Outline*>(to)->put({x, y}, true);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float cx, float cy, float x, float y, void*) {
            static_cast<Outline*>(to)->put({cx, cy}, false);
            static_cast<Outline*>(to)->put({x, y}, true);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t* at, float ax, float ay, float bx, float by, float x, float y,
           void*) {
            static_cast<Outline*>(to)->cubic({at->current_x, at->current_y}, {ax, ay}, {bx, by}, {x, y}, 6);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(
        draw.get(), [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, void*) { static_cast<Outline*>(to)->close(); },
        nullptr, nullptr);
    hb_draw_funcs_make_immutable(draw.get());
    return draw;
}

// Big-endian bytes, as all of OpenType is.
class Bytes {
public:
    void u8(std::uint32_t v) { text_ += static_cast<char>(v & 255); }
    void u16(std::uint32_t v)
    {
        u8(v >> 8);
        u8(v);
    }
    void i16(int v) { u16(static_cast<std::uint32_t>(v)); }
    void u32(std::uint32_t v)
    {
        u16(v >> 16);
        u16(v);
    }
    void zeros(std::size_t count) { text_.append(count, '\0'); }
    void pad()
    {
        while (text_.size() % 4 != 0) text_ += '\0';
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
    std::string& text() { return text_; }

private:
    std::string text_;
};

struct Extent {
    int x_min = 0, y_min = 0, x_max = 0, y_max = 0;
};

// One coordinate of the deltas: flag bits `is_short` and `same` and the bytes.
std::uint32_t put_delta(Bytes& out, int delta, std::uint32_t is_short, std::uint32_t same)
{
    if (delta == 0) return same;
    if (delta > -256 && delta < 256) {
        out.u8(static_cast<std::uint32_t>(std::abs(delta)));
        return delta > 0 ? (is_short | same) : is_short;
    }
    out.i16(delta);
    return 0;
}

Extent put_glyph(Bytes& out, const Outline& outline)
{
    Extent box{32767, 32767, -32768, -32768};
    for (const Contour& contour : outline.contours)
        for (const Knot& knot : contour) {
            box.x_min = std::min(box.x_min, knot.x);
            box.y_min = std::min(box.y_min, knot.y);
            box.x_max = std::max(box.x_max, knot.x);
            box.y_max = std::max(box.y_max, knot.y);
        }
    out.i16(static_cast<int>(outline.contours.size()));
    for (const int v : {box.x_min, box.y_min, box.x_max, box.y_max}) out.i16(v);
    int last = -1;
    for (const Contour& contour : outline.contours) out.i16(last += static_cast<int>(contour.size()));
    out.u16(0);  // no instructions
    Bytes xs;
    Bytes ys;
    int x = 0;
    int y = 0;
    for (const Contour& contour : outline.contours)
        for (const Knot& knot : contour) {
            std::uint32_t flags = knot.on_curve ? 1 : 0;
            flags |= put_delta(xs, knot.x - x, 2, 16);
            flags |= put_delta(ys, knot.y - y, 4, 32);
            out.u8(flags);
            x = knot.x;
            y = knot.y;
        }
    out.text() += xs.text() + ys.text();
    out.pad();
    return box;
}

struct Tables {
    std::map<std::string, Bytes> by_tag;  // OpenType wants them sorted by tag
};

std::string font_file(Tables& tables)
{
    const auto count = static_cast<std::uint32_t>(tables.by_tag.size());
    std::uint32_t power = 1;
    std::uint32_t log = 0;
    while (power * 2 <= count) {
        power *= 2;
        ++log;
    }
    Bytes head;
    head.u32(0x00010000);
    head.u16(count);
    head.u16(power * 16);
    head.u16(log);
    head.u16(count * 16 - power * 16);
    Bytes body;
    for (auto& [tag, table] : tables.by_tag) {
        const std::uint32_t length = table.size();
        table.pad();
        std::uint32_t sum = 0;
        for (std::size_t i = 0; i < table.text().size(); i += 4) {
            std::uint32_t word = 0;
            for (std::size_t k = 0; k < 4; ++k) word = (word << 8) | static_cast<unsigned char>(table.text()[i + k]);
            sum += word;
        }
        head.text() += tag;
        head.u32(sum);
        head.u32(12 + count * 16 + body.size());
        head.u32(length);
        body.text() += table.text();
    }
    return head.text() + body.text();
}

void put_cmap(Bytes& cmap, const std::vector<std::pair<hb_codepoint_t, std::uint32_t>>& characters)
{
    std::vector<std::array<std::uint32_t, 3>> groups;  // first, last, first glyph
    for (const auto& [character, glyph] : characters) {
        if (!groups.empty() && groups.back()[1] + 1 == character &&
            groups.back()[2] + (character - groups.back()[0]) == glyph)
            groups.back()[1] = character;
        else
            groups.push_back({character, character, glyph});
    }
    cmap.u16(0);
    cmap.u16(1);
    cmap.u16(3);
    cmap.u16(10);
    cmap.u32(12);
    cmap.u16(12);
    cmap.u16(0);
    cmap.u32(static_cast<std::uint32_t>(16 + groups.size() * 12));
    cmap.u32(0);
    cmap.u32(static_cast<std::uint32_t>(groups.size()));
    for (const auto& group : groups)
        for (const std::uint32_t v : group) cmap.u32(v);
}

bool is_wanted(hb_codepoint_t character)
{
    return character >= 0x20 && !(character >= 0xAC00 && character <= 0xD7A3);
}

}  // namespace

std::string converted_to_truetype(const std::filesystem::path& source, unsigned index)
{
    const HbBlob blob(hb_blob_create_from_file_or_fail(source.c_str()));
    if (blob == nullptr) throw std::runtime_error(fmt::format("font {} cannot be read", source.string()));
    const HbFace face(hb_face_create(blob.get(), index));
    const HbFont font(hb_font_create(face.get()));
    const HbSet mapped(hb_set_create());
    hb_face_collect_unicodes(face.get(), mapped.get());
    if (hb_set_is_empty(mapped.get())) throw std::runtime_error(fmt::format("{} is not a font", source.string()));
    const HbDraw draw = drawing_functions();

    Tables tables;
    Bytes& glyf = tables.by_tag["glyf"];
    Bytes& loca = tables.by_tag["loca"];
    Bytes& hmtx = tables.by_tag["hmtx"];
    std::vector<std::pair<hb_codepoint_t, std::uint32_t>> characters;
    std::map<hb_codepoint_t, std::uint32_t> renumbered;
    Extent whole;
    std::uint32_t glyphs = 0;
    std::size_t points_max = 0;
    std::size_t contours_max = 0;
    int advance_max = 0;

    const auto add_glyph = [&](hb_codepoint_t glyph, bool drawn) {
        Outline outline;
        if (drawn) {
            hb_font_get_glyph_shape(font.get(), glyph, draw.get(), &outline);
            outline.close();
        }
        loca.u32(glyf.size());
        Extent box;
        if (!outline.contours.empty()) {
            box = put_glyph(glyf, outline);
            std::size_t points = 0;
            for (const Contour& contour : outline.contours) points += contour.size();
            points_max = std::max(points_max, points);
            contours_max = std::max(contours_max, outline.contours.size());
            whole = {std::min(whole.x_min, box.x_min), std::min(whole.y_min, box.y_min),
                     std::max(whole.x_max, box.x_max), std::max(whole.y_max, box.y_max)};
        }
        const int advance = hb_font_get_glyph_h_advance(font.get(), glyph);
        advance_max = std::max(advance_max, advance);
        hmtx.i16(advance);
        hmtx.i16(box.x_min);
        return glyphs++;
    };

    add_glyph(0, false);
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(mapped.get(), &c);) {
        hb_codepoint_t glyph = 0;
        if (!is_wanted(c) || hb_font_get_nominal_glyph(font.get(), c, &glyph) == 0) continue;
        auto known = renumbered.find(glyph);
        if (known == renumbered.end()) known = renumbered.emplace(glyph, add_glyph(glyph, true)).first;
        characters.emplace_back(c, known->second);
    }
    loca.u32(glyf.size());
    if (glyphs > 65535) throw std::runtime_error("more glyphs than a font may have");

    put_cmap(tables.by_tag["cmap"], characters);
    hb_font_extents_t extents = {};
    hb_font_get_h_extents(font.get(), &extents);

    Bytes& head = tables.by_tag["head"];
    head.u32(0x00010000);
    head.u32(0x00010000);
    head.u32(0);
    head.u32(0x5F0F3CF5);
    head.u16(3);
    head.u16(hb_face_get_upem(face.get()));
    head.zeros(16);  // no dates: the same source gives the same bytes
    for (const int v : {whole.x_min, whole.y_min, whole.x_max, whole.y_max}) head.i16(v);
    head.u16(0);
    head.u16(8);
    head.i16(2);
    head.i16(1);  // long offsets
    head.i16(0);

    Bytes& hhea = tables.by_tag["hhea"];
    hhea.u32(0x00010000);
    hhea.i16(extents.ascender);
    hhea.i16(extents.descender);
    hhea.i16(extents.line_gap);
    hhea.i16(advance_max);
    hhea.i16(whole.x_min);
    hhea.i16(0);
    hhea.i16(whole.x_max);
    hhea.i16(1);
    hhea.zeros(14);
    hhea.u16(glyphs);

    Bytes& maxp = tables.by_tag["maxp"];
    maxp.u32(0x00010000);
    maxp.u16(glyphs);
    maxp.u16(static_cast<std::uint32_t>(points_max));
    maxp.u16(static_cast<std::uint32_t>(contours_max));
    maxp.zeros(4);
    maxp.u16(2);
    maxp.zeros(16);

    Bytes& post = tables.by_tag["post"];
    post.u32(0x00030000);
    post.zeros(28);
    return font_file(tables);
}

std::filesystem::path cached_truetype(const std::filesystem::path& source, unsigned index,
                                      const std::filesystem::path& cache)
{
    const auto bytes = std::filesystem::file_size(source);
    const std::filesystem::path file =
        cache / fmt::format("{}-{}-{}-v{}.ttf", source.stem().string(), index, bytes, converter_version);
    if (std::filesystem::exists(file)) return file;
    std::filesystem::create_directories(cache);
    const std::filesystem::path temporary = fmt::format("{}.{}.new", file.string(), ::getpid());
    {
        std::ofstream out(temporary, std::ios::binary);
        const std::string font = converted_to_truetype(source, index);
        out.write(font.data(), static_cast<std::streamsize>(font.size()));
        out.close();
        if (!out) throw std::runtime_error(fmt::format("cannot write the font cache {}", temporary.string()));
    }
    std::filesystem::rename(temporary, file);
    return file;
}

}  // namespace tongban::documents
