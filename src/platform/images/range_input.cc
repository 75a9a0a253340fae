#include "platform/images/range_input.h"

#include <cstdio>
#include <limits>
#include <stdexcept>

namespace tongban::images {

std::string_view RangeInput::ahead()
{
    if (at_ < held_at_ || at_ >= held_end_) {
        if (at_ >= size_) return {};
        if (at_ != held_end_ && ++jumps_ > pdf_jumps_max) throw TooComplex{};
        std::size_t got = 0;
        try {
            got = bytes_.read(static_cast<std::uint64_t>(at_), held_.data(), held_.size());
        } catch (...) {
            throw CannotRead{std::current_exception()};
        }
        held_at_ = at_;
        held_end_ = at_ + static_cast<qpdf_offset_t>(got);
    }
    return {held_.data() + (at_ - held_at_), static_cast<std::size_t>(held_end_ - at_)};
}

size_t RangeInput::read(char* to, size_t count)
{
    last_offset = at_;
    std::size_t given = 0;
    while (given < count) {
        const std::string_view here = ahead().substr(0, count - given);
        if (here.empty()) break;
        std::copy(here.begin(), here.end(), to + given);
        given += here.size();
        at_ += static_cast<qpdf_offset_t>(here.size());
    }
    read_ += given;
    // The parser takes small bites; only the contents of streams are asked for in large ones. qpdf unpacks an index in
    // memory before anybody can measure it.
    if (!opened_ && count > 128) index_read_ += given;
    if (read_ > pdf_structure_bytes_max || index_read_ > pdf_index_bytes_max) throw TooComplex{};
    return given;
}

// As qpdf's own sources: to the first end of line from here on and behind all of it; returns where it began.
qpdf_offset_t RangeInput::findAndSkipNextEOL()
{
    bool found = false;
    qpdf_offset_t where = size_;
    while (true) {
        const std::string_view here = ahead();
        if (here.empty()) break;
        const std::size_t step = found ? here.find_first_not_of("\r\n") : here.find_first_of("\r\n");
        const std::size_t passed = step == std::string_view::npos ? here.size() : step;
        at_ += static_cast<qpdf_offset_t>(passed);
        read_ += passed;
        if (read_ > pdf_structure_bytes_max) throw TooComplex{};
        if (step == std::string_view::npos) continue;
        if (found) break;
        found = true;
        where = at_;
    }
    return where;
}

void RangeInput::seek(qpdf_offset_t offset, int whence)
{
    const qpdf_offset_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at_ : size_;
    if (offset < -from || offset > std::numeric_limits<qpdf_offset_t>::max() - from)
        throw std::runtime_error("upload: seek outside of the file");
    at_ = from + offset;
}

void RangeInput::unreadCh(char)
{
    if (at_ > 0) --at_;
}

}  // namespace tongban::images
