#include "platform/documents/font_tables.h"

#include <algorithm>

namespace tongban::documents {
namespace {

void put16(std::string& out, std::uint32_t value)
{
    out += static_cast<char>((value >> 8) & 255);
    out += static_cast<char>(value & 255);
}
void put32(std::string& out, std::uint32_t value)
{
    put16(out, value >> 16);
    put16(out, value & 0xFFFF);
}

// Characters whose glyphs follow each other as they do.
struct Run {
    char32_t first;
    char32_t last;
    std::uint32_t glyph;
};

std::vector<Run> runs_of(const SubsetFacts& facts, char32_t last_character)
{
    std::vector<Run> runs;
    for (const auto& [character, glyph] : facts.glyphs) {
        if (character > last_character) break;
        if (!runs.empty() && runs.back().last + 1 == character &&
            runs.back().glyph + (character - runs.back().first) == glyph)
            runs.back().last = character;
        else
            runs.push_back({character, character, glyph});
    }
    return runs;
}

std::string format_4(const SubsetFacts& facts)
{
    std::vector<Run> runs = runs_of(facts, 0xFFFE);
    runs.push_back({0xFFFF, 0xFFFF, 0});
    const auto count = static_cast<std::uint32_t>(runs.size());
    std::uint32_t power = 1;
    std::uint32_t log = 0;
    while (power * 2 <= count) {
        power *= 2;
        ++log;
    }
    std::string out;
    put16(out, 4);
    put16(out, 16 + 8 * count);
    put16(out, 0);
    put16(out, 2 * count);
    put16(out, 2 * power);
    put16(out, log);
    put16(out, 2 * count - 2 * power);
    for (const Run& run : runs) put16(out, run.last);
    put16(out, 0);
    for (const Run& run : runs) put16(out, run.first);
    for (const Run& run : runs) put16(out, run.first == 0xFFFF ? 1 : run.glyph - run.first);
    for (std::uint32_t i = 0; i < count; ++i) put16(out, 0);
    return out;
}

std::string format_12(const SubsetFacts& facts)
{
    const std::vector<Run> runs = runs_of(facts, 0x10FFFF);
    std::string out;
    put16(out, 12);
    put16(out, 0);
    put32(out, static_cast<std::uint32_t>(16 + 12 * runs.size()));
    put32(out, 0);
    put32(out, static_cast<std::uint32_t>(runs.size()));
    for (const Run& run : runs) {
        put32(out, run.first);
        put32(out, run.last);
        put32(out, run.glyph);
    }
    return out;
}

}  // namespace

std::string cmap_table(const SubsetFacts& facts)
{
    // The second form only where the first cannot say it.
    const bool has_rare = !facts.glyphs.empty() && facts.glyphs.back().first > 0xFFFF;
    const std::string common = format_4(facts);
    std::string out;
    put16(out, 0);
    put16(out, has_rare ? 2 : 1);
    const std::uint32_t start = has_rare ? 20 : 12;
    put16(out, 3);
    put16(out, 1);
    put32(out, start);
    if (has_rare) {
        put16(out, 3);
        put16(out, 10);
        put32(out, start + static_cast<std::uint32_t>(common.size()));
    }
    out += common;
    if (has_rare) out += format_12(facts);
    return out;
}

std::string name_table(const SubsetFacts& facts)
{
    const std::pair<std::uint32_t, std::string> names[] = {
        {1, facts.name                        },
        {2, facts.is_bold ? "Bold" : "Regular"},
        {4, facts.name                        },
        {6, facts.name                        }
    };
    std::string records;
    std::string texts;
    for (const auto& [id, text] : names) {
        put16(records, 3);
        put16(records, 1);
        put16(records, 0x409);
        put16(records, id);
        put16(records, static_cast<std::uint32_t>(2 * text.size()));
        put16(records, static_cast<std::uint32_t>(texts.size()));
        for (const char c : text) put16(texts, static_cast<unsigned char>(c));
    }
    std::string out;
    put16(out, 0);
    put16(out, static_cast<std::uint32_t>(std::size(names)));
    put16(out, static_cast<std::uint32_t>(6 + records.size()));
    return out + records + texts;
}

std::string os2_table(const SubsetFacts& facts)
{
    const auto em = static_cast<std::uint32_t>(facts.units_per_em);
    const char32_t first = facts.glyphs.empty() ? 0x20 : facts.glyphs.front().first;
    const char32_t last = facts.glyphs.empty() ? 0x20 : facts.glyphs.back().first;
    std::string out;
    put16(out, 4);
    put16(out, em);  // average width: one square character
    put16(out, facts.is_bold ? 700 : 400);
    put16(out, 5);
    put16(out, 0);  // may be embedded and installed
    for (const std::uint32_t v : {em * 65 / 100, em * 6 / 10, 0U, em * 75 / 1000, em * 65 / 100, em * 6 / 10, 0U,
                                  em * 35 / 100, em / 20, em * 25 / 100})
        put16(out, v);
    put16(out, 0);
    out.append(10, '\0');  // panose: unknown
    put32(out, 0);
    put32(out, 1U << (59 - 32));  // CJK ideographs
    put32(out, 0);
    put32(out, 0);
    out += "TONG";
    put16(out, facts.is_bold ? 0x20 : 0x40);
    put16(out, std::min<std::uint32_t>(first, 0xFFFF));
    put16(out, std::min<std::uint32_t>(last, 0xFFFF));
    put16(out, static_cast<std::uint32_t>(facts.ascender));
    put16(out, static_cast<std::uint32_t>(facts.descender));
    put16(out, 0);
    put16(out, static_cast<std::uint32_t>(facts.ascender));
    put16(out, static_cast<std::uint32_t>(-facts.descender));
    put32(out, 1U << 18);  // simplified Chinese
    put32(out, 0);
    put16(out, em / 2);
    put16(out, em * 73 / 100);
    put16(out, 0);
    put16(out, 0x20);
    put16(out, 0);
    return out;
}

std::string post_table()
{
    std::string out;
    put32(out, 0x00030000);
    out.append(28, '\0');
    return out;
}

}  // namespace tongban::documents
