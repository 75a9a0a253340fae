#pragma once
// A ZIP container whose files lie in it as they are, nothing packed: the form of the evidence capsule. Written as a
// stream whose size is known beforehand, so that pictures of any size never stand in memory; read strictly, nothing is
// ever unpacked. Implemented by platform/zip.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"

namespace tongban {

// Either `content`, or `size` bytes that `open` gives, with their CRC.
struct StoredFile {
    std::string path;
    std::string content;
    std::function<std::unique_ptr<BodySource>()> open = {};
    std::uint64_t size = 0;
    std::uint32_t crc32 = 0;
};

struct StoredEntry {
    std::string_view path;
    std::string_view content;
};

// Points into the bytes it was read from.
struct StoredContainer {
    std::vector<StoredEntry> entries;
    bool is_whole = false;  // every CRC fits, and the digest in the end record

    const StoredEntry* find(std::string_view path) const;
};

// Stateless, thread-safe.
class StoredArchives {
public:
    static constexpr std::uint64_t bytes_max = 0xFFFF0000;
    static constexpr std::size_t files_max = 20'000;

    virtual ~StoredArchives() = default;
    // Piece by piece: `before` is the CRC of what came before.
    virtual std::uint32_t crc32(std::string_view bytes, std::uint32_t before = 0) const = 0;
    virtual std::uint64_t container_bytes(const std::vector<StoredFile>& files) const = 0;
    // A file that gives another number of bytes than it said breaks an invariant; so do too many of them.
    virtual std::unique_ptr<BodySource> container(std::vector<StoredFile> files) const = 0;
    // Nothing for bytes that container() would not have written, apart from contents: headers, order, paths, directory.
    // Refuses paths that lead anywhere else: absolute, "..", backslashes, twice the same.
    virtual std::optional<StoredContainer> read(std::string_view bytes) const = 0;

    StoredFile held(std::string path, std::string content) const;
};

}  // namespace tongban
