#include "platform/documents/seal.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tongban::documents {
namespace {

constexpr double radians(double degrees)
{
    return degrees * std::numbers::pi / 180;
}

Shape star(Spot center, double radius)
{
    Shape shape;
    shape.fill = seal_red;
    const double inner = radius * 0.381966;  // a pentagram's own proportion
    for (int i = 0; i < 10; ++i) {
        const double a = radians(36.0 * i);
        const double r = i % 2 == 0 ? radius : inner;
        shape.segments.push_back({i == 0 ? Segment::Kind::move : Segment::Kind::line,
                                  {{{center.x + r * std::sin(a), center.y - r * std::cos(a)}}}});
    }
    shape.segments.push_back({Segment::Kind::close, {}});
    return shape;
}

}  // namespace

std::vector<Item> seal_items(Spot center, double diameter, const std::vector<Glyph>& arc,
                             const std::vector<Glyph>& bottom)
{
    // All lengths as parts of a seal of 42 mm.
    const double unit = diameter / 42;
    std::vector<Item> items;
    items.push_back(circle(center, 20.3 * unit, 1.2 * unit, seal_red));
    items.push_back(star({center.x, center.y - 0.3 * unit}, 6.6 * unit));

    const double height = 5.0 * unit;  // of a character
    const double baseline = 13.4 * unit;
    const auto count = static_cast<double>(std::max<std::size_t>(arc.size(), 2));
    constexpr double widest_span = 226;
    constexpr double widest_step = 24;
    const double step = std::min(widest_step, widest_span / (count - 1));
    const double room = radians(step) * (baseline + height * 0.4) * 0.93;
    const double stretch = std::min(0.86, room / height);  // seal scripts are narrow
    for (std::size_t i = 0; i < arc.size(); ++i) {
        const double turn = step * (static_cast<double>(i) - (static_cast<double>(arc.size()) - 1) / 2);
        const double a = radians(turn);
        const double half = arc[i].advance * height * stretch / 2;
        const Spot middle{center.x + baseline * std::sin(a), center.y - baseline * std::cos(a)};
        items.push_back(TextRun{
            {arc[i]                        },
            { middle.x - half * std::cos(a), middle.y - half * std::sin(a)},
            height * points_per_mm,
            seal_red,
            0,
            -turn,
            stretch
        });
    }
    if (!bottom.empty()) {
        double em = 0;
        for (const Glyph& glyph : bottom) em += glyph.advance;
        const double size = 3.5 * unit;
        const double squeeze = std::min(1.0, 23.5 * unit / (em * size));
        items.push_back(TextRun{
            bottom,
            {center.x - em * size * squeeze / 2, center.y + 12.7 * unit},
            size * points_per_mm,
            seal_red,
            0,
            0,
            squeeze
        });
    }
    return items;
}

}  // namespace tongban::documents
