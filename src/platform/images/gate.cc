#include "platform/images/gate.h"

#include <fmt/format.h>
#include <turbojpeg.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "platform/images/vips_start.h"

namespace tongban::images {
namespace {

using Decoder = std::unique_ptr<void, decltype([](tjhandle it) { tjDestroy(it); })>;

std::uint32_t big_endian(std::string_view four)
{
    std::uint32_t v = 0;
    for (const char c : four) v = (v << 8) | static_cast<unsigned char>(c);
    return v;
}

// Whether the chunks of a PNG reach IEND within the file.
bool is_complete_png(std::string_view bytes)
{
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
        const std::size_t length = big_endian(bytes.substr(at, 4));
        if (length > bytes.size() - at - 12) return false;
        if (bytes.substr(at + 4, 4) == "IEND") return true;
        at += length + 12;
    }
    return false;
}

Error pixel_error(int width, int height)
{
    return Error{imaging_problem::too_many_pixels, fmt::format("图片为 {}×{} 像素，上限一亿像素", width, height)};
}

}  // namespace

Result<FileFacts> inspect_jpeg(std::string_view bytes)
{
    const Decoder decoder(tjInitDecompress());
    if (decoder == nullptr) throw std::runtime_error("libjpeg-turbo does not start");
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    int width = 0;
    int height = 0;
    int sampling = 0;
    int colors = 0;
    if (tjDecompressHeader3(decoder.get(), data, bytes.size(), &width, &height, &sampling, &colors) != 0)
        return Error{imaging_problem::damaged};
    if (width <= 0 || height <= 0) return Error{imaging_problem::damaged};
    if (1LL * width * height > pixels_max) return pixel_error(width, height);
    if (colors == TJCS_CMYK || colors == TJCS_YCCK)
        return Error{imaging_problem::unsupported, "图片为印刷用 CMYK 颜色，请另存为普通 JPEG 后上传"};
    // An eighth of the size is enough: every byte of entropy-coded data is still read.
    const int w = (width + 7) / 8;
    const int h = (height + 7) / 8;
    std::vector<unsigned char> pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3);
    if (tjDecompress2(decoder.get(), data, bytes.size(), pixels.data(), w, 0, h, TJPF_RGB, TJFLAG_STOPONWARNING) != 0) {
        const std::string_view reason = tjGetErrorStr2(decoder.get());
        if (reason.find("Premature end") != std::string_view::npos) return Error{imaging_problem::truncated};
        return Error{imaging_problem::damaged};
    }
    return FileFacts{FileKind::jpeg, 1, width, height};
}

Result<FileFacts> inspect_png(std::string_view bytes)
{
    if (bytes.size() < 33 || bytes.substr(12, 4) != "IHDR") return Error{imaging_problem::truncated};
    const std::uint32_t width = big_endian(bytes.substr(16, 4));
    const std::uint32_t height = big_endian(bytes.substr(20, 4));
    if (width == 0 || height == 0 || width > 1'000'000 || height > 1'000'000) return Error{imaging_problem::damaged};
    if (1LL * width * height > pixels_max) return pixel_error(static_cast<int>(width), static_cast<int>(height));
    if (!is_complete_png(bytes)) return Error{imaging_problem::truncated};
    start_vips();
    const Picture picture(vips_image_new_from_buffer(bytes.data(), bytes.size(), "", "access", VIPS_ACCESS_SEQUENTIAL,
                                                     "fail_on", VIPS_FAIL_ON_WARNING, nullptr));
    double average = 0;  // of no interest, but it needs every pixel
    if (picture == nullptr || vips_avg(picture.get(), &average, nullptr) != 0) {
        (void)take_vips_error();
        return Error{imaging_problem::damaged};
    }
    return FileFacts{FileKind::png, 1, static_cast<int>(width), static_cast<int>(height)};
}

}  // namespace tongban::images
