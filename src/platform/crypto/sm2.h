#pragma once
// SM2 with SM3 (GB/T 32918) under the national default user id, over OpenSSL. Internal to platform.

#include <string>
#include <string_view>

#include "platform/crypto/openssl.h"

namespace tongban::crypto {

inline constexpr std::string_view sm2_user_id = "1234567812345678";

Key new_sm2_key();
bool is_sm2(const EVP_PKEY* key);
std::string sm2_sign(EVP_PKEY* key, std::string_view bytes);  // DER SEQUENCE {r, s}
bool sm2_verify(EVP_PKEY* key, std::string_view bytes, std::string_view signature);

// Signs the certificate with an SM2 key, as X509_sign does with others.
void sm2_sign_certificate(X509* certificate, EVP_PKEY* key);
// OpenSSL 3.0 checks the signature of a certificate under an empty id unless told otherwise; to be called on every
// certificate of a chain, anchors too, before X509_verify_cert.
void set_sm2_id(X509* certificate);

}  // namespace tongban::crypto
