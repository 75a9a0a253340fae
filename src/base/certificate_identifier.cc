// The e-certificate identifier, GB/T 36904; check character by ISO 7064 MOD 37,36 (hybrid system).
#include <fmt/format.h>

#include "base/documents.h"

namespace tongban {
namespace {

constexpr std::string_view root = "1.2.156.3005.2.";
constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// The check character over `body`, in which dots are skipped; '\0' when a character is outside the alphabet.
char check_character(std::string_view body)
{
    std::size_t product = 36;
    for (const char c : body) {
        if (c == '.') continue;
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return '\0';
        std::size_t sum = (product + value) % 36;
        if (sum == 0) sum = 36;
        product = (2 * sum) % 37;
    }
    return alphabet[(37 - product) % 36];
}

}  // namespace

std::string certificate_identifier(std::string_view type, std::string_view issuer, std::string_view serial, int version)
{
    TONGBAN_ASSERT(type.size() == 21 && !issuer.empty() && !serial.empty() && version >= 1 && version <= 999);
    const std::string body = fmt::format("{}.{}.{}.{:03}", type, issuer, serial, version);
    const char check = check_character(body);
    TONGBAN_ASSERT(check != '\0');
    return fmt::format("{}{}.{}", root, body, check);
}

bool is_certificate_identifier(std::string_view identifier)
{
    if (identifier.size() > 100 || !identifier.starts_with(root)) return false;
    identifier.remove_prefix(root.size());
    const auto last = identifier.rfind('.');
    if (last == std::string_view::npos || last + 2 != identifier.size()) return false;
    const std::string_view body = identifier.substr(0, last);
    std::size_t parts = 1;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '.') continue;
        ++parts;
        if (i == 0 || body[i - 1] == '.' || i + 1 == body.size()) return false;
    }
    return parts == 4 && body.find('.') == 21 && body.size() - body.rfind('.') == 4 &&
           check_character(body) == identifier.back();
}

}  // namespace tongban
