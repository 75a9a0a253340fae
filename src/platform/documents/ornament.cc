#include "platform/documents/ornament.h"

#include <cmath>
#include <numbers>

namespace tongban::documents {
namespace {

// A sine wave from `from` to `to`, one cubic per half wave; `phase` 0 or 1 begins upwards or downwards.
void add_wave(Shape& shape, Spot from, Spot to, double amplitude, int half_waves, int phase)
{
    const double dx = (to.x - from.x) / half_waves;
    const double dy = (to.y - from.y) / half_waves;
    const double length = std::hypot(dx, dy);
    const Spot across{-dy / length, dx / length};
    shape.segments.push_back({Segment::Kind::move, {{from}}});
    for (int i = 0; i < half_waves; ++i) {
        const double sign = (i + phase) % 2 == 0 ? 1 : -1;
        // Control points at 0.3642 of the length and 4/3·0.9 of the height follow the sine to less than 1 %.
        const double h = sign * amplitude * 1.3333;
        const Spot a{from.x + dx * i, from.y + dy * i};
        shape.segments.push_back({Segment::Kind::curve,
                                  {{{a.x + dx * 0.3642 + across.x * h, a.y + dy * 0.3642 + across.y * h},
                                    {a.x + dx * 0.6358 + across.x * h, a.y + dy * 0.6358 + across.y * h},
                                    {a.x + dx, a.y + dy}}}});
    }
}

}  // namespace

std::vector<Item> guilloche_frame(Spot p, double width, double height, double band, Color color)
{
    std::vector<Item> items;
    items.push_back(rectangle(p, width, height, 0.7, color));
    items.push_back(rectangle({p.x + 1.1, p.y + 1.1}, width - 2.2, height - 2.2, 0.15, color));
    const double inset = band + 1.6;
    items.push_back(rectangle({p.x + inset, p.y + inset}, width - 2 * inset, height - 2 * inset, 0.4, color));
    const double c = 1.1 + (inset - 1.1) / 2;  // middle of the band
    const double left = p.x + c, right = p.x + width - c, top = p.y + c, bottom = p.y + height - c;
    Shape waves;
    waves.stroke = color;
    waves.width = 0.13;
    const double amplitude = (inset - 1.1) / 2 - 0.3;
    constexpr double half_wave = 4.6;
    const int across = static_cast<int>(std::lround((right - left) / half_wave));
    const int down = static_cast<int>(std::lround((bottom - top) / half_wave));
    for (const double part : {1.0, 0.66, 0.33})
        for (const int phase : {0, 1}) {
            add_wave(waves, {left, top}, {right, top}, amplitude * part, across, phase);
            add_wave(waves, {left, bottom}, {right, bottom}, amplitude * part, across, phase);
            add_wave(waves, {left, top}, {left, bottom}, amplitude * part, down, phase);
            add_wave(waves, {right, top}, {right, bottom}, amplitude * part, down, phase);
        }
    items.push_back(std::move(waves));
    return items;
}

Shape rosette(Spot center, double radius, Color color)
{
    Shape shape;
    shape.stroke = color;
    shape.width = 0.12;
    constexpr int ellipses = 18;
    const double k = 0.5522847498;
    for (int i = 0; i < ellipses; ++i) {
        const double turn = std::numbers::pi * i / ellipses;
        const auto at = [&](double x, double y) {
            const double ex = x * radius;
            const double ey = y * radius * 0.42;
            return Spot{center.x + ex * std::cos(turn) - ey * std::sin(turn),
                        center.y + ex * std::sin(turn) + ey * std::cos(turn)};
        };
        shape.segments.push_back({Segment::Kind::move, {{at(1, 0)}}});
        shape.segments.push_back({Segment::Kind::curve, {{at(1, k), at(k, 1), at(0, 1)}}});
        shape.segments.push_back({Segment::Kind::curve, {{at(-k, 1), at(-1, k), at(-1, 0)}}});
        shape.segments.push_back({Segment::Kind::curve, {{at(-1, -k), at(-k, -1), at(0, -1)}}});
        shape.segments.push_back({Segment::Kind::curve, {{at(k, -1), at(1, -k), at(1, 0)}}});
    }
    return shape;
}

}  // namespace tongban::documents
