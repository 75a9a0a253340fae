#pragma once
// A ZIP container (APPNOTE 6.3, without zip64) that depends on nothing but its content and their order.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"

namespace tongban {

enum class Packing { deflated, stored };

ArchivePart pack(std::string path, std::string_view content, Packing packing);

class ZipWriter {
public:
    void add(const ArchivePart& part);
    void add(std::string path, std::string_view content, Packing packing)
    {
        add(pack(std::move(path), content, packing));
    }
    // Ends it: central directory, and an end record whose comment is "sm3=" and the digest of everything before it.
    std::string finish();

private:
    std::string bytes_;
    std::string directory_;
    std::size_t count_ = 0;
};

}  // namespace tongban
