#pragma once
// Numbers of the ZIP format that writer and reader share.

#include <cstdint>
#include <string>

namespace tongban::zip {

inline constexpr std::uint32_t local_mark = 0x04034b50;
inline constexpr std::uint32_t directory_mark = 0x02014b50;
inline constexpr std::uint32_t end_mark = 0x06054b50;
inline constexpr std::size_t local_bytes = 30;
inline constexpr std::size_t directory_bytes = 46;
inline constexpr std::size_t end_bytes = 22;
inline constexpr std::uint16_t version = 20;
inline constexpr std::uint16_t utf8_flag = 0x0800;
inline constexpr std::uint16_t stored_method = 0;
inline constexpr std::uint16_t deflate_method = 8;
inline constexpr std::uint16_t first_date =
    0x0021;  // 1980-01-01, the earliest there is: files have no times of their own

inline void put16(std::string& out, std::uint32_t value)
{
    out += static_cast<char>(value & 255);
    out += static_cast<char>((value >> 8) & 255);
}
inline void put32(std::string& out, std::uint32_t value)
{
    put16(out, value & 0xFFFF);
    put16(out, value >> 16);
}

}  // namespace tongban::zip
