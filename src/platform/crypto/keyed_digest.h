#pragma once
// HMAC-SM3 as 32 raw bytes; the modules use hmac_sm3_hex of base/crypto.h.

#include <string>
#include <string_view>

namespace tongban::crypto {

std::string hmac_sm3(std::string_view key, std::string_view bytes);

}  // namespace tongban::crypto
