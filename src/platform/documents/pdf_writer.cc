#include "platform/documents/pdf_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "base/clock.h"
#include "base/crypto.h"
#include "platform/crypto/pdf_hole.h"
#include "platform/zip/deflate.h"

namespace tongban::documents {
namespace {

// UTF-16BE in hex, as PDF text strings and ToUnicode maps want it.
void put_utf16(std::string& out, char32_t c)
{
    if (c >= 0x10000) {
        const auto v = static_cast<std::uint32_t>(c) - 0x10000;
        fmt::format_to(std::back_inserter(out), "{:04X}{:04X}", 0xD800 + (v >> 10), 0xDC00 + (v & 0x3FF));
    } else {
        fmt::format_to(std::back_inserter(out), "{:04X}", static_cast<std::uint32_t>(c));
    }
}

std::string text_string(const FontBook& fonts, std::string_view text)
{
    std::string out = "<FEFF";
    const auto glyphs = fonts.glyphs(Style::serif, text);
    TONGBAN_ASSERT(glyphs.has_value());
    for (const Glyph& glyph : *glyphs) put_utf16(out, glyph.character);
    return out + ">";
}

std::string pdf_date(std::int64_t at)
{
    std::string digits;  // 2026-11-23 14:05:09 in China
    for (const char c : china_date_time(at))
        if (c >= '0' && c <= '9') digits += c;
    return fmt::format("(D:{}+08'00')", digits);
}

// Objects are numbered in the order of reserve(); they may be written later and in any order.
class Objects {
public:
    int reserve()
    {
        bodies_.emplace_back();
        return static_cast<int>(bodies_.size());
    }
    void set(int id, std::string body) { bodies_[static_cast<std::size_t>(id - 1)] = std::move(body); }
    int add(std::string body)
    {
        const int id = reserve();
        set(id, std::move(body));
        return id;
    }
    int add_stream(std::string_view entries, std::string_view content) { return add_packed(entries, deflate(content)); }
    int add_packed(std::string_view entries, const Deflated& content)
    {
        const std::string packed = zlib_frame(content);
        return add(
            fmt::format("<<{}/Filter/FlateDecode/Length {}>>stream\n{}\nendstream", entries, packed.size(), packed));
    }
    std::string file(int catalog, int info) const
    {
        std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
        std::vector<std::size_t> offsets;
        for (std::size_t i = 0; i < bodies_.size(); ++i) {
            offsets.push_back(out.size());
            fmt::format_to(std::back_inserter(out), "{} 0 obj\n", i + 1);
            out += bodies_[i];
            out += "\nendobj\n";
        }
        const std::string id = sm3_hex(out).substr(0, 32);
        const std::size_t start = out.size();
        fmt::format_to(std::back_inserter(out), "xref\n0 {}\n0000000000 65535 f \n", bodies_.size() + 1);
        for (const std::size_t offset : offsets) fmt::format_to(std::back_inserter(out), "{:010} 00000 n \n", offset);
        fmt::format_to(std::back_inserter(out),
                       "trailer\n<</Size {}/Root {} 0 R/Info {} 0 R/ID[<{}><{}>]>>\nstartxref\n{}\n%%EOF\n",
                       bodies_.size() + 1, catalog, info, id, id, start);
        return out;
    }

private:
    std::vector<std::string> bodies_;
};

class Content {
public:
    Content(const Page& page, const Plates& plates, std::vector<const Ink*>& pictures)
        : height_(page.height), plates_(plates), pictures_(pictures)
    {
        for (const Item& item : page.items) std::visit([this](const auto& it) { put(it); }, item);
        finish_text();
    }
    std::string text() { return std::move(out_); }

private:
    template <class... Values>
    void write(fmt::format_string<Values...> form, Values&&... values)
    {
        fmt::format_to(std::back_inserter(out_), form, std::forward<Values>(values)...);
    }
    double x(double mm) const { return mm * points_per_mm; }
    double y(double mm) const { return (height_ - mm) * points_per_mm; }

    void finish_text()
    {
        if (in_text_) out_ += "ET\n";
        in_text_ = false;
    }

    void set_fill(const Color& color)
    {
        if (fill_ && *fill_ == color) return;
        fill_ = color;
        write("{:.3f} {:.3f} {:.3f} rg\n", color.red, color.green, color.blue);
    }

    void put(const TextRun& run)
    {
        set_fill(run.color);
        if (!in_text_) out_ += "BT\n";
        in_text_ = true;
        const double angle = run.angle * std::numbers::pi / 180;
        double along = 0;
        for (std::size_t i = 0; i < run.glyphs.size();) {
            const int face = run.glyphs[i].face;
            std::string codes;
            double width = 0;
            for (; i < run.glyphs.size() && run.glyphs[i].face == face; ++i) {
                fmt::format_to(std::back_inserter(codes), "{:04X}",
                               plates_[static_cast<std::size_t>(face)].code(run.glyphs[i].character));
                width += (run.glyphs[i].advance * run.size + run.spacing) * run.stretch;
            }
            if (face_ != face || size_ != run.size) write("/F{} {:.3f} Tf\n", face, run.size);
            if (spacing_ != run.spacing) write("{:.3f} Tc\n", run.spacing);
            face_ = face;
            size_ = run.size;
            spacing_ = run.spacing;
            const double c = std::cos(angle);
            const double s = std::sin(angle);
            write("{:.5f} {:.5f} {:.5f} {:.5f} {:.3f} {:.3f} Tm<{}>Tj\n", c * run.stretch, s * run.stretch, -s, c,
                  x(run.origin.x) + along * c, y(run.origin.y) + along * s, codes);
            along += width;
        }
    }

    void put(const Shape& shape)
    {
        finish_text();
        if (shape.fill) set_fill(*shape.fill);
        if (shape.stroke) {
            if (!stroke_ || *stroke_ != *shape.stroke)
                write("{:.3f} {:.3f} {:.3f} RG\n", shape.stroke->red, shape.stroke->green, shape.stroke->blue);
            if (width_ != shape.width) write("{:.3f} w\n", x(shape.width));
            stroke_ = shape.stroke;
            width_ = shape.width;
        }
        for (const Segment& segment : shape.segments) {
            const auto& p = segment.spots;
            switch (segment.kind) {
            case Segment::Kind::move: write("{:.3f} {:.3f} m\n", x(p[0].x), y(p[0].y)); break;
            case Segment::Kind::line: write("{:.3f} {:.3f} l\n", x(p[0].x), y(p[0].y)); break;
            case Segment::Kind::curve:
                write("{:.3f} {:.3f} {:.3f} {:.3f} {:.3f} {:.3f} c\n", x(p[0].x), y(p[0].y), x(p[1].x), y(p[1].y),
                      x(p[2].x), y(p[2].y));
                break;
            case Segment::Kind::close: out_ += "h\n"; break;
            }
        }
        out_ += shape.fill && shape.stroke ? "B\n" : shape.fill ? "f\n" : "S\n";
    }

    void put(const Picture& picture)
    {
        finish_text();
        std::size_t index = 0;
        while (index < pictures_.size() && pictures_[index] != picture.ink.get()) ++index;
        if (index == pictures_.size()) pictures_.push_back(picture.ink.get());
        write("q {:.3f} 0 0 {:.3f} {:.3f} {:.3f} cm /P{} Do Q\n", x(picture.width), x(picture.height),
              x(picture.top_left.x), y(picture.top_left.y + picture.height), index);
    }

    void put(Blend blend)
    {
        finish_text();
        out_ += blend == Blend::paint ? "/Paint gs\n" : "/Stamp gs\n";
    }

    double height_;
    const Plates& plates_;
    std::vector<const Ink*>& pictures_;
    std::string out_;
    bool in_text_ = false;
    std::optional<Color> fill_;
    std::optional<Color> stroke_;
    double width_ = -1;
    int face_ = -1;
    double size_ = -1;
    double spacing_ = 0;
};

// Type0 → CIDFontType2 → FontDescriptor → FontFile2.
int add_font(Objects& objects, const Face& face, const Plate& used)
{
    const FontSubset& subset = used.subset;
    std::string glyph_ids(2, '\0');
    std::string widths = "/W[1[";
    std::string unicode =
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)"
        "/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\n"
        "endcodespacerange\n";
    for (std::size_t i = 0; i < used.characters.size(); ++i) {
        const std::uint32_t glyph = subset.glyphs[i];
        glyph_ids += static_cast<char>(glyph >> 8);
        glyph_ids += static_cast<char>(glyph & 255);
        fmt::format_to(std::back_inserter(widths), "{:.3f} ", face.advance(face.glyph(used.characters[i])) * 1000);
        if (i % 100 == 0)
            fmt::format_to(std::back_inserter(unicode), "{}{} beginbfchar\n", i == 0 ? "" : "endbfchar\n",
                           std::min<std::size_t>(100, used.characters.size() - i));
        fmt::format_to(std::back_inserter(unicode), "<{:04X}><", i + 1);
        put_utf16(unicode, used.characters[i]);
        unicode += ">\n";
    }
    unicode += "endbfchar\nendcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
    widths += "]]";

    const std::string name = subset.tag + "+" + face.name();
    const hb_font_extents_t extents = face.extents();
    const int file = objects.add_packed(fmt::format("/Length1 {}", subset.file.size()), used.packed);
    const int descriptor = objects.add(fmt::format(
        "<</Type/FontDescriptor/FontName/{}/Flags 4/FontBBox[-1000 -1000 3000 2000]/ItalicAngle 0/Ascent {:.3f}"
        "/Descent {:.3f}/CapHeight 730/StemV 80/FontFile2 {} 0 R>>",
        name, face.per_thousand(extents.ascender), face.per_thousand(extents.descender), file));
    const int map = objects.add_stream("", glyph_ids);
    const int to_unicode = objects.add_stream("", unicode);
    const int descendant = objects.add(
        fmt::format("<</Type/Font/Subtype/CIDFontType2/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                    "/Supplement 0>>/FontDescriptor {} 0 R/CIDToGIDMap {} 0 R/DW 1000{}>>",
                    name, descriptor, map, widths));
    return objects.add(fmt::format(
        "<</Type/Font/Subtype/Type0/BaseFont/{}/Encoding/Identity-H/DescendantFonts[{} 0 R]/ToUnicode {} 0 R>>", name,
        descendant, to_unicode));
}

// One dark pixel seen through the strokes: the soft mask carries the shape.
int add_picture(Objects& objects, const Ink& ink)
{
    const int mask = objects.add_stream(
        fmt::format("/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8",
                    ink.width, ink.height),
        ink.coverage);
    return objects.add_stream(fmt::format("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB"
                                          "/BitsPerComponent 8/SMask {} 0 R",
                                          mask),
                              std::string_view("\x10\x18\x40", 3));
}

}  // namespace

std::string write_pdf(const Drawing& drawing, const FontBook& fonts, const Plates& plates)
{
    TONGBAN_ASSERT(!drawing.pages.empty());
    Objects objects;
    const int catalog = objects.reserve();
    const int pages = objects.reserve();
    const int info = objects.reserve();
    const int resources = objects.reserve();
    const int field = drawing.signature ? objects.reserve() : 0;

    std::vector<const Ink*> pictures;
    std::string kids;
    for (std::size_t i = 0; i < drawing.pages.size(); ++i) {
        const Page& page = drawing.pages[i];
        const int content = objects.add_stream("", Content(page, plates, pictures).text());
        const bool is_signed = drawing.signature && drawing.signature->page == i;
        const int id = objects.add(
            fmt::format("<</Type/Page/Parent {} 0 R/MediaBox[0 0 {:.2f} {:.2f}]/Resources {} 0 R/Contents {} 0 R"
                        "/Group<</S/Transparency/CS/DeviceRGB>>{}>>",
                        pages, page.width * points_per_mm, page.height * points_per_mm, resources, content,
                        is_signed ? fmt::format("/Annots[{} 0 R]", field) : ""));
        fmt::format_to(std::back_inserter(kids), "{} 0 R ", id);
        if (!is_signed) continue;
        const SignatureField& place = *drawing.signature;
        const double width = place.width * points_per_mm;
        const double height = place.height * points_per_mm;
        const double left = place.top_left.x * points_per_mm;
        const double bottom = (page.height - place.top_left.y - place.height) * points_per_mm;
        // The appearance is empty: the seal belongs to the page, the field only makes it clickable.
        const int appearance = objects.add_stream(
            fmt::format("/Type/XObject/Subtype/Form/BBox[0 0 {:.2f} {:.2f}]/Resources<<>>", width, height), "q Q\n");
        const int signature = objects.reserve();
        // P 1: certified, no change whatsoever is allowed afterwards.
        objects.set(
            signature,
            fmt::format("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M{}/Reason{}"
                        "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams"
                        "/P 1/V/1.2>>>>]{}>>",
                        pdf_date(drawing.made_at), text_string(fonts, place.reason), crypto::blank_signature()));
        objects.set(field, fmt::format("<</Type/Annot/Subtype/Widget/FT/Sig/T(RegistrySeal)/F 132/P {} 0 R"
                                       "/Rect[{:.2f} {:.2f} {:.2f} {:.2f}]/AP<</N {} 0 R>>/V {} 0 R>>",
                                       id, left, bottom, left + width, bottom + height, appearance, signature));
        objects.set(catalog,
                    fmt::format("<</Type/Catalog/Pages {} 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>"
                                "/AcroForm<</Fields[{} 0 R]/SigFlags 3>>/Perms<</DocMDP {} 0 R>>>>",
                                pages, field, signature));
    }
    if (!drawing.signature)
        objects.set(catalog,
                    fmt::format("<</Type/Catalog/Pages {} 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>",
                                pages));
    objects.set(pages, fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", drawing.pages.size(), kids));
    objects.set(
        info, fmt::format("<</Title{}/Producer(Tongban)/CreationDate{}/ModDate{}>>", text_string(fonts, drawing.title),
                          pdf_date(drawing.made_at), pdf_date(drawing.made_at)));
    std::string font_list;
    for (std::size_t i = 0; i < plates.size(); ++i)
        if (plates[i].is_used())
            fmt::format_to(std::back_inserter(font_list), "/F{} {} 0 R", i,
                           add_font(objects, *fonts.faces()[i], plates[i]));
    std::string picture_list;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        fmt::format_to(std::back_inserter(picture_list), "/P{} {} 0 R", i, add_picture(objects, *pictures[i]));
    objects.set(resources,
                fmt::format("<</Font<<{}>>/XObject<<{}>>/ExtGState<</Stamp<</Type/ExtGState/BM/Multiply/ca 0.9"
                            "/CA 0.9>>/Paint<</Type/ExtGState/BM/Normal/ca 1/CA 1>>>>>>",
                            font_list, picture_list));
    return objects.file(catalog, info);
}

}  // namespace tongban::documents
