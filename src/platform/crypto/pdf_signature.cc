#include "platform/crypto/pdf_signature.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

#include "platform/crypto/encoding.h"

namespace tongban::crypto {
namespace {

constexpr std::size_t hole_hex_max = 128U * 1024;
constexpr std::string_view blanks = " \t\r\n";

}  // namespace

std::optional<SignedRange> read_byte_range(std::string_view pdf, std::size_t at)
{
    std::size_t numbers[4];
    at = pdf.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || pdf[at] != '[') return std::nullopt;
    ++at;
    for (std::size_t& number : numbers) {
        at = pdf.find_first_not_of(blanks, at);
        if (at == std::string_view::npos) return std::nullopt;
        const auto [end, error] = std::from_chars(pdf.data() + at, pdf.data() + pdf.size(), number);
        if (error != std::errc{}) return std::nullopt;
        at = static_cast<std::size_t>(end - pdf.data());
    }
    at = pdf.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || pdf[at] != ']') return std::nullopt;
    const auto [begin, hole_begin, hole_end, rest] = numbers;
    if (begin != 0 || hole_begin >= hole_end || hole_end > pdf.size() || rest > pdf.size() - hole_end)
        return std::nullopt;
    return SignedRange{hole_begin, hole_end, hole_end + rest};
}

std::optional<std::string> read_hole(std::string_view hole)
{
    if (hole.size() < 4 || hole.size() > hole_hex_max || hole.front() != '<' || hole.back() != '>') return std::nullopt;
    const std::string_view hex = hole.substr(1, hole.size() - 2);
    auto bytes = from_hex(hex);
    if (!bytes || to_hex(*bytes) != hex) return std::nullopt;
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes->data());
    const unsigned char* inner = begin;
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    const int outcome = ASN1_get_object(&inner, &length, &tag, &tag_class, static_cast<long>(bytes->size()));
    // 0x80: error; bit 0: indefinite length, which DER does not have.
    if ((outcome & 0x81) != 0 || tag != V_ASN1_SEQUENCE || length < 0) return std::nullopt;
    const auto total = static_cast<std::size_t>(inner - begin) + static_cast<std::size_t>(length);
    if (total > bytes->size() || bytes->find_first_not_of('\0', total) != std::string::npos) return std::nullopt;
    bytes->resize(total);
    return bytes;
}

void fill_hole(std::string& pdf, std::size_t begin, std::size_t end, std::string_view der)
{
    const std::size_t room = (end - begin - 2) / 2;
    if (der.size() > room)
        throw std::runtime_error(fmt::format("CMS of {} bytes does not fit the hole of {}", der.size(), room));
    const std::string hex = to_hex(der);
    pdf.replace(begin + 1, hex.size(), hex);
}

Cms cms_from_der(std::string_view der)
{
    const auto* in = reinterpret_cast<const unsigned char*>(der.data());
    Cms cms(d2i_CMS_ContentInfo(nullptr, &in, static_cast<long>(der.size())));
    forget_openssl_errors();
    return cms;
}

std::string to_der(CMS_ContentInfo* cms)
{
    const int size = i2d_CMS_ContentInfo(cms, nullptr);
    require(size > 0, "encode CMS");
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    require(i2d_CMS_ContentInfo(cms, &out) == size, "encode CMS");
    return der;
}

}  // namespace tongban::crypto
