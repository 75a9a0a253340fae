// sources: src/base/stored_archive.cc src/platform/zip/stored_archives.cc src/platform/zip/zip_format.cc
// sources: src/platform/zip/zip_reader.cc src/platform/zip/zip_writer.cc src/platform/zip/deflate.cc
// sources: src/base/problem.cc src/base/text.cc src/platform/crypto/sm3.cc src/platform/crypto/encoding.cc
// sources: src/platform/crypto/gcrypt.cc
// libraries: gcrypt crypto deflate
// A container that is read and whole is written again to the same bytes, and the reader of foreign containers sees the
// same files in it. Foreign ones are unpacked within bounds, and what is canonical is written again to the same bytes.
#include <cstdint>
#include <cstdlib>

#include "platform/zip/stored_archives.h"
#include "platform/zip/zip_reader.h"

namespace {

using namespace tongban;

void promise(bool kept)
{
    if (!kept) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto foreign = ZipReader::open(bytes);
    if (foreign) {
        std::size_t unpacked = 0;
        for (const ZipReader::Entry& entry : foreign->entries()) {
            promise(!entry.path.empty() && entry.path.front() != '/' && !entry.path.starts_with("../"));
            promise(entry.path.find("/../") == std::string_view::npos);
            if (const auto content = ZipReader::content(entry)) unpacked += content->size();
        }
        promise(unpacked <= ZipLimits{}.unpacked_bytes_max);
        (void)foreign->is_canonical();
    }
    static const auto archives = make_stored_archives();
    const auto read = archives->read(bytes);
    if (!read || !read->is_whole) return 0;
    promise(foreign.has_value() && foreign->entries().size() == read->entries.size());
    std::vector<StoredFile> files;
    for (const StoredEntry& entry : read->entries)
        files.push_back(archives->held(std::string(entry.path), std::string(entry.content)));
    promise(archives->container_bytes(files) == size);
    const auto source = archives->container(std::move(files));
    std::string again;
    char chunk[97];
    while (const std::size_t got = source->read(chunk, sizeof chunk)) again.append(chunk, got);
    promise(again == bytes);
    return 0;
}
