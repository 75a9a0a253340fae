#pragma once
// The registries' signing keys in a folder (demo_ca.h), loaded when first used and kept. Thread-safe.

#include <filesystem>
#include <functional>
#include <memory>

#include "base/crypto.h"

namespace tongban {

// `name_of`: when given, a registry without a key gets one from the demo CA at first use, under this name. Without it
// an unknown registry throws: on a real platform keys do not appear by themselves.
using AgencyNames = std::function<std::string(Agency)>;
std::unique_ptr<AgencySigner> make_agency_signer(std::filesystem::path folder, AgencyNames name_of = nullptr);

}  // namespace tongban
