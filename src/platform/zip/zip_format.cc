#include "platform/zip/zip_format.h"

#include <algorithm>

namespace tongban::zip {
namespace {

constexpr std::uint16_t version = 20;
constexpr std::uint16_t utf8_flag = 0x0800;
constexpr std::uint16_t first_date = 0x0021;  // 1980-01-01, the earliest there is: files have no times of their own
constexpr std::size_t path_bytes_max = 200;

void put16(std::string& out, std::uint32_t value)
{
    out += static_cast<char>(value & 255);
    out += static_cast<char>((value >> 8) & 255);
}
void put32(std::string& out, std::uint32_t value)
{
    put16(out, value & 0xFFFF);
    put16(out, value >> 16);
}

// What local header and directory say alike.
void put_common(std::string& out, const FileFacts& file)
{
    put16(out, version);
    put16(out, utf8_flag);
    put16(out, file.is_deflated ? deflate_method : stored_method);
    put16(out, 0);
    put16(out, first_date);
    put32(out, file.crc32);
    put32(out, file.packed_size);
    put32(out, file.size);
    put16(out, static_cast<std::uint32_t>(file.path.size()));
    put16(out, 0);  // no extra field
}

}  // namespace

std::string local_header(const FileFacts& file)
{
    std::string out;
    put32(out, local_mark);
    put_common(out, file);
    out += file.path;
    return out;
}

std::string directory_entry(const FileFacts& file, std::uint32_t offset)
{
    std::string out;
    put32(out, directory_mark);
    put16(out, version);
    put_common(out, file);
    for (int i = 0; i < 3; ++i) put16(out, 0);  // no comment, first disk, no attributes inside
    put32(out, 0);
    put32(out, offset);
    out += file.path;
    return out;
}

std::string end_record(std::size_t count, std::size_t directory_size, std::uint32_t directory_at,
                       std::string_view digest_hex)
{
    std::string out;
    put32(out, end_mark);
    put32(out, 0);
    put16(out, static_cast<std::uint32_t>(count));
    put16(out, static_cast<std::uint32_t>(count));
    put32(out, static_cast<std::uint32_t>(directory_size));
    put32(out, directory_at);
    const std::string comment = "sm3=" + std::string(digest_hex);
    put16(out, static_cast<std::uint32_t>(comment.size()));
    return out + comment;
}

bool is_safe_path(std::string_view path)
{
    if (path.empty() || path.size() > path_bytes_max) return false;
    for (const char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ':' || c == 0x7F) return false;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (part.empty() || part == "." || part == "..") return false;
        at = end + 1;
    }
    return true;
}

std::uint16_t read16(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at + i])); };
    return static_cast<std::uint16_t>(byte(0) | (byte(1) << 8));
}

std::uint32_t read32(std::string_view bytes, std::size_t at)
{
    return read16(bytes, at) | (static_cast<std::uint32_t>(read16(bytes, at + 2)) << 16);
}

}  // namespace tongban::zip
