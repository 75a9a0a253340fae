// A JPEG is decoded while it arrives, an eighth of its size: no pixel is kept, yet every byte of entropy-coded data is
// read. libjpeg is fed by a source that runs dry ("suspension"): it then goes back to the last point it can start from
// again and waits for more, so what is held is one piece of the upload and at most one marker.
//
// A progressive picture (several scans) needs the coefficients of the whole picture in memory. Those are not kept while
// a slow client sends: the decoder stops after the header and goes on in finish(), over the bytes read back.
#include <fmt/format.h>
#include <jerror.h>
#include <jpeglib.h>

#include <csetjmp>
#include <string>
#include <vector>

#include "platform/images/gate.h"

namespace tongban::images {
namespace {

constexpr std::size_t unread_max = 256 * 1024;  // a marker has at most 64 KB; more that leads nowhere is no JPEG
constexpr std::size_t piece = 64 * 1024;
constexpr int scans_max = 100;  // encoders make about ten; each scan may cost a walk over all pixels

enum class Stage { header, start, rows, end, done };
enum class Step { starved, header_read, done, broken };

struct Decoder {
    jpeg_decompress_struct jpeg = {};
    jpeg_error_mgr errors = {};
    jpeg_source_mgr source = {};
    jpeg_progress_mgr progress = {};
    std::jmp_buf way_out = {};
    std::size_t to_skip = 0;  // of what comes: the rest of a marker nobody reads
    Stage stage = Stage::header;
    JSAMPROW row = nullptr;
};

Decoder& decoder_of(j_common_ptr jpeg)
{
    return *static_cast<Decoder*>(jpeg->client_data);
}

[[noreturn]] void leave(j_common_ptr jpeg)
{
    std::longjmp(decoder_of(jpeg).way_out, 1);
}

// A warning is damage: the decoder would go on with grey blocks, and nobody would notice until the paper is gone.
void leave_on_warning(j_common_ptr jpeg, int level)
{
    if (level < 0) leave(jpeg);
}

void limit_scans(j_common_ptr jpeg)
{
    if (decoder_of(jpeg).jpeg.input_scan_number > scans_max) leave(jpeg);
}

void skip(j_decompress_ptr jpeg, long count)
{
    if (count <= 0) return;
    jpeg_source_mgr& source = *jpeg->src;
    const auto wanted = static_cast<std::size_t>(count);
    const std::size_t here = std::min(wanted, source.bytes_in_buffer);
    source.next_input_byte += here;
    source.bytes_in_buffer -= here;
    decoder_of(reinterpret_cast<j_common_ptr>(jpeg)).to_skip += wanted - here;
}

void prepare(Decoder& d)
{
    d.jpeg.err = jpeg_std_error(&d.errors);
    d.errors.error_exit = leave;
    d.errors.emit_message = leave_on_warning;
    d.errors.output_message = [](j_common_ptr) {};
    d.jpeg.client_data = &d;
    if (setjmp(d.way_out) != 0) throw std::bad_alloc();
    jpeg_create_decompress(&d.jpeg);
    d.jpeg.mem->max_memory_to_use = coefficient_bytes_max;
    d.source.init_source = [](j_decompress_ptr) {};
    d.source.fill_input_buffer = [](j_decompress_ptr) -> boolean { return FALSE; };
    d.source.skip_input_data = skip;
    d.source.resync_to_restart = jpeg_resync_to_restart;
    d.source.term_source = [](j_decompress_ptr) {};
    d.jpeg.src = &d.source;
    d.progress.progress_monitor = limit_scans;
    d.jpeg.progress = &d.progress;
}

// As far as the bytes reach. Nothing in here has a destructor: libjpeg leaves by longjmp.
Step advance(Decoder& d)
{
    if (setjmp(d.way_out) != 0) return Step::broken;
    switch (d.stage) {
    case Stage::header:
        if (jpeg_read_header(&d.jpeg, TRUE) == JPEG_SUSPENDED) return Step::starved;
        d.stage = Stage::start;
        return Step::header_read;
    case Stage::start:
        if (jpeg_start_decompress(&d.jpeg) == FALSE) return Step::starved;
        d.row = d.jpeg.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&d.jpeg), JPOOL_IMAGE,
                                         d.jpeg.output_width * static_cast<JDIMENSION>(d.jpeg.output_components), 1)[0];
        d.stage = Stage::rows;
        [[fallthrough]];
    case Stage::rows:
        while (d.jpeg.output_scanline < d.jpeg.output_height)
            if (jpeg_read_scanlines(&d.jpeg, &d.row, 1) == 0) return Step::starved;
        d.stage = Stage::end;
        [[fallthrough]];
    case Stage::end:
        if (jpeg_finish_decompress(&d.jpeg) == FALSE) return Step::starved;
        d.stage = Stage::done;
        return Step::done;
    case Stage::done: return Step::done;
    }
    return Step::broken;
}

class JpegGate final : public FileInspector {
public:
    JpegGate() { prepare(d_); }
    ~JpegGate() override { jpeg_destroy_decompress(&d_.jpeg); }
    JpegGate(const JpegGate&) = delete;
    JpegGate& operator=(const JpegGate&) = delete;

    Result<void> write(std::string_view chunk) override
    {
        if (parked_ || d_.stage == Stage::done) return {};  // bytes after the picture are nobody's business
        return feed(chunk);
    }

    Result<FileFacts> finish(ByteRanges& all) override
    {
        if (parked_) {
            unread_.clear();
            std::vector<char> bytes(piece);
            while (d_.stage != Stage::done) {
                const std::size_t got = all.read(fed_, bytes.data(), bytes.size());
                if (got == 0) break;
                TRY(feed({bytes.data(), got}));
            }
        }
        if (d_.stage != Stage::done) return Error{imaging_problem::truncated};
        return FileFacts{FileKind::jpeg, 1, width_, height_};
    }

private:
    Result<void> feed(std::string_view chunk)
    {
        fed_ += chunk.size();
        const std::size_t skipped = std::min(d_.to_skip, chunk.size());
        chunk.remove_prefix(skipped);
        d_.to_skip -= skipped;
        unread_ += chunk;
        d_.source.next_input_byte = reinterpret_cast<const JOCTET*>(unread_.data());
        d_.source.bytes_in_buffer = unread_.size();
        Step step = advance(d_);
        if (step == Step::header_read) {
            TRY(judge_header());
            if (jpeg_has_multiple_scans(&d_.jpeg) != FALSE && !parked_) {
                parked_ = true;
                fed_ -= d_.source.bytes_in_buffer;
                return {};
            }
            step = advance(d_);
        }
        if (step == Step::broken) return refusal();
        unread_.erase(0, unread_.size() - d_.source.bytes_in_buffer);
        if (step == Step::starved && unread_.size() > unread_max) return Error{imaging_problem::damaged};
        return {};
    }

    Result<void> judge_header()
    {
        width_ = static_cast<int>(d_.jpeg.image_width);
        height_ = static_cast<int>(d_.jpeg.image_height);
        if (width_ <= 0 || height_ <= 0) return Error{imaging_problem::damaged};
        if (1LL * width_ * height_ > pixels_max) return pixel_error(width_, height_);
        if (d_.jpeg.arith_code != FALSE)
            return Error{imaging_problem::unsupported, "图片使用很少有程序能打开的算术编码，请另存为普通 JPEG 后上传"};
        switch (d_.jpeg.jpeg_color_space) {
        case JCS_CMYK:
        case JCS_YCCK: return Error{imaging_problem::unsupported, "图片为印刷用 CMYK 颜色，请另存为普通 JPEG 后上传"};
        case JCS_GRAYSCALE:
        case JCS_YCbCr: d_.jpeg.out_color_space = JCS_GRAYSCALE; break;  // the colours are read, but not made
        case JCS_RGB: d_.jpeg.out_color_space = JCS_RGB; break;
        default: return Error{imaging_problem::damaged};  // libjpeg's enum has more than JPEG files
        }
        d_.jpeg.scale_num = 1;
        d_.jpeg.scale_denom = 8;
        d_.jpeg.dct_method = JDCT_IFAST;
        d_.jpeg.do_fancy_upsampling = FALSE;
        return {};
    }

    Error refusal() const
    {
        switch (d_.errors.msg_code) {
        case JERR_NO_BACKING_STORE: return pixel_error(width_, height_);  // its coefficients do not fit
        case JERR_OUT_OF_MEMORY: throw std::bad_alloc();
        default: return Error{imaging_problem::damaged};
        }
    }

    Decoder d_;
    std::string unread_;     // from where libjpeg would start again
    std::uint64_t fed_ = 0;  // bytes of the file given so far; when parked, where to go on
    bool parked_ = false;    // several scans: the rest waits for finish()
    int width_ = 0;
    int height_ = 0;
};

}  // namespace

std::unique_ptr<FileInspector> make_jpeg_gate()
{
    return std::make_unique<JpegGate>();
}

}  // namespace tongban::images
