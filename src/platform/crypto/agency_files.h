#pragma once
// Where the keys of a folder lie (see demo_ca.h). Internal to platform/crypto.

#include <fmt/format.h>

#include <filesystem>

#include "base/sql.h"

namespace tongban::crypto {

inline constexpr const char* root_key_file = "root.key.pem";
inline constexpr const char* root_certificate_file = "root.crt.pem";
inline constexpr const char* time_key_file = "time-stamps.key.pem";
inline constexpr const char* time_certificate_file = "time-stamps.crt.pem";
inline constexpr const char* seal_root_key_file = "seal-root.key.pem";
inline constexpr const char* seal_root_certificate_file = "seal-root.crt.pem";
inline constexpr const char* seal_maker_key_file = "seal-maker.key.pem";
inline constexpr const char* seal_maker_certificate_file = "seal-maker.crt.pem";

struct AgencyFiles {
    std::filesystem::path key;
    std::filesystem::path certificate;
};

inline AgencyFiles agency_files(const std::filesystem::path& folder, Agency agency)
{
    return {folder / fmt::format("agency-{}.key.pem", agency), folder / fmt::format("agency-{}.crt.pem", agency)};
}

}  // namespace tongban::crypto
