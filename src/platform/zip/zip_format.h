#pragma once
// The ZIP format as our writers write it and our readers expect it (APPNOTE 6.3, without zip64): fixed times, no extra
// fields, and as comment of the end record "sm3=" and the digest of everything before it.

#include <cstdint>
#include <string>
#include <string_view>

namespace tongban::zip {

inline constexpr std::uint32_t local_mark = 0x04034b50;
inline constexpr std::uint32_t directory_mark = 0x02014b50;
inline constexpr std::uint32_t end_mark = 0x06054b50;
inline constexpr std::size_t local_bytes = 30;
inline constexpr std::size_t directory_bytes = 46;
inline constexpr std::size_t end_bytes = 22;
inline constexpr std::uint16_t stored_method = 0;
inline constexpr std::uint16_t deflate_method = 8;

// What a container says about one file.
struct FileFacts {
    std::string_view path;
    std::uint32_t crc32 = 0;
    std::uint32_t packed_size = 0;
    std::uint32_t size = 0;
    bool is_deflated = false;
};
std::string local_header(const FileFacts& file);
std::string directory_entry(const FileFacts& file, std::uint32_t offset);
std::string end_record(std::size_t count, std::size_t directory_size, std::uint32_t directory_at,
                       std::string_view digest_hex);

// Relative, forward slashes, no ".", "..", drive or control characters, at most 200 bytes.
bool is_safe_path(std::string_view path);

// Little-endian numbers; the caller has checked the room.
std::uint16_t read16(std::string_view bytes, std::size_t at);
std::uint32_t read32(std::string_view bytes, std::size_t at);

}  // namespace tongban::zip
