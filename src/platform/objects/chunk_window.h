#pragma once
// Random access to an object's plaintext: chunks are decrypted when they are asked for, the last few are kept. Internal
// to platform/objects.

#include <functional>
#include <list>
#include <string>

#include "base/byte_ranges.h"

namespace tongban {

class ChunkWindow final : public ByteRanges {
public:
    // The plaintext of a chunk of object_chunk_bytes (the last may be shorter); throws when it cannot be had.
    using Load = std::function<std::string(std::uint64_t index)>;
    static constexpr std::size_t chunks_held_max = 16;

    ChunkWindow(std::uint64_t bytes, Load load) : bytes_(bytes), load_(std::move(load)) {}
    std::uint64_t size() const override { return bytes_; }
    std::size_t read(std::uint64_t offset, char* to, std::size_t room) override;
    std::size_t chunks_held() const { return held_.size(); }

private:
    struct Chunk {
        std::uint64_t index;
        std::string bytes;
    };
    const std::string& chunk(std::uint64_t index);

    const std::uint64_t bytes_;
    Load load_;
    std::list<Chunk> held_;  // last used first
};

}  // namespace tongban
