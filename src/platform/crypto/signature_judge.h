#pragma once
// base/trust.h over OpenSSL.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/trust.h"
#include "platform/crypto/agency_signer.h"

namespace tongban {

// Each text holds one or more root certificates (PEM). Throws when one of them cannot be read.
std::unique_ptr<SignatureJudge> make_signature_judge(const std::vector<std::string>& roots);

// The certificates that make_agency_signer() signs with; `name_of` as there.
std::unique_ptr<AgencyCertificates> make_agency_certificates(std::filesystem::path folder,
                                                             AgencyNames name_of = nullptr);

}  // namespace tongban
