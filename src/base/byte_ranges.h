#pragma once
// Bytes that can be read anywhere, a piece at a time: what a parser that jumps about needs instead of a whole file in
// memory.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tongban {

// One thread at a time.
class ByteRanges {
public:
    virtual ~ByteRanges() = default;
    virtual std::uint64_t size() const = 0;
    // As many bytes as there are from `offset`, at most `room`: fewer only at the end, 0 behind it. Throws when they
    // cannot be had.
    virtual std::size_t read(std::uint64_t offset, char* to, std::size_t room) = 0;
};

// Over bytes somebody else holds.
class HeldBytes final : public ByteRanges {
public:
    explicit HeldBytes(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    std::size_t read(std::uint64_t offset, char* to, std::size_t room) override
    {
        if (offset >= bytes_.size()) return 0;
        const std::size_t count = std::min<std::size_t>(room, bytes_.size() - offset);
        std::copy_n(bytes_.data() + offset, count, to);
        return count;
    }

private:
    std::string_view bytes_;
};

}  // namespace tongban
