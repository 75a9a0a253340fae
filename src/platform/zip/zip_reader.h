#pragma once
// Reads ZIP containers that anybody may hand in. Every loop is bounded, nothing is unpacked before its size has been
// judged, nothing is ever written to disk.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"
#include "base/result.h"

namespace tongban {

struct ZipLimits {
    std::size_t entries_max = 1000;
    std::uint64_t unpacked_bytes_max = 64ULL << 20;  // of all entries together
    std::uint64_t ratio_max = 300;                   // unpacked to packed, of one entry
};

class ZipReader {
public:
    struct Entry {
        std::string_view path;
        std::string_view packed;
        std::uint32_t crc32 = 0;
        std::uint32_t size = 0;
        bool is_deflated = false;
    };

    // `bytes` must outlive the reader. archive.malformed, archive.too_large, archive.unsafe_path.
    static Result<ZipReader> open(std::string_view bytes, const ZipLimits& limits = {});

    const std::vector<Entry>& entries() const { return entries_; }  // in the order of the directory
    const Entry* find(std::string_view path) const;
    // Nothing when data, size and checksum do not belong together.
    static std::optional<std::string> content(const Entry& entry);

    // Are these exactly the bytes that ZipWriter makes of these entries? Then no byte is outside of what it covers.
    bool is_canonical() const;

private:
    std::string_view bytes_;
    std::vector<Entry> entries_;
};

}  // namespace tongban
