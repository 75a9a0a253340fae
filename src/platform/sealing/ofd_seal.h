#pragma once
// Puts an electronic seal on an OFD package and closes its container. Internal to platform/sealing.

#include <string>
#include <string_view>

#include "base/documents.h"
#include "platform/crypto/openssl.h"

namespace tongban {

// Where things lie in an OFD of ours; foreign ones say it in their XML.
inline constexpr std::string_view signatures_path = "Doc_0/Signs/Signatures.xml";
inline constexpr std::string_view seal_path = "Doc_0/Signs/Sign_0/Seal.esl";
inline constexpr std::string_view signature_path = "Doc_0/Signs/Sign_0/Signature.xml";
inline constexpr std::string_view signed_value_path = "Doc_0/Signs/Sign_0/SignedValue.dat";

struct SealInHand {
    std::string_view esl;          // DER
    std::string_view certificate;  // DER
    EVP_PKEY* key = nullptr;       // SM2
};

std::string ofd_with_seal(const OfdPackage& package, const SealInHand& seal, Millis at);

}  // namespace tongban
