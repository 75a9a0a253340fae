#include "platform/zip/zip_reader.h"

#include <algorithm>

#include "platform/zip/deflate.h"
#include "platform/zip/zip_format.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

using namespace zip;

constexpr std::uint16_t encrypted_flags = 0x0041;

bool has_room(std::string_view bytes, std::uint64_t at, std::uint64_t room)
{
    return at <= bytes.size() && room <= bytes.size() - at;
}

// The last end record whose comment ends with the file.
std::optional<std::size_t> find_end(std::string_view bytes)
{
    constexpr std::size_t comment_max = 0xFFFF;
    if (bytes.size() < end_bytes) return std::nullopt;
    const std::size_t last = bytes.size() - end_bytes;
    const std::size_t first = last > comment_max ? last - comment_max : 0;
    for (std::size_t at = last + 1; at-- > first;)
        if (read32(bytes, at) == end_mark && at + end_bytes + read16(bytes, at + 20) == bytes.size()) return at;
    return std::nullopt;
}

}  // namespace

Result<ZipReader> ZipReader::open(std::string_view bytes, const ZipLimits& limits)
{
    const Error malformed{archive_problem::malformed};
    const auto end = find_end(bytes);
    if (!end) return malformed;
    const std::size_t count = read16(bytes, *end + 10);
    const std::uint32_t directory_size = read32(bytes, *end + 12);
    const std::uint32_t directory_at = read32(bytes, *end + 16);
    if (read16(bytes, *end + 4) != 0 || read16(bytes, *end + 6) != 0 || read16(bytes, *end + 8) != count ||
        std::uint64_t{directory_at} + directory_size != *end)
        return malformed;
    if (count > limits.entries_max) return Error{archive_problem::too_large};

    ZipReader reader;
    reader.bytes_ = bytes;
    std::uint64_t unpacked = 0;
    std::vector<std::pair<std::size_t, std::size_t>> spans;  // of local header and data
    std::size_t at = directory_at;
    for (std::size_t i = 0; i < count; ++i) {
        if (!has_room(bytes, at, directory_bytes) || at + directory_bytes > *end || read32(bytes, at) != directory_mark)
            return malformed;
        const std::uint16_t flags = read16(bytes, at + 8);
        const std::uint16_t method = read16(bytes, at + 10);
        const std::uint32_t packed_size = read32(bytes, at + 20);
        const std::size_t path_size = read16(bytes, at + 28);
        const std::size_t behind = path_size + read16(bytes, at + 30) + read16(bytes, at + 32);
        const std::size_t local = read32(bytes, at + 42);
        if (at + directory_bytes + behind > *end || (flags & encrypted_flags) != 0 ||
            (method != stored_method && method != deflate_method))
            return malformed;
        Entry entry;
        entry.path = bytes.substr(at + directory_bytes, path_size);
        entry.crc32 = read32(bytes, at + 16);
        entry.size = read32(bytes, at + 24);
        entry.is_deflated = method == deflate_method;
        at += directory_bytes + behind;
        if (!is_safe_path(entry.path)) return Error{archive_problem::unsafe_path};
        if (reader.find(entry.path) != nullptr) return malformed;

        if (!has_room(bytes, local, local_bytes) || read32(bytes, local) != local_mark ||
            read16(bytes, local + 8) != method)
            return malformed;
        const std::size_t local_path = read16(bytes, local + 26);
        const std::size_t data = local + local_bytes + local_path + read16(bytes, local + 28);
        if (local_path != path_size || !has_room(bytes, data, packed_size) || data + packed_size > directory_at ||
            bytes.substr(local + local_bytes, path_size) != entry.path)
            return malformed;
        entry.packed = bytes.substr(data, packed_size);
        if (!entry.is_deflated && entry.size != packed_size) return malformed;
        unpacked += entry.size;
        if (unpacked > limits.unpacked_bytes_max || entry.size > limits.ratio_max * packed_size + 1024)
            return Error{archive_problem::too_large};
        spans.emplace_back(local, data + packed_size);
        reader.entries_.push_back(entry);
    }
    if (at != *end) return malformed;
    std::sort(spans.begin(), spans.end());
    for (std::size_t i = 1; i < spans.size(); ++i)
        if (spans[i].first < spans[i - 1].second) return malformed;  // overlapping entries: a bomb
    return reader;
}

const ZipReader::Entry* ZipReader::find(std::string_view path) const
{
    const auto found = std::ranges::find(entries_, path, &Entry::path);
    return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::string> ZipReader::content(const Entry& entry)
{
    std::optional<std::string> content =
        entry.is_deflated ? inflate(entry.packed, entry.size) : std::optional<std::string>(entry.packed);
    if (!content || crc32_of(*content) != entry.crc32) return std::nullopt;
    return content;
}

bool ZipReader::is_canonical() const
{
    ZipWriter writer;
    for (const Entry& entry : entries_)
        writer.add(
            {std::string(entry.path), {}, std::string(entry.packed), entry.crc32, entry.size, entry.is_deflated});
    return writer.finish() == bytes_;
}

}  // namespace tongban
