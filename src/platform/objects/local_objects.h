#pragma once
// The object store over a local directory: <folder>/aa/bb/<digest>, encrypted and authenticated (object_cipher.h),
// written under <folder>/tmp and renamed when complete. Memory use does not depend on the size of objects.
//
// A full disk is an answer (storage_full), not an exception; other failures of the disk throw std::system_error. Either
// way the object in question leaves nothing behind and the store goes on. Several processes may share a folder.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "base/objects.h"
#include "platform/objects/disk.h"

namespace tongban {

struct LocalObjectsOptions {
    std::string folder = {};
    std::string master_key = {};        // at least 16 bytes; without it nothing can be read any more
    std::uint64_t bytes_max_total = 0;  // 0: no limit. Else storage_full when the files together would exceed it
    std::uint64_t free_bytes_min = 64ULL << 20;  // storage_full when the file system would have less left
};

class LocalObjects : public ObjectStore {
public:
    // Makes the folder if needed, removes what a crash left in tmp/. `disk` defaults to the real one and must outlive
    // us.
    explicit LocalObjects(LocalObjectsOptions options, Disk* disk = nullptr);

    Result<std::unique_ptr<ObjectWriter>> create(std::uint64_t bytes_max) override;
    // Answers `damaged` when the file's frame is wrong; the source throws when a later chunk is.
    Result<std::unique_ptr<BodySource>> open(std::string_view digest) override;
    Result<std::string> read(std::string_view digest, std::uint64_t bytes_max) override;
    bool exists(std::string_view digest) override;

    std::uint64_t bytes_total() const { return bytes_total_; }  // counted only when bytes_max_total is set

private:
    friend class LocalObjectWriter;
    std::string path_of(std::string_view digest) const;
    bool has_room(std::uint64_t bytes);

    LocalObjectsOptions options_;
    Disk default_disk_;
    Disk& disk_;
    std::atomic<std::uint64_t> bytes_total_{0};
};

// Reads the master key, or makes one (32 random bytes, mode 0600, durable) when the file does not exist.
std::string load_or_create_key(const std::string& path);

}  // namespace tongban
