#pragma once
// Who signed, judged from bytes alone: certificates of registries under roots that the reader trusts. What a verifier
// needs that has no platform at hand; implemented by platform/crypto.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

std::string sm3_bytes(std::string_view bytes);  // 32 raw bytes; base/crypto.h has the hex form

// What a certificate says. Nothing of it is proven before SignatureJudge::is_trusted().
struct CertificateFacts {
    Agency agency = 0;       // of the registry it was issued to; 0: not a registry's
    std::string name;        // common name
    std::string public_key;  // SubjectPublicKeyInfo, DER
    Millis valid_from = 0;
    Millis valid_until = 0;
};

// The certificates of the registries of this platform. Thread-safe.
class AgencyCertificates {
public:
    virtual ~AgencyCertificates() = default;
    virtual std::string pem(Agency agency) = 0;  // throws for a registry without one
};

// Trusts a set of root certificates. Bounded and never throws on bad bytes. Thread-safe.
class SignatureJudge {
public:
    virtual ~SignatureJudge() = default;
    // One PEM certificate and nothing else; nothing for other bytes.
    virtual std::optional<CertificateFacts> read(std::string_view pem) = 0;
    // Issued by one of the roots for signing, and valid at that time.
    virtual bool is_trusted(std::string_view pem, Millis at) = 0;
    // ECDSA-P256-SHA256 in DER over `bytes`, by the certificate's key.
    virtual bool fits(std::string_view pem, std::string_view bytes, std::string_view der_signature) = 0;
};

}  // namespace tongban
