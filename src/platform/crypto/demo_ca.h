#pragma once
// A certification authority for demonstrations, in a folder (0700) of files (0600):
//   root.*               P-256 root 通办演示根证书 CA
//   agency-370102.*      one P-256 certificate per registry, for PDFs, messages and QR codes
//   time-stamps.*        P-256, issued by the root: our own time-stamping authority
//   seal-root.*          SM2 root 通办演示国密根证书 CA
//   seal-maker.*         SM2, issued by it: makes the electronic seals (seal_ring.h)
// each as .key.pem and .crt.pem.
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

// PEM of the root certificate of PDFs and time stamps. Throws when there is none.
std::string root_certificate(const std::filesystem::path& folder);
// PEM of all roots, that of the seals too: what a verifier trusts, and what people may download.
std::string trusted_certificates(const std::filesystem::path& folder);

}  // namespace tongban
