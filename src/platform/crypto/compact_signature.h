#pragma once
// Signatures for QR codes: P-256 as r and s of 32 bytes each, under a short key id. Internal to platform.

#include <string>
#include <string_view>

#include "platform/crypto/openssl.h"

namespace tongban::crypto {

// The first 16 hex digits of SM3 over the public key (SubjectPublicKeyInfo).
std::string compact_key_id(X509* certificate);
std::string compact_of_ecdsa(std::string_view der);  // SEQUENCE {r, s} → 64 bytes
std::string ecdsa_of_compact(std::string_view compact);

}  // namespace tongban::crypto
