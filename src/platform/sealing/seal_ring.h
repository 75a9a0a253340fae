#pragma once
// The registries' seals in a folder: seal-370102-registration.key (the SM2 key, sealed by the vault under the
// registry's key), .crt.pem and .esl. The maker of the seals is the demonstration's (demo_ca.h); elsewhere seals are
// brought here.

#include <filesystem>
#include <memory>

#include "base/crypto.h"
#include "base/seals.h"

namespace tongban {

// `folder`: of create_demo_ca. Keys and seals are loaded when first used and kept.
std::unique_ptr<SealRing> make_seal_ring(std::filesystem::path folder, Vault& vault, Clock& clock);

}  // namespace tongban
