#include "platform/documents/drawing.h"

namespace tongban::documents {
namespace {

Segment move_to(double x, double y)
{
    return {Segment::Kind::move, {{{x, y}}}};
}
Segment line_to(double x, double y)
{
    return {Segment::Kind::line, {{{x, y}}}};
}
Segment curve_to(Spot a, Spot b, Spot end)
{
    return {Segment::Kind::curve, {{a, b, end}}};
}

std::vector<Segment> box(Spot p, double w, double h)
{
    return {
        move_to(p.x, p.y),
        line_to(p.x + w, p.y),
        line_to(p.x + w, p.y + h),
        line_to(p.x, p.y + h),
        {Segment::Kind::close, {}}
    };
}

}  // namespace

Shape line(Spot from, Spot to, double width, Color color)
{
    return {
        {move_to(from.x, from.y), line_to(to.x, to.y)},
        std::nullopt, color, width
    };
}

Shape rectangle(Spot top_left, double width, double height, double line_width, Color color)
{
    return {box(top_left, width, height), std::nullopt, color, line_width};
}

Shape filled(Spot top_left, double width, double height, Color color)
{
    return {box(top_left, width, height), color, std::nullopt, 0};
}

Shape circle(Spot c, double r, double width, Color color)
{
    const double k = 0.5522847498 * r;  // four cubics make a circle to 0.03 %
    return {
        {move_to(c.x + r, c.y),
         curve_to({c.x + r, c.y + k}, {c.x + k, c.y + r}, {c.x, c.y + r}),
         curve_to({c.x - k, c.y + r}, {c.x - r, c.y + k}, {c.x - r, c.y}),
         curve_to({c.x - r, c.y - k}, {c.x - k, c.y - r}, {c.x, c.y - r}),
         curve_to({c.x + k, c.y - r}, {c.x + r, c.y - k}, {c.x + r, c.y}),
         {Segment::Kind::close, {}}},
        std::nullopt,
        color,
        width
    };
}

}  // namespace tongban::documents
