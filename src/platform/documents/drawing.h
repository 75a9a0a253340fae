#pragma once
// The display list: what a page shows, independent of the file format (PDF, OFD).
// Millimetres from the top left corner of the page, y downwards; font sizes in points.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/documents/fonts.h"
#include "platform/images/ink.h"

namespace tongban::documents {

inline constexpr double points_per_mm = 72.0 / 25.4;

struct Spot {
    double x = 0;
    double y = 0;
};

struct Color {
    double red = 0;
    double green = 0;
    double blue = 0;
    bool operator==(const Color&) const = default;
};
inline constexpr Color black{0, 0, 0};
inline constexpr Color seal_red{0.84, 0.08, 0.10};

// Text that starts at `origin` on its baseline.
struct TextRun {
    std::vector<Glyph> glyphs;
    Spot origin;
    double size = 10.5;  // points
    Color color = black;
    double spacing = 0;  // points added after every glyph
    double angle = 0;    // degrees, counter-clockwise
    double stretch = 1;  // horizontal
};

struct Segment {
    enum class Kind { move, line, curve, close } kind;
    std::array<Spot, 3> spots{};  // curve: two control points and the end; else only the first
};

struct Shape {
    std::vector<Segment> segments;
    std::optional<Color> fill;
    std::optional<Color> stroke;
    double width = 0.2;  // of the stroke, mm
};

using images::Ink;
struct Picture {
    std::shared_ptr<const Ink> ink;
    Spot top_left;
    double width = 0;
    double height = 0;
};

// How the following items mix with what lies below: like paint, or like stamp ink that lets the text shine through.
// signed_stamp: ink of the seal that signs the file; a format whose signature brings the seal's picture along (OFD)
// leaves these items out.
enum class Blend { paint, stamp, signed_stamp };

using Item = std::variant<TextRun, Shape, Picture, Blend>;

struct Page {
    double width = 210;
    double height = 297;
    std::vector<Item> items;
};

struct SignatureField {
    std::size_t page = 0;
    Spot top_left;
    double width = 0;
    double height = 0;
    std::string reason;  // "登记机构签发"
};

struct Drawing {
    std::string title;
    std::int64_t made_at = 0;  // UTC milliseconds
    std::vector<Page> pages;
    std::optional<SignatureField> signature;
    std::vector<std::pair<std::string, std::string>> facts;  // metadata for programs: name, value
};

// Helpers for shapes.
Shape line(Spot from, Spot to, double width, Color color = black);
Shape rectangle(Spot top_left, double width, double height, double line_width, Color color = black);
Shape filled(Spot top_left, double width, double height, Color color);
Shape circle(Spot center, double radius, double width, Color color);

}  // namespace tongban::documents
