#include "platform/crypto/der.h"

#include <fmt/format.h>

#include <charconv>
#include <ctime>

#include "base/result.h"

namespace tongban::der {

std::string element(int tag, std::string_view content)
{
    std::string out(1, static_cast<char>(tag));
    if (content.size() < 0x80) {
        out += static_cast<char>(content.size());
    } else {
        std::string length;
        for (std::size_t rest = content.size(); rest > 0; rest >>= 8)
            length.insert(length.begin(), static_cast<char>(rest & 255));
        out += static_cast<char>(0x80 | length.size());
        out += length;
    }
    out += content;
    return out;
}

std::string sequence(std::initializer_list<std::string_view> parts)
{
    std::string content;
    for (const std::string_view part : parts) content += part;
    return element(sequence_tag, content);
}

std::string integer(std::int64_t value)
{
    TONGBAN_ASSERT(value >= 0);
    std::string content;
    do {
        content.insert(content.begin(), static_cast<char>(value & 255));
        value >>= 8;
    } while (value > 0);
    if ((static_cast<unsigned char>(content[0]) & 0x80) != 0) content.insert(content.begin(), '\0');
    return element(integer_tag, content);
}

std::string octets(std::string_view bytes)
{
    return element(octets_tag, bytes);
}

std::string bits(std::string_view bytes)
{
    return element(bits_tag, std::string(1, '\0') + std::string(bytes));
}

std::string ia5(std::string_view text)
{
    return element(ia5_tag, text);
}

std::string utf8(std::string_view text)
{
    return element(utf8_tag, text);
}

std::string time(Millis at)
{
    const std::time_t seconds = at / 1000;
    std::tm parts = {};
    TONGBAN_ASSERT(::gmtime_r(&seconds, &parts) != nullptr);
    return element(time_tag, fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                                         parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec));
}

std::string object(std::string_view dotted)
{
    std::string content;
    std::uint64_t first = 0;
    for (int index = 0; !dotted.empty(); ++index) {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(dotted.data(), dotted.data() + dotted.size(), number);
        TONGBAN_ASSERT(error == std::errc{});
        dotted.remove_prefix(static_cast<std::size_t>(end - dotted.data()));
        if (!dotted.empty()) dotted.remove_prefix(1);
        if (index == 0) {
            first = number;
            continue;
        }
        if (index == 1) number += 40 * first;
        std::string groups;
        do {
            groups.insert(groups.begin(), static_cast<char>((number & 127) | (groups.empty() ? 0 : 0x80)));
            number >>= 7;
        } while (number > 0);
        content += groups;
    }
    return element(object_tag, content);
}

std::optional<Element> Reader::next()
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(rest_[i])); };
    if (rest_.size() < 2 || (byte(0) & 0x1F) == 0x1F) return std::nullopt;  // no tags of several bytes
    std::size_t head = 2;
    std::size_t length = byte(1);
    if (length >= 0x80) {
        const std::size_t count = length & 0x7F;
        if (count == 0 || count > 4 || rest_.size() < 2 + count || byte(2) == 0) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < count; ++i) length = (length << 8) | byte(2 + i);
        if (length < 0x80) return std::nullopt;
        head = 2 + count;
    }
    if (length > rest_.size() - head) return std::nullopt;
    Element element{static_cast<int>(byte(0)), rest_.substr(head, length), rest_.substr(0, head + length)};
    rest_.remove_prefix(head + length);
    return element;
}

std::optional<Element> Reader::next(int tag)
{
    if (!comes(tag)) return std::nullopt;
    return next();
}

bool is_plain(std::string_view bytes, int levels_max)
{
    constexpr int constructed = 0x20;
    constexpr int class_bits = 0xC0;
    for (Reader reader(bytes); !reader.at_end();) {
        const auto element = reader.next();
        if (!element) return false;
        const bool is_constructed = (element->tag & constructed) != 0;
        const int number = element->tag & ~constructed;
        const bool holds_others = number == (sequence_tag & ~constructed) || number == (set_tag & ~constructed);
        if ((element->tag & class_bits) == 0 && is_constructed != holds_others) return false;
        if (is_constructed && (levels_max == 0 || !is_plain(element->content, levels_max - 1))) return false;
    }
    return true;
}

std::optional<std::int64_t> integer_of(const Element& element)
{
    const std::string_view bytes = element.content;
    if (element.tag != integer_tag || bytes.empty() || bytes.size() > 8) return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if ((byte(0) & 0x80) != 0 || (bytes.size() > 1 && byte(0) == 0 && (byte(1) & 0x80) == 0)) return std::nullopt;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) value = (value << 8) | byte(i);
    return value;
}

std::optional<std::string_view> bits_of(const Element& element)
{
    if (element.tag != bits_tag || element.content.empty() || element.content[0] != '\0') return std::nullopt;
    return element.content.substr(1);
}

std::optional<Millis> time_of(const Element& element)
{
    const std::string_view text = element.content;
    if (element.tag != time_tag || text.size() != 15 || text[14] != 'Z') return std::nullopt;
    int numbers[6];
    constexpr std::size_t at[] = {0, 4, 6, 8, 10, 12, 14};
    for (std::size_t i = 0; i < 6; ++i) {
        const auto [end, error] = std::from_chars(text.data() + at[i], text.data() + at[i + 1], numbers[i]);
        if (error != std::errc{} || end != text.data() + at[i + 1] || numbers[i] < 0) return std::nullopt;
    }
    std::tm parts = {};
    parts.tm_year = numbers[0] - 1900;
    parts.tm_mon = numbers[1] - 1;
    parts.tm_mday = numbers[2];
    parts.tm_hour = numbers[3];
    parts.tm_min = numbers[4];
    parts.tm_sec = numbers[5];
    std::tm copy = parts;
    const std::time_t seconds = ::timegm(&copy);
    if (copy.tm_mon != parts.tm_mon || copy.tm_mday != parts.tm_mday || copy.tm_hour != parts.tm_hour ||
        copy.tm_min != parts.tm_min || copy.tm_sec != parts.tm_sec)
        return std::nullopt;
    return static_cast<Millis>(seconds) * 1000;
}

}  // namespace tongban::der
