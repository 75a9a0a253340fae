#include "platform/zip/deflate.h"

#include <libdeflate.h>

#include <memory>

#include "base/result.h"

namespace tongban {
namespace {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* it) const
    {
        free_it(it);
    }
};

}  // namespace

Deflated deflate(std::string_view content)
{
    thread_local const std::unique_ptr<libdeflate_compressor, Free<libdeflate_free_compressor>> compressor(
        libdeflate_alloc_compressor(1));
    Deflated out;
    out.size = content.size();
    out.bytes.resize(libdeflate_deflate_compress_bound(compressor.get(), content.size()));
    const std::size_t size = libdeflate_deflate_compress(compressor.get(), content.data(), content.size(),
                                                         out.bytes.data(), out.bytes.size());
    TONGBAN_ASSERT(size > 0);
    out.bytes.resize(size);
    out.crc32 = crc32_of(content);
    out.adler32 = libdeflate_adler32(1, content.data(), content.size());
    return out;
}

std::string zlib_frame(const Deflated& deflated)
{
    std::string out = "\x78\x01" + deflated.bytes;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((deflated.adler32 >> shift) & 255);
    return out;
}

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before)
{
    return libdeflate_crc32(before, bytes.data(), bytes.size());
}

std::optional<std::string> inflate(std::string_view raw, std::size_t size)
{
    thread_local const std::unique_ptr<libdeflate_decompressor, Free<libdeflate_free_decompressor>> decompressor(
        libdeflate_alloc_decompressor());
    std::string out(size, '\0');
    std::size_t used = 0;
    std::size_t made = 0;
    const auto outcome = libdeflate_deflate_decompress_ex(decompressor.get(), raw.data(), raw.size(), out.data(),
                                                          out.size(), &used, &made);
    if (outcome != LIBDEFLATE_SUCCESS || used != raw.size() || made != size) return std::nullopt;
    return out;
}

}  // namespace tongban
