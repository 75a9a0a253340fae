#pragma once
// The vault for personal data columns (interface in base/crypto.h).
//
// Keys. One platform key of 32 random bytes lies in a file (mode 0600, made on first start, hex). From it HMAC-SM3
// derives, per registry, one key for sealing and one for digests: K = HMAC-SM3(platform key, "<purpose>|<agency>").
// Losing the file loses the sealed columns; back it up apart from the database.
//
// Values. "v1." + base64url(seed 16 | ciphertext | tag 16). Every value is sealed under a key of its own:
// HMAC-SM3(agency key, seed) gives the SM4 key (16 bytes) and the GCM nonce (12 bytes). Two values would have to draw
// the same 128-bit seed to meet, so the usual limit of 2^32 values with random 96-bit nonces does not apply, and no
// counter has to be kept across restarts. The agency and the version are authenticated with the value.

#include <filesystem>
#include <memory>

#include "base/crypto.h"

namespace tongban {

// Reads the platform key, or creates it when `create` is allowed and no file is there. Throws when the file is
// unreadable, malformed or readable by others.
enum class KeyFile { must_exist, may_be_created };
std::unique_ptr<Vault> open_vault(const std::filesystem::path& key_file, KeyFile mode);

// For tests: a vault under a given platform key of 32 bytes.
std::unique_ptr<Vault> make_vault(std::string_view platform_key);

}  // namespace tongban
