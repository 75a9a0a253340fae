#pragma once
// A file for qpdf that is not in memory: pieces are read when it asks for them. Internal to platform/images.

#include <array>
#include <exception>
#include <qpdf/InputSource.hh>
#include <string>

#include "base/byte_ranges.h"

namespace tongban::images {

// What a PDF may cost to read. qpdf skips the contents of pictures and pages; what it reads is structure, and it builds
// objects many times that size from it.
inline constexpr std::uint64_t pdf_structure_bytes_max = 16U << 20;
inline constexpr std::uint64_t pdf_index_bytes_max = 1U << 20;  // cross-reference streams, packed
inline constexpr std::uint64_t pdf_jumps_max = 50'000;          // each may read and decrypt a piece anew

// Thrown through qpdf when a limit is exceeded or the bytes cannot be had. Not of std::exception: those qpdf takes for
// damage of the file, and goes on.
struct TooComplex {};
struct CannotRead {
    std::exception_ptr why;
};

class RangeInput final : public InputSource {
public:
    explicit RangeInput(ByteRanges& bytes) : bytes_(bytes), size_(static_cast<qpdf_offset_t>(bytes.size())) {}

    void opened() { opened_ = true; }  // the index of objects is read

    qpdf_offset_t findAndSkipNextEOL() override;
    std::string const& getName() const override { return name_; }
    qpdf_offset_t tell() override { return at_; }
    void seek(qpdf_offset_t offset, int whence) override;
    void rewind() override { at_ = 0; }
    size_t read(char* to, size_t count) override;
    void unreadCh(char) override;

private:
    // The held bytes from at_ on, read anew when there are none; empty at the end.
    std::string_view ahead();

    ByteRanges& bytes_;
    const qpdf_offset_t size_;
    const std::string name_ = "upload";
    qpdf_offset_t at_ = 0;
    std::array<char, 4096> held_{};
    qpdf_offset_t held_at_ = 0;
    qpdf_offset_t held_end_ = 0;
    std::uint64_t read_ = 0;
    std::uint64_t index_read_ = 0;
    std::uint64_t jumps_ = 0;
    bool opened_ = false;
};

}  // namespace tongban::images
