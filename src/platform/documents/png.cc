#include "platform/documents/png.h"

#include <cmath>

#include "base/result.h"
#include "platform/zip/deflate.h"

namespace tongban::documents {
namespace {

void put32(std::string& out, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 255);
}

void put_chunk(std::string& out, std::string_view type, std::string_view data)
{
    put32(out, static_cast<std::uint32_t>(data.size()));
    const std::string body = std::string(type) + std::string(data);
    out += body;
    put32(out, crc32_of(body));
}

}  // namespace

std::string write_png(int width, int height, std::string_view coverage, Color color)
{
    constexpr int degrees = 16;
    TONGBAN_ASSERT(width > 0 && height > 0 &&
                   coverage.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::string palette;
    std::string transparency;
    for (int i = 0; i < degrees; ++i) {
        for (const double part : {color.red, color.green, color.blue})
            palette += static_cast<char>(std::lround(part * 255));
        transparency += static_cast<char>(i * 255 / (degrees - 1));
    }
    std::string rows;
    for (int y = 0; y < height; ++y) {
        rows += '\0';  // no filter
        const std::string_view row = coverage.substr(static_cast<std::size_t>(y) * static_cast<std::size_t>(width),
                                                     static_cast<std::size_t>(width));
        for (std::size_t x = 0; x < row.size(); x += 2) {
            const auto degree = [&](std::size_t at) {
                return at < row.size() ? (static_cast<unsigned char>(row[at]) * (degrees - 1) + 127) / 255 : 0;
            };
            rows += static_cast<char>(degree(x) * degrees + degree(x + 1));
        }
    }
    std::string header;
    put32(header, static_cast<std::uint32_t>(width));
    put32(header, static_cast<std::uint32_t>(height));
    header += std::string("\x04\x03\x00\x00\x00", 5);  // four bits, palette
    std::string out = "\x89PNG\r\n\x1A\n";
    put_chunk(out, "IHDR", header);
    put_chunk(out, "PLTE", palette);
    put_chunk(out, "tRNS", transparency);
    put_chunk(out, "IDAT", zlib_frame(deflate(rows)));
    put_chunk(out, "IEND", "");
    return out;
}

}  // namespace tongban::documents
