#pragma once
// The roots that a verifier trusts, and whether a certificate hangs from one of them. Internal to platform.

#include <string>
#include <vector>

#include "base/clock.h"
#include "platform/crypto/openssl.h"

namespace tongban::crypto {

enum class ChainOutcome { good, unknown_root, not_valid_then };

class TrustedRoots {
public:
    explicit TrustedRoots(const std::string& pem);  // one certificate or several

    // A certificate of an end entity, valid at `at`, for signatures; `others` may help to find the way.
    ChainOutcome check(X509* certificate, STACK_OF(X509) * others, Millis at) const;
    bool holds(std::string_view der) const;
    // A store of its own for one check at `at`.
    CertificateStore store(Millis at) const;

private:
    std::vector<Certificate> roots_;
};

}  // namespace tongban::crypto
