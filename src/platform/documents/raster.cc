#include "platform/documents/raster.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tongban::documents {
namespace {

constexpr int lines_per_pixel = 4;
constexpr int curve_steps = 12;

struct Edge {  // from upper to lower end, in pixels
    double x0, y0, x1, y1;
    int winding;
};

class Outline {
public:
    void move(Spot p)
    {
        close();
        first_ = last_ = p;
    }
    void line(Spot p)
    {
        if (p.y != last_.y)
            edges.push_back(p.y > last_.y ? Edge{last_.x, last_.y, p.x, p.y, 1} : Edge{p.x, p.y, last_.x, last_.y, -1});
        last_ = p;
    }
    void quadratic(Spot a, Spot end)
    {
        const Spot from = last_;
        for (int i = 1; i <= curve_steps; ++i) {
            const double t = static_cast<double>(i) / curve_steps;
            const double s = 1 - t;
            line({s * s * from.x + 2 * s * t * a.x + t * t * end.x, s * s * from.y + 2 * s * t * a.y + t * t * end.y});
        }
    }
    void cubic(Spot a, Spot b, Spot end)
    {
        const Spot from = last_;
        for (int i = 1; i <= 4 * curve_steps; ++i) {
            const double t = static_cast<double>(i) / (4 * curve_steps);
            const double s = 1 - t;
            const auto at = [&](double p, double q, double r, double e) {
                return s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * e;
            };
            line({at(from.x, a.x, b.x, end.x), at(from.y, a.y, b.y, end.y)});
        }
    }
    void close() { line(first_); }

    std::vector<Edge> edges;

private:
    Spot first_;
    Spot last_;
};

// Adds what the outline covers (non-zero winding) to one line of samples.
void fill(const Outline& outline, int pixels, std::vector<float>& coverage)
{
    std::vector<std::pair<double, int>> crossings;
    for (int line = 0; line < pixels * lines_per_pixel; ++line) {
        const double y = (line + 0.5) / lines_per_pixel;
        crossings.clear();
        for (const Edge& edge : outline.edges)
            if (edge.y0 <= y && y < edge.y1)
                crossings.emplace_back(edge.x0 + (edge.x1 - edge.x0) * (y - edge.y0) / (edge.y1 - edge.y0),
                                       edge.winding);
        std::sort(crossings.begin(), crossings.end());
        int winding = 0;
        for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
            winding += crossings[i].second;
            if (winding == 0) continue;
            const double from = std::clamp(crossings[i].first, 0.0, static_cast<double>(pixels));
            const double to = std::clamp(crossings[i + 1].first, 0.0, static_cast<double>(pixels));
            for (int x = static_cast<int>(from); x < pixels && x < to; ++x) {
                const double part = std::min(to, x + 1.0) - std::max(from, static_cast<double>(x));
                coverage[static_cast<std::size_t>(line / lines_per_pixel * pixels + x)] +=
                    static_cast<float>(part / lines_per_pixel);
            }
        }
    }
}

// A glyph on its way to pixels: font units → place, turn and size of its run.
struct GlyphPen {
    Outline* outline;
    double a, b, c, d, e, f;
    Spot at(float x, float y) const { return {a * x + c * y + e, b * x + d * y + f}; }
};

GlyphPen& pen_of(void* to)
{
    return *static_cast<GlyphPen*>(to);
}

HbDraw glyph_functions()
{
    HbDraw draw(hb_draw_funcs_create());
    hb_draw_funcs_set_move_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x, float y, void*) {
            pen_of(to).outline->move(pen_of(to).at(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x, float y, void*) {
            pen_of(to).outline->line(pen_of(to).at(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(
        draw.get(),
        [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, float x1, float y1, float x, float y, void*) {
            pen_of(to).outline->quadratic(pen_of(to).at(x1, y1), pen_of(to).at(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(
        draw.get(), [](hb_draw_funcs_t*, void* to, hb_draw_state_t*, void*) { pen_of(to).outline->close(); }, nullptr,
        nullptr);
    hb_draw_funcs_make_immutable(draw.get());
    return draw;
}

Outline outline_of(const TextRun& run, const FontBook& fonts, double scale)
{
    const HbDraw draw = glyph_functions();
    const double angle = run.angle * std::numbers::pi / 180;
    Outline outline;
    double along = 0;
    for (const Glyph& glyph : run.glyphs) {
        const Face& face = *fonts.faces()[static_cast<std::size_t>(glyph.face)];
        const HbFont font(hb_font_create(face.handle()));
        const double unit = run.size / points_per_mm * scale / static_cast<double>(hb_face_get_upem(face.handle()));
        GlyphPen pen{&outline,
                     unit * run.stretch * std::cos(angle),
                     -unit * run.stretch * std::sin(angle),
                     -unit * std::sin(angle),
                     -unit * std::cos(angle),
                     run.origin.x * scale + along * std::cos(angle),
                     run.origin.y * scale - along * std::sin(angle)};
        hb_font_get_glyph_shape(font.get(), face.glyph(glyph.character), draw.get(), &pen);
        outline.close();
        along += (glyph.advance * run.size + run.spacing) * run.stretch / points_per_mm * scale;
    }
    return outline;
}

// A stroke becomes the ring between two outlines: seals have no other strokes than circles.
Outline outline_of(const Shape& shape, double scale)
{
    Spot low{1e9, 1e9};
    Spot high{-1e9, -1e9};
    for (const Segment& segment : shape.segments) {
        if (segment.kind == Segment::Kind::close) continue;
        const Spot& end = segment.spots[segment.kind == Segment::Kind::curve ? 2 : 0];
        low = {std::min(low.x, end.x), std::min(low.y, end.y)};
        high = {std::max(high.x, end.x), std::max(high.y, end.y)};
    }
    const Spot middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
    const double radius = std::max((high.x - low.x) / 2, 1e-9);
    Outline outline;
    const auto trace = [&](double grow, bool is_mirrored) {
        const double factor = 1 + grow / radius;
        const auto at = [&](const Spot& p) {
            const double x = (p.x - middle.x) * factor * (is_mirrored ? -1 : 1);
            return Spot{(middle.x + x) * scale, (middle.y + (p.y - middle.y) * factor) * scale};
        };
        for (const Segment& segment : shape.segments) {
            const auto& p = segment.spots;
            switch (segment.kind) {
            case Segment::Kind::move: outline.move(at(p[0])); break;
            case Segment::Kind::line: outline.line(at(p[0])); break;
            case Segment::Kind::curve: outline.cubic(at(p[0]), at(p[1]), at(p[2])); break;
            case Segment::Kind::close: outline.close(); break;
            }
        }
        outline.close();
    };
    const double half = shape.stroke ? shape.width / 2 : 0;
    trace(half, false);
    if (shape.stroke && !shape.fill) trace(-half, true);  // mirrored it winds the other way
    return outline;
}

}  // namespace

std::string rasterise(const std::vector<Item>& items, const FontBook& fonts, double size, int pixels)
{
    const double scale = pixels / size;  // pixels a mm
    std::vector<float> coverage(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(pixels), 0.0F);
    for (const Item& item : items) {
        if (const auto* run = std::get_if<TextRun>(&item)) fill(outline_of(*run, fonts, scale), pixels, coverage);
        if (const auto* shape = std::get_if<Shape>(&item)) fill(outline_of(*shape, scale), pixels, coverage);
    }
    std::string bytes;
    bytes.reserve(coverage.size());
    for (const float c : coverage) bytes += static_cast<char>(std::lround(std::min(c, 1.0F) * 255));
    return bytes;
}

}  // namespace tongban::documents
