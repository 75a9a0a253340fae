#pragma once
// The verdict on a sealed OFD. Internal to platform/sealing: others ask a FileVerifier.

#include <string_view>

#include "base/verdict.h"
#include "platform/crypto/trusted_roots.h"

namespace tongban {

FileVerdict verify_ofd(std::string_view bytes, const crypto::TrustedRoots& roots);

}  // namespace tongban
