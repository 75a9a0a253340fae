#include "platform/documents/typesetting.h"

#include <algorithm>

namespace tongban::documents {
namespace {

constexpr std::u32string_view not_at_start = U"，。；：、？！）》」』】〕〉”’％%,.;:?!)]}…—·℃々";
constexpr std::u32string_view not_at_end = U"（《「『【〔〈“‘([{￥$";

bool is_word(char32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
           c == '*' || c == '@' || c == '/' || c == '.' || c == ':';
}

bool may_break_between(char32_t before, char32_t after)
{
    if (not_at_start.find(after) != std::u32string_view::npos) return false;
    if (not_at_end.find(before) != std::u32string_view::npos) return false;
    return !(is_word(before) && is_word(after));
}

// The last place in (begin, end] where a line may end; `end` itself when there is none (an endless word is cut).
std::size_t break_before(const std::vector<Glyph>& glyphs, std::size_t begin, std::size_t end)
{
    for (std::size_t at = end; at > begin; --at)
        if (may_break_between(glyphs[at - 1].character, glyphs[at].character)) return at;
    return end;
}

void append_lines(std::vector<Line>& lines, const std::vector<Glyph>& glyphs, double width, double indent)
{
    std::size_t begin = 0;
    do {
        const double room = width - (begin == 0 ? indent : 0);
        double used = 0;
        std::size_t end = begin;
        while (end < glyphs.size() && used + glyphs[end].advance <= room + 1e-6) used += glyphs[end++].advance;
        if (end == begin && end < glyphs.size()) ++end;  // narrower than one character: one a line
        if (end < glyphs.size()) end = break_before(glyphs, begin, end);
        Line line;
        line.glyphs.assign(glyphs.begin() + static_cast<std::ptrdiff_t>(begin),
                           glyphs.begin() + static_cast<std::ptrdiff_t>(end));
        while (!line.glyphs.empty() && line.glyphs.back().character == ' ') line.glyphs.pop_back();
        line.width = width_of(line.glyphs);
        lines.push_back(std::move(line));
        begin = end;
        while (begin < glyphs.size() && glyphs[begin].character == ' ') ++begin;
    } while (begin < glyphs.size());
}

}  // namespace

double width_of(const std::vector<Glyph>& glyphs)
{
    double width = 0;
    for (const Glyph& glyph : glyphs) width += glyph.advance;
    return width;
}

Result<std::vector<Line>> break_lines(const FontBook& fonts, Style style, std::string_view text, double width,
                                      double first_indent)
{
    std::vector<Line> lines;
    while (true) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        append_lines(lines, TRY(fonts.glyphs(style, text.substr(0, end))), width, first_indent);
        if (end == text.size()) return lines;
        text.remove_prefix(end + 1);
    }
}

}  // namespace tongban::documents
