// A PNG is decoded while it arrives. The chunks are walked here and only those that make the picture reach libpng: it
// would keep others whole in memory (a text chunk may have 2 GB) and every one of them has a parser of its own.
#include <fmt/format.h>
#include <png.h>
#include <zlib.h>

#include <array>
#include <csetjmp>
#include <cstring>
#include <new>

#include "platform/images/gate.h"

namespace tongban::images {
namespace {

constexpr std::size_t signature_bytes = 8;
constexpr std::size_t head_bytes = 8;  // of a chunk: length and type
constexpr std::size_t sum_bytes = 4;
constexpr std::uint32_t side_max = 65'535;  // as a JPEG: libpng holds a few rows, and those of every upload at once

std::uint32_t big_endian(const unsigned char* four)
{
    return std::uint32_t{four[0]} << 24 | std::uint32_t{four[1]} << 16 | std::uint32_t{four[2]} << 8 | four[3];
}

struct Decoder {
    png_structp png = nullptr;
    png_infop info = nullptr;
    bool ended = false;
};

[[noreturn]] void leave(png_structp png, png_const_charp)
{
    png_longjmp(png, 1);
}

// False: damaged. Nothing in here has a destructor: libpng leaves by longjmp.
bool give(Decoder& d, const unsigned char* bytes, std::size_t count)
{
    if (setjmp(png_jmpbuf(d.png)) != 0) return false;
    // It writes to nothing of ours, but is not const.
    png_process_data(d.png, d.info, const_cast<png_bytep>(bytes), count);
    return true;
}

class PngGate final : public FileInspector {
public:
    PngGate()
    {
        d_.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
        if (d_.png == nullptr) throw std::bad_alloc();
        // A warning is damage, too: libpng would go on with what it has.
        png_set_error_fn(d_.png, nullptr, leave, leave);
        d_.info = png_create_info_struct(d_.png);
        if (d_.info == nullptr) {
            png_destroy_read_struct(&d_.png, nullptr, nullptr);
            throw std::bad_alloc();
        }
        png_set_user_limits(d_.png, side_max, side_max);
        png_set_progressive_read_fn(
            d_.png, &d_, [](png_structp png, png_infop) { png_start_read_image(png); },
            [](png_structp, png_bytep, png_uint_32, int) {},
            [](png_structp png, png_infop) { static_cast<Decoder*>(png_get_progressive_ptr(png))->ended = true; });
    }
    ~PngGate() override { png_destroy_read_struct(&d_.png, &d_.info, nullptr); }
    PngGate(const PngGate&) = delete;
    PngGate& operator=(const PngGate&) = delete;

    Result<void> write(std::string_view chunk) override
    {
        auto* at = reinterpret_cast<const unsigned char*>(chunk.data());
        const unsigned char* const end = at + chunk.size();
        while (at != end && !d_.ended) {  // bytes after the picture are nobody's business
            std::size_t used = 0;
            if (signature_left_ > 0) {
                used = std::min<std::size_t>(signature_left_, static_cast<std::size_t>(end - at));
                signature_left_ -= used;
                if (!give(d_, at, used)) return Error{imaging_problem::damaged};
            } else if (head_used_ < head_bytes) {
                used = std::min<std::size_t>(head_bytes - head_used_, static_cast<std::size_t>(end - at));
                std::memcpy(head_.data() + head_used_, at, used);
                head_used_ += used;
                if (head_used_ == head_bytes) TRY(begin_chunk());
            } else {
                used = static_cast<std::size_t>(std::min<std::uint64_t>(left_, static_cast<std::uint64_t>(end - at)));
                TRY(go_on(at, used));
            }
            at += used;
        }
        return {};
    }

    Result<FileFacts> finish(ByteRanges&) override
    {
        if (!d_.ended) return Error{imaging_problem::truncated};
        return FileFacts{FileKind::png, 1, static_cast<int>(width_), static_cast<int>(height_)};
    }

private:
    bool is(const char* type) const { return std::memcmp(head_.data() + 4, type, 4) == 0; }

    Result<void> begin_chunk()
    {
        const std::uint32_t length = big_endian(head_.data());
        const bool ancillary = (head_[4] & 0x20) != 0;
        const bool first = width_ == 0;
        if (length > 0x7FFFFFFF || first != is("IHDR") || (first && length != 13))
            return Error{imaging_problem::damaged};
        // libpng cannot see that a chunk it was not given stood between them.
        if (is("IDAT") && data_ == Data::over) return Error{imaging_problem::damaged};
        if (is("IDAT")) {
            data_ = Data::running;
        } else if (data_ == Data::running) {
            data_ = Data::over;
        }
        const std::uint32_t length_max = is("IHDR") ? 13 : is("PLTE") ? 768 : is("IDAT") ? 0x7FFFFFFF : 0;
        if (!ancillary && length > length_max) return Error{imaging_problem::damaged};
        left_ = std::uint64_t{length} + sum_bytes;
        passed_ = !ancillary;
        ihdr_ = first;
        ihdr_used_ = 0;
        if (passed_ && !ihdr_ && !give(d_, head_.data(), head_bytes)) return Error{imaging_problem::damaged};
        sum_ = crc32(0, head_.data() + 4, 4);
        sum_used_ = 0;
        return {};
    }

    // `count` bytes of the body or of the checksum behind it.
    Result<void> go_on(const unsigned char* bytes, std::size_t count)
    {
        const std::uint64_t body = left_ > sum_bytes ? left_ - sum_bytes : 0;
        left_ -= count;
        if (left_ == 0) head_used_ = 0;
        if (ihdr_) return take_header(bytes, count);
        if (passed_) {
            if (!give(d_, bytes, count)) return Error{imaging_problem::damaged};
            return {};
        }
        const auto of_body = static_cast<std::size_t>(std::min<std::uint64_t>(body, count));
        sum_ = crc32_z(sum_, bytes, of_body);
        for (std::size_t i = of_body; i < count; ++i) given_sum_[sum_used_++] = bytes[i];
        if (left_ == 0 && big_endian(given_sum_.data()) != sum_) return Error{imaging_problem::damaged};
        return {};
    }

    // Judged before libpng sees it: what is too large must not be begun.
    Result<void> take_header(const unsigned char* bytes, std::size_t count)
    {
        std::memcpy(ihdr_bytes_.data() + ihdr_used_, bytes, count);
        ihdr_used_ += count;
        if (ihdr_used_ < ihdr_bytes_.size()) return {};
        width_ = big_endian(ihdr_bytes_.data());
        height_ = big_endian(ihdr_bytes_.data() + 4);
        if (width_ == 0 || height_ == 0) return Error{imaging_problem::damaged};
        if (width_ > side_max || height_ > side_max)
            return Error{imaging_problem::too_many_pixels, fmt::format("图片单边上限 {} 像素", side_max)};
        if (1LL * width_ * height_ > pixels_max)
            return pixel_error(static_cast<int>(width_), static_cast<int>(height_));
        if (!give(d_, head_.data(), head_bytes) || !give(d_, ihdr_bytes_.data(), ihdr_bytes_.size()))
            return Error{imaging_problem::damaged};
        ihdr_ = false;
        return {};
    }

    enum class Data { none, running, over };

    Decoder d_;
    Data data_ = Data::none;
    std::size_t signature_left_ = signature_bytes;
    std::array<unsigned char, head_bytes> head_{};
    std::size_t head_used_ = 0;
    std::uint64_t left_ = 0;  // of this chunk, its checksum included
    bool passed_ = false;     // to libpng, which then checks the sum
    bool ihdr_ = false;
    std::array<unsigned char, 13 + sum_bytes> ihdr_bytes_{};
    std::size_t ihdr_used_ = 0;
    uLong sum_ = 0;
    std::array<unsigned char, sum_bytes> given_sum_{};
    std::size_t sum_used_ = 0;
    std::uint32_t width_ = 0;
    std::uint32_t height_ = 0;
};

}  // namespace

std::unique_ptr<FileInspector> make_png_gate()
{
    return std::make_unique<PngGate>();
}

}  // namespace tongban::images
