#pragma once
// The agreement between the writer of a PDF (platform/documents) and its signer: the first revision already holds the
// signature dictionary with a byte range to be filled in and a hole of fixed size.
//   /ByteRange [0 9999999999 9999999999 9999999999] … /Contents <0000…>
// Both texts occur exactly once in such a file.

#include <cstddef>
#include <string>
#include <string_view>

namespace tongban::crypto {

inline constexpr std::string_view byte_range_blank = "[0 9999999999 9999999999 9999999999]";
inline constexpr std::string_view byte_range_key = "/ByteRange ";
inline constexpr std::string_view contents_key = "/Contents ";
// Room for a CMS with two P-256 certificates (about 1.6 KB) and, later, a time-stamp token (about 3 KB).
inline constexpr std::size_t hole_bytes = 6000;

// The signature dictionary's two entries, for the writer.
inline std::string blank_signature()
{
    return std::string(byte_range_key) + std::string(byte_range_blank) + " " + std::string(contents_key) + "<" +
           std::string(2 * hole_bytes, '0') + ">";
}

}  // namespace tongban::crypto
