#include "base/signed_code.h"

#include "base/crypto.h"

namespace tongban {
namespace {

constexpr std::string_view form = "1.";
constexpr std::size_t code_bytes_max = 2000;
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes)
{
    std::string out;
    unsigned buffer = 0;
    int bits = 0;
    for (const char c : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) out += alphabet[(buffer >> (bits - 6)) & 63];
    }
    if (bits > 0) out += alphabet[(buffer << (6 - bits)) & 63];
    return out;
}

std::optional<std::string> from_base64url(std::string_view text)
{
    std::string out;
    unsigned buffer = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        buffer = (buffer << 6) | static_cast<unsigned>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>((buffer >> bits) & 255);
    }
    if (to_base64url(out) != text) return std::nullopt;
    return out;
}

}  // namespace

std::string signed_code(AgencySigner& signer, CodeKeys& keys, Agency agency, const std::string& link,
                        const CodeFacts& facts)
{
    TONGBAN_ASSERT(link.find('#') == std::string::npos);
    const std::string body = link + "#" + std::string(form) +
                             to_base64url(facts.unit_number + "\n" + facts.registered_on + "\n" + facts.holder_masked);
    const std::string signature = keys.compact(signer.sign(agency, body));
    return body + "." + keys.key_id(agency) + "." + signature;
}

std::optional<ReadCode> read_code(std::string_view text)
{
    if (text.size() > code_bytes_max) return std::nullopt;
    const std::size_t mark = text.find('#');
    if (mark == std::string_view::npos || text.substr(mark + 1, form.size()) != form) return std::nullopt;
    const std::size_t facts_at = mark + 1 + form.size();
    const std::size_t key_at = text.find('.', facts_at);
    const std::size_t signature_at = key_at == std::string_view::npos ? key_at : text.find('.', key_at + 1);
    if (signature_at == std::string_view::npos) return std::nullopt;
    const auto facts = from_base64url(text.substr(facts_at, key_at - facts_at));
    const auto signature = from_base64url(text.substr(signature_at + 1));
    if (!facts || !signature) return std::nullopt;
    const std::size_t first = facts->find('\n');
    const std::size_t second = first == std::string::npos ? first : facts->find('\n', first + 1);
    if (second == std::string::npos || facts->find('\n', second + 1) != std::string::npos) return std::nullopt;
    return ReadCode{
        std::string(text.substr(0, key_at)),
        std::string(text.substr(0, mark)),
        {facts->substr(0, first), facts->substr(first + 1, second - first - 1), facts->substr(second + 1)},
        std::string(text.substr(key_at + 1, signature_at - key_at - 1)),
        *signature
    };
}

}  // namespace tongban
