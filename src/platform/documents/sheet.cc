#include "platform/documents/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/documents.h"
#include "platform/documents/qr.h"
#include "platform/documents/seal.h"

namespace tongban::documents {
namespace {

constexpr double mm_per_point = 25.4 / 72.0;
constexpr double capital_height = 0.38;  // em: half of what a Chinese character rises above its middle
constexpr std::size_t pages_max = 300;
constexpr Color heading_ground{0.93, 0.945, 0.96};
constexpr Color rule_grey{0.35, 0.38, 0.42};

}  // namespace

Sheet::Sheet(const FontBook& fonts, Marking marking, std::string title, std::int64_t made_at, double width,
             double height)
    : fonts_(fonts), marking_(marking), width_(width), height_(height)
{
    drawing_.title = std::move(title);
    drawing_.made_at = made_at;
    new_page();
    parts_.emplace_back(0, "");
}

void Sheet::refuse(Error error)
{
    if (error_.empty()) error_.push_back(std::move(error));
}

void Sheet::new_page()
{
    if (drawing_.pages.size() >= pages_max) return refuse(Error{document_problem::text_too_long});
    drawing_.pages.push_back({width_, height_, {}});
    y = margin_top;
}

void Sheet::need(double height)
{
    if (y + height > height_ - margin_bottom) new_page();
}

void Sheet::begin_part(std::string name)
{
    if (!page().items.empty()) new_page();
    if (parts_.back().first == drawing_.pages.size() - 1) parts_.pop_back();
    parts_.emplace_back(drawing_.pages.size() - 1, std::move(name));
}

std::vector<Glyph> Sheet::glyphs(Style style, std::string_view text)
{
    auto found = fonts_.glyphs(style, text);
    if (found) return std::move(found).value();
    refuse(found.error());
    return {};
}

std::vector<Line> Sheet::lines(const Font& font, std::string_view text, double width, double indent_em)
{
    auto broken = break_lines(fonts_, font.style, text, width / (font.size * mm_per_point), indent_em);
    if (broken) return std::move(broken).value();
    refuse(broken.error());
    return {};
}

double Sheet::text_width(const Font& font, std::string_view text, double spacing)
{
    const auto found = glyphs(font.style, text);
    return (width_of(found) * font.size + spacing * static_cast<double>(found.size())) * mm_per_point;
}

void Sheet::text(const Font& font, Align align, double x, double baseline, std::string_view text, double spacing)
{
    auto found = glyphs(font.style, text);
    if (found.empty()) return;
    const double gaps = spacing * static_cast<double>(found.size() - 1);
    const double width = (width_of(found) * font.size + gaps) * mm_per_point;
    const double shift = align == Align::left ? 0 : align == Align::center ? width / 2 : width;
    draw(TextRun{
        std::move(found), {x - shift, baseline},
         font.size, font.color, spacing
    });
}

void Sheet::paragraph(const Font& font, std::string_view text, double leading, double indent_em)
{
    const double em = font.size * mm_per_point;
    bool is_first = true;
    for (Line& line : lines(font, text, inner_width(), indent_em)) {
        need(leading * em);
        const double x = margin_x + (is_first ? indent_em * em : 0);
        const double baseline = y + leading * em / 2 + capital_height * em;
        draw(TextRun{
            std::move(line.glyphs), {x, baseline},
             font.size, font.color
        });
        y += leading * em;
        is_first = false;
    }
}

void Sheet::box(const Font& font, Align align, Spot top_left, double width, double height, std::string_view text,
                double size_min, double padding)
{
    constexpr double leading = 1.3;
    const double room = width - 2 * padding;
    Font fitted = font;
    for (;; fitted.size = std::max(size_min, fitted.size - 0.5)) {
        auto broken = lines(fitted, text, room);
        const double em = fitted.size * mm_per_point;
        const double tall = static_cast<double>(broken.size()) * leading * em;
        const double widest = std::accumulate(broken.begin(), broken.end(), 0.0,
                                              [](double most, const Line& line) { return std::max(most, line.width); });
        if (tall > height - 0.6 || widest * em > room + 0.01) {
            if (fitted.size > size_min) continue;
            return refuse(Error{document_problem::text_too_long, "文书中有一栏内容过长"});
        }
        double top = top_left.y + (height - tall) / 2;
        for (Line& line : broken) {
            const double wide = line.width * em;
            const double left = top_left.x + padding;
            const double x = align == Align::left     ? left
                             : align == Align::center ? left + (room - wide) / 2
                                                      : left + room - wide;
            if (!line.glyphs.empty())
                draw(TextRun{
                    std::move(line.glyphs),
                    {x, top + leading * em / 2 + capital_height * em},
                    fitted.size,
                    fitted.color
                });
            top += leading * em;
        }
        return;
    }
}

double Sheet::row(const std::vector<Column>& columns, const std::vector<std::string>& cells, const TableLook& look,
                  Style style, bool is_heading)
{
    constexpr double leading = 1.32;
    constexpr double side = 1.2;
    const Font font{style, look.size, black};
    const double em = look.size * mm_per_point;
    std::vector<std::vector<Line>> content;
    std::size_t most = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        content.push_back(lines(font, i < cells.size() ? cells[i] : std::string_view{}, columns[i].width - 2 * side));
        most = std::max(most, content.back().size());
    }
    const double height = static_cast<double>(most) * leading * em + 2 * look.padding;
    if (height > height_ - margin_top - margin_bottom) {
        refuse(Error{document_problem::text_too_long, "表格中有一格内容过长"});
        return 0;
    }
    if (y + height > height_ - margin_bottom) return height;  // the caller turns the page and asks again
    const double total = std::accumulate(columns.begin(), columns.end(), 0.0,
                                         [](double sum, const Column& column) { return sum + column.width; });
    if (is_heading) draw(filled({margin_x, y}, total, height, heading_ground));
    double x = margin_x;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        draw(rectangle({x, y}, columns[i].width, height, look.line_width, rule_grey));
        double top = y + (height - static_cast<double>(content[i].size()) * leading * em) / 2;
        for (Line& line : content[i]) {
            const double wide = line.width * em;
            const double room = columns[i].width - 2 * side;
            const Align align = is_heading ? Align::center : columns[i].align;
            const double at = x + side +
                              (align == Align::left     ? 0
                               : align == Align::center ? (room - wide) / 2
                                                        : room - wide);
            if (!line.glyphs.empty())
                draw(TextRun{
                    std::move(line.glyphs), {at, top + leading * em / 2 + capital_height * em},
                     look.size
                });
            top += leading * em;
        }
        x += columns[i].width;
    }
    y += height;
    return 0;
}

void Sheet::table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows,
                  const TableLook& look)
{
    std::vector<std::string> headings;
    for (const Column& column : columns) headings.push_back(column.heading);
    need(16);  // a heading alone at the foot of a page looks like a mistake
    const auto put_heading = [&] { (void)row(columns, headings, look, Style::serif_bold, true); };
    put_heading();
    for (const auto& cells : rows) {
        if (!error_.empty()) return;
        if (row(columns, cells, look, Style::serif, false) == 0) continue;
        new_page();
        put_heading();
        if (row(columns, cells, look, Style::serif, false) != 0)
            return refuse(Error{document_problem::text_too_long, "表格中有一格内容过长"});
    }
}

void Sheet::fields(const std::vector<std::vector<Field>>& rows, double label_width, double size)
{
    constexpr double leading = 1.32;
    constexpr double padding = 1.5;
    const double em = size * mm_per_point;
    for (const auto& pairs : rows) {
        const double value_width = inner_width() / static_cast<double>(pairs.size()) - label_width;
        std::size_t most = 1;
        for (const Field& field : pairs)
            most = std::max(most, lines({Style::serif, size}, field.value, value_width - 3).size());
        const double height = static_cast<double>(most) * leading * em + 2 * padding + 0.7;
        need(height);
        double x = margin_x;
        for (const Field& field : pairs) {
            draw(filled({x, y}, label_width, height, heading_ground));
            draw(rectangle({x, y}, label_width, height, 0.15, rule_grey));
            draw(rectangle({x + label_width, y}, value_width, height, 0.15, rule_grey));
            box({Style::serif_bold, size}, Align::center, {x, y}, label_width, height, field.label, 7);
            box({Style::serif, size}, Align::left, {x + label_width, y}, value_width, height, field.value, 6);
            x += label_width + value_width;
        }
        y += height;
    }
}

void Sheet::qr(std::string_view text, Spot top_left, double size)
{
    if (text.empty()) return;
    auto code = qr_shape(text, top_left, size);
    if (!code) return refuse(std::move(code).error());
    draw(std::move(code).value());
}

void Sheet::stamp(Blend ink, Spot center, double diameter, std::string_view arc, std::string_view bottom)
{
    draw(ink);
    for (Item& item : seal_items(center, diameter, glyphs(Style::serif_bold, arc), glyphs(Style::serif_bold, bottom)))
        draw(std::move(item));
    draw(Blend::paint);
}

void Sheet::seal(Spot center, double diameter, std::string_view arc, std::string_view bottom)
{
    stamp(Blend::stamp, center, diameter, arc, bottom);
}

void Sheet::signing_seal(Spot center, double diameter, std::string_view arc, std::string_view bottom,
                         std::string reason)
{
    stamp(Blend::signed_stamp, center, diameter, arc, bottom);
    drawing_.signature = SignatureField{
        drawing_.pages.size() - 1,
        {center.x - diameter / 2, center.y - diameter / 2},
        diameter,
        diameter,
        std::move(reason)
    };
}

void Sheet::signature(std::string_view png, Spot top_left, double width, double height)
{
    if (png.empty()) return;
    auto ink = images::read_ink(png);
    if (!ink) return refuse(Error{document_problem::bad_picture});
    if (ink->width == 0) return;
    const double scale = std::min(width / ink->width, height / ink->height);
    const double w = ink->width * scale;
    const double h = ink->height * scale;
    draw(Picture{
        std::make_shared<const Ink>(std::move(*ink)),
        {top_left.x + (width - w) / 2, top_left.y + (height - h) / 2},
        w,
        h
    });
}

void Sheet::mark_demo(Page& target)
{
    // Behind everything else, so it is put first: large, pale, three rows of two (domain.md 6.4).
    constexpr double angle = 30;
    constexpr Color pale{0.925, 0.93, 0.94};
    const auto word = glyphs(Style::sans, "演示");
    std::vector<Item> marks;
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 2; ++c)
            marks.push_back(TextRun{
                word, {target.width * (0.16 + 0.46 * c), target.height * (0.27 + 0.29 * r)},
                 60, pale, 12, angle
            });
    target.items.insert(target.items.begin(), std::make_move_iterator(marks.begin()),
                        std::make_move_iterator(marks.end()));
}

void Sheet::number_pages()
{
    const Font small{
        Style::serif, 8, {0.35, 0.38, 0.42}
    };
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        const std::size_t first = parts_[part].first;
        const std::size_t last = part + 1 < parts_.size() ? parts_[part + 1].first : drawing_.pages.size();
        for (std::size_t i = first; i < last; ++i) {
            std::string label = fmt::format("第 {} 页 共 {} 页", i - first + 1, last - first);
            if (!parts_[part].second.empty()) label = parts_[part].second + "　" + label;
            auto found = glyphs(small.style, label);
            const double wide = width_of(found) * small.size * mm_per_point;
            Page& target = drawing_.pages[i];
            if (target.height > target.width) {  // certificates have one page and no number
                target.items.push_back(TextRun{
                    std::move(found), {(width_ - wide) / 2, height_ - 10},
                     small.size, small.color
                });
            }
            if (i > first && !running_head.empty())
                target.items.push_back(TextRun{
                    glyphs(small.style, running_head), {margin_x, 10},
                      small.size, small.color
                });
            if (marking_ == Marking::demo) {
                auto notice = glyphs(small.style, "演示环境出具，不具有法律效力");
                const double w = width_of(notice) * small.size * mm_per_point;
                const bool is_portrait = target.height > target.width;
                target.items.push_back(TextRun{
                    std::move(notice),
                    {is_portrait ? width_ - margin_x - w : (width_ - w) / 2, is_portrait ? 10 : height_ - 3.4},
                    small.size,
                    { 0.75,                                                   0.2,                              0.2}
                });
            }
        }
    }
}

Result<Drawing> Sheet::finish()
{
    number_pages();
    if (marking_ == Marking::demo)
        for (Page& each : drawing_.pages) mark_demo(each);
    if (!error_.empty()) return error_.front();
    return std::move(drawing_);
}

}  // namespace tongban::documents
