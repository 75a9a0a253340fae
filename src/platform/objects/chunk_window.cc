#include "platform/objects/chunk_window.h"

#include "base/result.h"
#include "platform/objects/object_cipher.h"

namespace tongban {

std::size_t ChunkWindow::read(std::uint64_t offset, char* to, std::size_t room)
{
    std::size_t given = 0;
    while (given < room && offset < bytes_) {
        const std::string& bytes = chunk(offset / object_chunk_bytes);
        const auto from = static_cast<std::size_t>(offset % object_chunk_bytes);
        TONGBAN_ASSERT(from < bytes.size());
        const std::size_t count = std::min(room - given, bytes.size() - from);
        std::copy_n(bytes.data() + from, count, to + given);
        given += count;
        offset += count;
    }
    return given;
}

const std::string& ChunkWindow::chunk(std::uint64_t index)
{
    const auto found = std::find_if(held_.begin(), held_.end(), [&](const Chunk& c) { return c.index == index; });
    if (found != held_.end()) {
        held_.splice(held_.begin(), held_, found);
    } else {
        held_.push_front({index, load_(index)});
        if (held_.size() > chunks_held_max) held_.pop_back();
    }
    return held_.front().bytes;
}

}  // namespace tongban
