#pragma once
// The registries' public keys of a folder (demo_ca.h) and the codes signed with them.

#include <filesystem>
#include <memory>

#include "base/signed_code.h"

namespace tongban {

// Reads the folder anew for every list: a registry's key may appear at its first signature.
std::unique_ptr<CodeKeys> make_code_keys(std::filesystem::path folder);

}  // namespace tongban
