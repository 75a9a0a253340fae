#pragma once
// Hex and base64 (RFC 4648 section 4, with padding) of byte strings, read strictly: two texts never mean the same
// bytes.

#include <optional>
#include <string>
#include <string_view>

namespace tongban {

std::string hex_of(std::string_view bytes);                      // lower case
std::optional<std::string> bytes_of_hex(std::string_view text);  // lower case only
std::string base64_of(std::string_view bytes);
std::optional<std::string> bytes_of_base64(std::string_view text);
// RFC 4648 section 5 without padding, as AgencySigner gives signatures.
std::optional<std::string> bytes_of_base64url(std::string_view text);
std::string base64url_of(std::string_view bytes);

}  // namespace tongban
