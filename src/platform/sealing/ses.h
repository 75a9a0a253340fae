#pragma once
// The structures of electronic seals, GB/T 38540-2020 (V4): what a seal is, and what sealing a document leaves behind.
// The maker signs eSealInfo alone; the signer signs TBS_Sign. Both SM2 with SM3.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace tongban::ses {

inline constexpr std::string_view sm2_with_sm3 = "1.2.156.10197.1.501";
inline constexpr std::string_view sm3_name = "1.2.156.10197.1.401";
inline constexpr int version = 4;

struct SealInfo {
    std::string vendor = "Tongban";
    std::string id;         // esID
    std::int64_t type = 1;  // of an organisation
    std::string name;
    std::vector<std::string> signer_certificates;  // DER
    Millis made_at = 0;
    Millis from = 0;
    Millis until = 0;
    std::string picture_kind = "png";
    std::string picture;
    std::int64_t width = 42;  // mm
    std::int64_t height = 42;
};

std::string encode(const SealInfo& info);
std::string encode_seal(std::string_view info, std::string_view maker_certificate, std::string_view signature);

struct ReadSeal {
    SealInfo info;
    std::string_view signed_bytes;  // eSealInfo
    std::string_view maker_certificate;
    std::string_view signature;
};
std::optional<ReadSeal> read_seal(std::string_view der);

std::string encode_to_sign(std::string_view seal, Millis at, std::string_view digest, std::string_view property);
std::string encode_signature(std::string_view to_sign, std::string_view signer_certificate, std::string_view signature);

struct ReadSignature {
    std::string_view to_sign;
    std::string_view seal;
    Millis at = 0;
    std::string_view digest;    // SM3 of Signature.xml
    std::string_view property;  // its path
    std::string_view signer_certificate;
    std::string_view signature;
};
std::optional<ReadSignature> read_signature(std::string_view der);

}  // namespace tongban::ses
