#pragma once
// Where the signature of a PDF of ours lies, and its CMS. Internal to platform/crypto.

#include <optional>
#include <string>
#include <string_view>

#include "platform/crypto/openssl.h"

namespace tongban::crypto {

struct SignedRange {
    std::size_t hole_begin = 0;  // of '<'
    std::size_t hole_end = 0;    // after '>'
    std::size_t signed_end = 0;
};

// "[0 a b c]" behind `at` with anything blank between the numbers; hole and second part inside the file.
std::optional<SignedRange> read_byte_range(std::string_view pdf, std::size_t at);
// The DER in the hole: lower-case hex between '<' and '>', exactly one element, then nothing but zeros.
std::optional<std::string> read_hole(std::string_view hole);
// The hole filled with the DER; throws when it does not fit.
void fill_hole(std::string& pdf, std::size_t begin, std::size_t end, std::string_view der);

Cms cms_from_der(std::string_view der);  // null when it is none
std::string to_der(CMS_ContentInfo* cms);

}  // namespace tongban::crypto
