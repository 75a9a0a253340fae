#pragma once
// Makes X.509 certificates for the demonstration's authority. Internal to platform/crypto.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/crypto/openssl.h"

namespace tongban::crypto {

struct CertificateWish {
    std::vector<std::pair<const char*, std::string>> subject;  // "CN", "…"; in this order
    std::vector<std::pair<int, const char*>> extensions;       // NID, value as in openssl.cnf
    long days = 365;                                           // from a day ago: clocks differ
};

// Signed by `issuer_key`: SM2 with SM3, anything else with SHA-256. `issuer` null: self-signed.
Certificate make_certificate(const CertificateWish& wish, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key);

}  // namespace tongban::crypto
