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
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    std::string common;  // what local header and directory say alike
    put16(common, version);
    put16(common, utf8_flag);
    put16(common, part.is_deflated ? deflate_method : stored_method);
    put16(common, 0);
    put16(common, first_date);
    put32(common, part.crc32);
    put32(common, static_cast<std::uint32_t>(part.packed.size()));
    put32(common, part.size);
    put16(common, static_cast<std::uint32_t>(part.path.size()));
    put16(common, 0);  // no extra field
    put32(bytes_, local_mark);
    bytes_ += common;
    bytes_ += part.path;
    bytes_ += part.packed;
    put32(directory_, directory_mark);
    put16(directory_, version);
    directory_ += common;
    put16(directory_, 0);  // no comment
    put16(directory_, 0);  // first disk
    put16(directory_, 0);
    put32(directory_, 0);
    put32(directory_, offset);
    directory_ += part.path;
    ++count_;
    TONGBAN_ASSERT(bytes_.size() < std::numeric_limits<std::uint32_t>::max() - directory_.size());
}

std::string ZipWriter::finish()
{
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += directory_;
    const std::string comment = "sm3=" + sm3_hex(bytes_);
    put32(bytes_, end_mark);
    put16(bytes_, 0);
    put16(bytes_, 0);
    put16(bytes_, static_cast<std::uint32_t>(count_));
    put16(bytes_, static_cast<std::uint32_t>(count_));
    put32(bytes_, static_cast<std::uint32_t>(directory_.size()));
    put32(bytes_, offset);
    put16(bytes_, static_cast<std::uint32_t>(comment.size()));
    bytes_ += comment;
    return std::move(bytes_);
}

}  // namespace tongban
