#pragma once
// Cryptography as the modules see it; implemented by platform/crypto over OpenSSL and libgcrypt, own primitives
// nowhere.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/sql.h"

namespace tongban {

// SM3 (GB/T 32905), 64 lower-case hex digits.
std::string sm3_hex(std::string_view bytes);

class Sm3 {  // incremental
public:
    Sm3();
    ~Sm3();
    Sm3(Sm3&&) noexcept;
    Sm3& operator=(Sm3&&) noexcept;
    void update(std::string_view bytes);
    std::string hex();  // ends the computation

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// HMAC-SM3, hex. For payment callbacks and keyed digests.
std::string hmac_sm3_hex(std::string_view key, std::string_view bytes);
bool equal_in_constant_time(std::string_view a, std::string_view b);

// Seals personal data columns: SM4-GCM under a key per agency, wrapped by the platform key. Thread-safe.
class Vault {
public:
    virtual ~Vault() = default;
    virtual std::string seal(Agency agency, std::string_view plain) = 0;   // printable text "v1.<base64url>"
    virtual std::string open(Agency agency, std::string_view sealed) = 0;  // throws on a damaged value
    // Keyed digest for exact look-up; equal plaintexts give equal digests within one agency only.
    virtual std::string digest(Agency agency, std::string_view plain) = 0;
};

// A registry's signing key (P-256) and certificate. Thread-safe.
class AgencySigner {
public:
    virtual ~AgencySigner() = default;
    virtual std::string sign(Agency agency, std::string_view bytes) = 0;  // base64url of ECDSA-P256-SHA256, DER
    virtual bool verify(Agency agency, std::string_view bytes, std::string_view signature) = 0;
    // PAdES: fills the signature hole of a PDF written by platform/documents and returns the signed file.
    virtual std::string sign_pdf(Agency agency, std::string pdf_with_hole) = 0;
};

// Argon2id in the PHC string form.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view password, std::string_view phc);

}  // namespace tongban
