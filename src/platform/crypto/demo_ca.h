#pragma once
// A certification authority for demonstrations: one P-256 root "通办演示根证书 CA" and one P-256 certificate per
// registry, in a folder (0700) of files (0600):
//   root.key.pem  root.crt.pem  agency-370102.key.pem  agency-370102.crt.pem
// Every function may be called again and from several processes at once: what is there stays, the first writer wins.
// A real platform gets its registries' certificates from a licensed authority and leaves root.key.pem away.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/crypto.h"

namespace tongban {

void create_demo_ca(const std::filesystem::path& folder);

// Subject: C=CN, O=name, CN=name（演示）, serialNumber=agency. Needs the root of create_demo_ca.
void ensure_agency_key(const std::filesystem::path& folder, Agency agency, std::string_view name);

// PEM of the root certificate: what a verifier trusts, and what people may download. Throws when there is none.
std::string root_certificate(const std::filesystem::path& folder);

}  // namespace tongban
