#pragma once
// Hex and base64url (RFC 4648 section 5, without padding) of byte strings.

#include <optional>
#include <string>
#include <string_view>

namespace tongban::crypto {

std::string to_hex(std::string_view bytes);                  // lower case
std::optional<std::string> from_hex(std::string_view text);  // either case; nothing for a wrong text
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);  // nothing for a wrong or non-canonical text

}  // namespace tongban::crypto
