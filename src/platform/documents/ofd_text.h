#pragma once
// The words of OFD's XML: escaped text, short numbers. Internal to platform/documents.

#include <cmath>
#include <string>
#include <string_view>

namespace tongban::documents {

inline constexpr std::string_view ofd_namespace = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

inline void put_escaped(std::string& out, std::string_view text)
{
    for (const char c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
}

inline std::string escaped(std::string_view text)
{
    std::string out;
    put_escaped(out, text);
    return out;
}

inline void put_utf8(std::string& out, char32_t character)
{
    const auto c = static_cast<std::uint32_t>(character);
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 63));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 63));
        put(0x80 | (c & 63));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 63));
        put(0x80 | ((c >> 6) & 63));
        put(0x80 | (c & 63));
    }
}

// Thousandths of a millimetre are finer than any eye; no zeros at the end.
inline void put_number(std::string& out, double value)
{
    long long rest = std::llround(value * 1000);
    if (rest < 0) {
        out += '-';
        rest = -rest;
    }
    out += std::to_string(rest / 1000);
    rest %= 1000;
    if (rest == 0) return;
    out += '.';
    for (long long unit = 100; rest != 0; unit /= 10) {
        out += static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
}

}  // namespace tongban::documents
