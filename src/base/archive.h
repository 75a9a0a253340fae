#pragma once
// One file of a container (OFD, evidence capsule), compressed already, so that whoever assembles the container need not
// know how. Made by platform/zip.

#include <cstdint>
#include <string>

#include "base/problem.h"

namespace tongban {

struct ArchivePart {
    std::string path;          // "Doc_0/Document.xml": relative, forward slashes, no "." or ".."
    std::string sm3;           // of the content, hex
    std::string packed;        // as it lies in the container
    std::uint32_t crc32 = 0;   // of the content
    std::uint32_t size = 0;    // of the content
    bool is_deflated = false;  // else stored as it is
};

namespace archive_problem {
inline constexpr Problem malformed{"archive.malformed", Kind::unprocessable, Retry::after_fix, "压缩包结构不正确"};
inline constexpr Problem too_large{"archive.too_large", Kind::too_large, Retry::after_fix,
                                   "压缩包内文件过多或展开后过大"};
inline constexpr Problem unsafe_path{"archive.unsafe_path", Kind::unprocessable, Retry::after_fix,
                                     "压缩包内有不安全的路径"};
inline constexpr const Problem* all[] = {&malformed, &too_large, &unsafe_path};
}  // namespace archive_problem

}  // namespace tongban
