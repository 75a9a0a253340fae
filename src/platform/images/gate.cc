#include "platform/images/gate.h"

#include <fmt/format.h>

#include <string>

namespace tongban::images {
namespace {

constexpr std::size_t signature_bytes_max = 8;

std::unique_ptr<FileInspector> gate_for(FileKind kind)
{
    switch (kind) {
    case FileKind::jpeg: return make_jpeg_gate();
    case FileKind::png: return make_png_gate();
    case FileKind::pdf: return make_pdf_gate();
    }
    throw BrokenInvariant("a file kind without a gate");
}

class AnyGate final : public FileInspector {
public:
    Result<void> write(std::string_view chunk) override
    {
        bytes_ += chunk.size();
        if (bytes_ > file_bytes_max) return Error{imaging_problem::too_large};
        if (gate_) return gate_->write(chunk);
        first_ += chunk;
        if (first_.size() < signature_bytes_max) return {};
        return open();
    }

    Result<FileFacts> finish(ByteRanges& all) override
    {
        TONGBAN_ASSERT(all.size() == bytes_);
        if (!gate_) TRY(open());
        return gate_->finish(all);
    }

private:
    Result<void> open()
    {
        gate_ = gate_for(TRY(kind_of(first_)));
        const std::string first = std::exchange(first_, {});
        return gate_->write(first);
    }

    std::uint64_t bytes_ = 0;
    std::string first_;  // until the kind is known
    std::unique_ptr<FileInspector> gate_;
};

}  // namespace

Result<FileKind> kind_of(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xD8\xFF")) return FileKind::jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return FileKind::png;
    if (bytes.starts_with("%PDF-")) return FileKind::pdf;
    return Error{imaging_problem::unsupported};
}

Error pixel_error(int width, int height)
{
    return Error{imaging_problem::too_many_pixels, fmt::format("图片为 {}×{} 像素，上限一亿像素", width, height)};
}

std::unique_ptr<FileInspector> make_gate()
{
    return std::make_unique<AnyGate>();
}

Result<FileFacts> inspect_png(std::string_view bytes)
{
    HeldBytes all(bytes);
    const auto gate = make_png_gate();
    TRY(gate->write(bytes));
    return gate->finish(all);
}

}  // namespace tongban::images
