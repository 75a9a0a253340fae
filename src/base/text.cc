#include "base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tongban {
namespace {

constexpr char32_t bad = 0xFFFFFFFF;

bool within(char32_t c, char32_t first, char32_t last)
{
    return c >= first && c <= last;
}

bool is_control(char32_t c)
{
    return c < 0x20 || within(c, 0x7F, 0x9F) || within(c, 0x200B, 0x200F) || within(c, 0x2028, 0x202E) ||
           within(c, 0x2060, 0x206F) || c == 0xFEFF || within(c, 0xFFF9, 0xFFFB) || within(c, 0xFDD0, 0xFDEF) ||
           (c & 0xFFFE) == 0xFFFE;
}

// Twelve characters of the compatibility block are unified ideographs by accident of history: they are fine.
bool is_compatibility_ideograph(char32_t c)
{
    constexpr std::array<char32_t, 12> unified{0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F,
                                               0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29};
    if (within(c, 0x2F800, 0x2FA1F)) return true;
    return within(c, 0xF900, 0xFAFF) && std::ranges::find(unified, c) == unified.end();
}

bool nfc_may_rewrite(char32_t c)
{
    constexpr std::array<char32_t, 12> singletons{0x0340, 0x0341, 0x0374, 0x037E, 0x0387, 0x1FEF,
                                                  0x2000, 0x2001, 0x2126, 0x212A, 0x212B, 0x2329};
    return is_compatibility_ideograph(c) || within(c, 0x0300, 0x036F) || within(c, 0x1100, 0x11FF) || c == 0x232A ||
           c == 0x3099 || c == 0x309A || std::ranges::find(singletons, c) != singletons.end();
}

bool is_private(char32_t c)
{
    return within(c, 0xE000, 0xF8FF) || within(c, 0xF0000, 0xFFFFD) || within(c, 0x100000, 0x10FFFD);
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return text[at++] & 0x7F;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return ++at, bad;
    char32_t c = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return ++at, bad;
        c = (c << 6) | (byte(at + i) & 0x3FU);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (overlong || within(c, 0xD800, 0xDFFF) || c > 0x10FFFF) return ++at, bad;
    at += length;
    return c;
}

void append_character(std::string& to, char32_t c)
{
    const auto put = [&](char32_t value) { to.push_back(static_cast<char>(static_cast<unsigned char>(value))); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

std::optional<Fault> text_fault(std::string_view text, Lines lines)
{
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        if (c == bad) return Fault{"invalid_utf8", "含有不正确的字符编码"};
        if (lines == Lines::many && (c == '\n' || c == '\t')) continue;
        if (is_control(c)) return Fault{"control_character", "含有不可见的控制字符，请删除后重新输入"};
        if (is_private(c)) return Fault{"private_use", "含有自造字（专用区字符），请改用国家标准编码的汉字"};
        if (nfc_may_rewrite(c)) return Fault{"not_nfc", "含有兼容汉字或组合字符，请改用标准编码的字形"};
    }
    return std::nullopt;
}

std::size_t character_count(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    constexpr std::string_view ideographic = "\u3000";
    const auto strip = [&](auto starts, auto remove) {
        for (bool again = true; again;) {
            again = false;
            if (!text.empty() && blanks.find(starts() ? text.front() : text.back()) != std::string_view::npos) {
                remove(1);
                again = true;
            }
            if (starts() ? text.starts_with(ideographic) : text.ends_with(ideographic)) {
                remove(ideographic.size());
                again = true;
            }
        }
    };
    strip([] { return true; }, [&](std::size_t n) { text.remove_prefix(n); });
    strip([] { return false; }, [&](std::size_t n) { text.remove_suffix(n); });
    return text;
}

std::string half_width(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t c = next_character(text, at);
        if (within(c, 0xFF01, 0xFF5E)) {
            out.push_back(static_cast<char>(c - 0xFF01 + '!'));
        } else if (c == 0x3000) {
            out.push_back(' ');
        } else {
            out.append(text.substr(start, at - start));
        }
    }
    return out;
}

std::string head(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < count && at < text.size(); ++i) next_character(text, at);
    return std::string(text.substr(0, at));
}

std::string masked_name(std::string_view name)
{
    const std::size_t length = character_count(name);
    if (length == 0) return {};
    if (length <= 6) return head(name, 1) + std::string(length - 1, '*');
    std::string tail;
    std::size_t at = 0;
    for (std::size_t i = 0; at < name.size(); ++i) {
        const std::size_t from = at;
        next_character(name, at);
        if (i + 2 >= length) tail += name.substr(from, at - from);
    }
    return head(name, 4) + "****" + tail;
}

}  // namespace tongban
