#include "platform/images/ink.h"

#include <algorithm>

#include "base/imaging.h"
#include "platform/images/gate.h"
#include "platform/images/vips_start.h"

namespace tongban::images {
namespace {

constexpr std::size_t png_bytes_max = 1024 * 1024;
constexpr long long ink_pixels_max = 4'000'000;
constexpr int ink_width_max = 600;
constexpr unsigned faint = 24;  // less ink than this is noise of the pad

Ink trimmed(const unsigned char* rgba, int width, int height)
{
    Ink whole{width, height, {}};
    whole.coverage.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    int left = width, right = -1, top = height, bottom = -1;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x, rgba += 4) {
            const unsigned darkness = 255U - (rgba[0] * 299U + rgba[1] * 587U + rgba[2] * 114U) / 1000U;
            const unsigned ink = darkness * rgba[3] / 255U;
            whole.coverage += static_cast<char>(ink < faint ? 0 : ink);
            if (ink < faint) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    if (right < 0) return {};
    Ink ink{right - left + 1, bottom - top + 1, {}};
    for (int y = top; y <= bottom; ++y)
        ink.coverage.append(
            whole.coverage,
            static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(left),
            static_cast<std::size_t>(ink.width));
    return ink;
}

}  // namespace

Result<Ink> read_ink(std::string_view png)
{
    if (png.size() > png_bytes_max) return Error{imaging_problem::too_large};
    if (!png.starts_with("\x89PNG\r\n\x1A\n")) return Error{imaging_problem::unsupported};
    const FileFacts facts = TRY(inspect_png(png));
    if (1LL * facts.width * facts.height > ink_pixels_max) return Error{imaging_problem::too_many_pixels};
    VipsImage* made = nullptr;
    const auto step = [&made](Picture& picture, int outcome) {
        if (outcome != 0) return false;
        picture.reset(made);
        return true;
    };
    Picture picture;
    const bool good =
        step(picture, vips_thumbnail_buffer(const_cast<char*>(png.data()), png.size(), &made, ink_width_max, "height",
                                            ink_width_max, "size", VIPS_SIZE_DOWN, nullptr)) &&
        step(picture, vips_colourspace(picture.get(), &made, VIPS_INTERPRETATION_sRGB, nullptr)) &&
        (vips_image_hasalpha(picture.get()) != 0 || step(picture, vips_addalpha(picture.get(), &made, nullptr))) &&
        step(picture, vips_cast_uchar(picture.get(), &made, nullptr)) && vips_image_get_bands(picture.get()) == 4;
    std::size_t size = 0;
    void* data = good ? vips_image_write_to_memory(picture.get(), &size) : nullptr;
    if (data == nullptr) {
        (void)take_vips_error();
        return Error{imaging_problem::damaged};
    }
    Ink ink = trimmed(static_cast<const unsigned char*>(data), vips_image_get_width(picture.get()),
                      vips_image_get_height(picture.get()));
    g_free(data);
    return ink;
}

}  // namespace tongban::images
