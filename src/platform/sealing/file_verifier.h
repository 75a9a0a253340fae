#pragma once
// The verifier of PDF and OFD files behind base/verdict.h.

#include <memory>
#include <string>

#include "base/verdict.h"

namespace tongban {

// `roots_pem`: the certificates to trust, one or several.
std::unique_ptr<FileVerifier> make_file_verifier(const std::string& roots_pem);

}  // namespace tongban
