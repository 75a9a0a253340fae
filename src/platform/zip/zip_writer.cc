#include "platform/zip/zip_writer.h"

#include <limits>

#include "base/crypto.h"
#include "base/result.h"
#include "platform/zip/deflate.h"
#include "platform/zip/zip_format.h"

namespace tongban {

using namespace zip;

ArchivePart pack(std::string path, std::string_view content, Packing packing)
{
    TONGBAN_ASSERT(content.size() < std::numeric_limits<std::uint32_t>::max());
    ArchivePart part;
    part.path = std::move(path);
    part.sm3 = sm3_hex(content);
    part.size = static_cast<std::uint32_t>(content.size());
    if (packing == Packing::deflated) {
        Deflated deflated = deflate(content);
        part.packed = std::move(deflated.bytes);
        part.crc32 = deflated.crc32;
        part.is_deflated = true;
    } else {
        part.packed = content;
        part.crc32 = crc32_of(content);
    }
    return part;
}

void ZipWriter::add(const ArchivePart& part)
{
    TONGBAN_ASSERT(count_ < 0xFFFF && part.path.size() < 0xFFFF);
    const FileFacts facts{part.path, part.crc32, static_cast<std::uint32_t>(part.packed.size()), part.size,
                          part.is_deflated};
    directory_ += directory_entry(facts, static_cast<std::uint32_t>(bytes_.size()));
    bytes_ += local_header(facts);
    bytes_ += part.packed;
    ++count_;
    TONGBAN_ASSERT(bytes_.size() < std::numeric_limits<std::uint32_t>::max() - directory_.size());
}

std::string ZipWriter::finish()
{
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += directory_;
    bytes_ += end_record(count_, directory_.size(), offset, sm3_hex(bytes_));
    return std::move(bytes_);
}

}  // namespace tongban
