#pragma once
// The verdict on a signed PDF. Internal to platform: others ask a FileVerifier (platform/sealing).

#include "base/verdict.h"
#include "platform/crypto/trusted_roots.h"

namespace tongban::crypto {

FileVerdict verify_pdf(std::string_view pdf, const TrustedRoots& roots);

// The division code in the serialNumber of a registry's certificate; 0 when there is none.
Agency agency_of(X509* certificate);

}  // namespace tongban::crypto
