#include "platform/documents/ofd_page.h"

#include <algorithm>
#include <numbers>

#include "base/result.h"
#include "platform/documents/ofd_text.h"

namespace tongban::documents {
namespace {

constexpr double mm_per_point = 1 / points_per_mm;
// What a glyph may reach above and below its baseline, in em; readers clip text to its boundary.
constexpr double rise = 1.16;
constexpr double fall = 0.4;

struct Box {
    Spot low{1e9, 1e9};
    Spot high{-1e9, -1e9};

    void hold(Spot p)
    {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
};

class Writer {
public:
    Writer(const Plates& plates, OfdIds& ids) : plates_(plates), ids_(ids) {}

    void put(const TextRun& run)
    {
        double along = 0;  // mm from the origin, along the line
        for (std::size_t begin = 0; begin < run.glyphs.size();) {
            // Readers count UTF-16 units: a character beyond U+FFFF stands alone, with its glyph named.
            std::size_t end = begin + 1;
            const bool is_rare = run.glyphs[begin].character > 0xFFFF;
            while (!is_rare && end < run.glyphs.size() && run.glyphs[end].face == run.glyphs[begin].face &&
                   run.glyphs[end].character <= 0xFFFF)
                ++end;
            along += put_part(run, begin, end, along, is_rare);
            begin = end;
        }
    }

    void put(const Shape& shape)
    {
        Box box;
        for (const Segment& segment : shape.segments) {
            if (segment.kind == Segment::Kind::close) continue;
            for (std::size_t i = 0; i < (segment.kind == Segment::Kind::curve ? 3U : 1U); ++i)
                box.hold(segment.spots[i]);
        }
        const double margin = shape.stroke ? shape.width / 2 + 0.05 : 0.05;
        const Spot origin{box.low.x - margin, box.low.y - margin};
        open("PathObject", origin, box.high.x - box.low.x + 2 * margin, box.high.y - box.low.y + 2 * margin);
        if (shape.stroke) {
            out += " LineWidth=\"";
            put_number(out, shape.width);
            out += '"';
        } else {
            out += " Stroke=\"false\"";
        }
        if (shape.fill) out += " Fill=\"true\"";
        out += '>';
        if (shape.stroke) put_color("StrokeColor", *shape.stroke);
        if (shape.fill) put_color("FillColor", *shape.fill);
        out += "<ofd:AbbreviatedData>";
        const char* blank = "";
        for (const Segment& segment : shape.segments) {
            out += blank;
            blank = " ";
            std::size_t spots = 1;
            switch (segment.kind) {
            case Segment::Kind::move: out += 'M'; break;
            case Segment::Kind::line: out += 'L'; break;
            case Segment::Kind::curve:
                out += 'B';
                spots = 3;
                break;
            case Segment::Kind::close:
                out += 'C';
                spots = 0;
                break;
            }
            for (std::size_t i = 0; i < spots; ++i) {
                out += ' ';
                put_number(out, segment.spots[i].x - origin.x);
                out += ' ';
                put_number(out, segment.spots[i].y - origin.y);
            }
        }
        out += "</ofd:AbbreviatedData></ofd:PathObject>";
    }

    void put(const Picture& picture)
    {
        open("ImageObject", picture.top_left, picture.width, picture.height);
        out += " CTM=\"";
        put_number(out, picture.width);
        out += " 0 0 ";
        put_number(out, picture.height);
        out += " 0 0\" ResourceID=\"" + std::to_string(ids_.picture(picture.ink.get())) + "\"/>";
    }

    void put(Blend blend) { alpha_ = blend == Blend::paint ? 255 : 230; }

    std::string out;

private:
    void open(std::string_view element, Spot top_left, double width, double height)
    {
        out += "<ofd:";
        out += element;
        out += " ID=\"" + std::to_string(ids_.next()) + "\" Boundary=\"";
        const double numbers[] = {top_left.x, top_left.y, width, height};
        for (std::size_t i = 0; i < 4; ++i) {
            if (i > 0) out += ' ';
            put_number(out, numbers[i]);
        }
        out += '"';
        if (alpha_ != 255) out += " Alpha=\"" + std::to_string(alpha_) + "\"";
    }

    void put_color(std::string_view element, const Color& color)
    {
        out += "<ofd:";
        out += element;
        out += " Value=\"";
        out += std::to_string(std::lround(color.red * 255)) + " " + std::to_string(std::lround(color.green * 255)) +
               " " + std::to_string(std::lround(color.blue * 255));
        out += "\"/>";
    }

    // Gives how far it went, in mm.
    double put_part(const TextRun& run, std::size_t begin, std::size_t end, double along, bool is_rare)
    {
        const double em = run.size * mm_per_point;
        const double spacing = run.spacing * mm_per_point;
        const double angle = run.angle * std::numbers::pi / 180;
        double width = 0;  // before stretching
        for (std::size_t i = begin; i < end; ++i) width += run.glyphs[i].advance * em + spacing;
        const Spot origin{run.origin.x + along * std::cos(angle), run.origin.y - along * std::sin(angle)};
        const bool is_plain = run.angle == 0 && run.stretch == 1;
        // The corners of the text on the page; y downwards, turned counter-clockwise.
        Box box;
        for (const double u : {-0.1 * em, width * run.stretch + 0.1 * em})
            for (const double v : {-rise * em, fall * em})
                box.hold({origin.x + u * std::cos(angle) + v * std::sin(angle),
                          origin.y - u * std::sin(angle) + v * std::cos(angle)});
        open("TextObject", box.low, box.high.x - box.low.x, box.high.y - box.low.y);
        const Spot start{origin.x - box.low.x, origin.y - box.low.y};
        if (!is_plain) {
            out += " CTM=\"";
            const double matrix[] = {run.stretch * std::cos(angle),
                                     -run.stretch * std::sin(angle),
                                     std::sin(angle),
                                     std::cos(angle),
                                     start.x,
                                     start.y};
            for (std::size_t i = 0; i < 6; ++i) {
                if (i > 0) out += ' ';
                put_number(out, matrix[i]);
            }
            out += '"';
        }
        const auto face = static_cast<std::size_t>(run.glyphs[begin].face);
        out += " Font=\"" + std::to_string(ids_.fonts[face]) + "\" Size=\"";
        put_number(out, em);
        out += "\">";
        put_color("FillColor", run.color);
        if (is_rare)
            out += "<ofd:CGTransform CodePosition=\"0\" CodeCount=\"2\" GlyphCount=\"1\"><ofd:Glyphs>" +
                   std::to_string(plates_[face].glyph(run.glyphs[begin].character)) + "</ofd:Glyphs></ofd:CGTransform>";
        out += "<ofd:TextCode X=\"";
        put_number(out, is_plain ? start.x : 0);
        out += "\" Y=\"";
        put_number(out, is_plain ? start.y : 0);
        out += '"';
        put_advances(run, begin, end, em, spacing);
        out += '>';
        std::string text;
        for (std::size_t i = begin; i < end; ++i) put_utf8(text, run.glyphs[i].character);
        put_escaped(out, text);
        out += "</ofd:TextCode></ofd:TextObject>";
        return width * run.stretch;
    }

    // The way from each glyph to the next; equal ones as "g count way".
    void put_advances(const TextRun& run, std::size_t begin, std::size_t end, double em, double spacing)
    {
        if (end - begin < 2) return;
        out += " DeltaX=\"";
        const char* blank = "";
        for (std::size_t i = begin; i + 1 < end;) {
            const double advance = run.glyphs[i].advance;
            std::size_t same = i;
            while (same + 1 < end && run.glyphs[same].advance == advance) ++same;
            out += blank;
            blank = " ";
            if (same - i > 2) {
                out += "g " + std::to_string(same - i) + " ";
                put_number(out, advance * em + spacing);
            } else {
                same = i + 1;
                put_number(out, advance * em + spacing);
            }
            i = same;
        }
        out += '"';
    }

    const Plates& plates_;
    OfdIds& ids_;
    int alpha_ = 255;
};

}  // namespace

int OfdIds::picture(const Ink* ink) const
{
    const auto found = std::ranges::find(pictures, ink);
    TONGBAN_ASSERT(found != pictures.end());
    return first_picture + static_cast<int>(found - pictures.begin());
}

std::string ofd_page_content(const Page& page, const Plates& plates, OfdIds& ids, bool omit_signing_seal)
{
    Writer writer(plates, ids);
    writer.out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ofd:Page ";
    writer.out += ofd_namespace;
    writer.out += "><ofd:Area><ofd:PhysicalBox>0 0 ";
    put_number(writer.out, page.width);
    writer.out += ' ';
    put_number(writer.out, page.height);
    writer.out +=
        "</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID=\"" + std::to_string(ids.next()) + "\" Type=\"Body\">";
    bool is_left_out = false;
    for (const Item& item : page.items) {
        if (const auto* blend = std::get_if<Blend>(&item))
            is_left_out = omit_signing_seal && *blend == Blend::signed_stamp;
        if (!is_left_out) std::visit([&](const auto& it) { writer.put(it); }, item);
    }
    writer.out += "</ofd:Layer></ofd:Content></ofd:Page>\n";
    return std::move(writer.out);
}

}  // namespace tongban::documents
