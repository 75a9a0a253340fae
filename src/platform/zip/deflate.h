#pragma once
// Deflate once, use twice: the same compressed bytes go into a PDF stream (zlib frame) and a ZIP entry (raw).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongban {

struct Deflated {
    std::string bytes;          // raw deflate (RFC 1951)
    std::size_t size = 0;       // of the content
    std::uint32_t crc32 = 0;    // as ZIP and PNG want it
    std::uint32_t adler32 = 1;  // as zlib wants it
};

// Level 1: 1.5 % larger than zlib's usual level and twice as fast (documents.md A.1). The same bytes for the same
// content with one version of libdeflate. Thread-safe.
Deflated deflate(std::string_view content);
std::string zlib_frame(const Deflated& deflated);  // RFC 1950

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before = 0);

// The content, exactly `size` bytes; nothing when the data says anything else.
std::optional<std::string> inflate(std::string_view raw, std::size_t size);

}  // namespace tongban
