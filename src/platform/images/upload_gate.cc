#include "platform/images/upload_gate.h"

#include "platform/images/gate.h"
#include "platform/images/page_renderer.h"
#include "platform/images/vips_start.h"

namespace tongban {
namespace {

using namespace images;

constexpr int width_min = 16;
constexpr int width_max = 4096;
constexpr int jpeg_quality = 80;

VipsAngle angle_of(Rotation rotation)
{
    switch (rotation) {
    case Rotation::none: return VIPS_ANGLE_D0;
    case Rotation::right: return VIPS_ANGLE_D90;
    case Rotation::half: return VIPS_ANGLE_D180;
    case Rotation::left: return VIPS_ANGLE_D270;
    }
    return VIPS_ANGLE_D0;
}

Error unreadable()
{
    (void)take_vips_error();
    return Error{imaging_problem::damaged};
}

// Decodes, shrinks, turns and encodes afresh: nothing of the original's bytes survives.
Result<std::string> picture_preview(std::string_view bytes, int width, Rotation rotation)
{
    start_vips();
    VipsImage* made = nullptr;
    // thumbnail's loader wants a pointer to mutable bytes, but only reads them.
    if (vips_thumbnail_buffer(const_cast<char*>(bytes.data()), bytes.size(), &made, width, "height", width, "size",
                              VIPS_SIZE_DOWN, nullptr) != 0)
        return unreadable();
    Picture picture(made);
    if (vips_image_hasalpha(picture.get()) != 0) {
        VipsArrayDouble* white = vips_array_double_newv(1, 255.0);
        const int flattened = vips_flatten(picture.get(), &made, "background", white, nullptr);
        vips_area_unref(VIPS_AREA(white));
        if (flattened != 0) return unreadable();
        picture.reset(made);
    }
    // Turning needs random access; a thumbnail is small enough to hold.
    VipsImage* held = vips_image_copy_memory(picture.get());
    if (held == nullptr) return unreadable();
    picture.reset(held);
    if (vips_rot(picture.get(), &made, angle_of(rotation), nullptr) != 0) return unreadable();
    picture.reset(made);
    void* data = nullptr;
    std::size_t size = 0;
    if (vips_jpegsave_buffer(picture.get(), &data, &size, "Q", jpeg_quality, "strip", TRUE, "optimize_coding", TRUE,
                             nullptr) != 0)
        return unreadable();
    std::string jpeg(static_cast<const char*>(data), size);
    g_free(data);
    return jpeg;
}

class SystemImaging final : public Imaging {
public:
    std::unique_ptr<FileInspector> begin_inspection() override { return make_gate(); }

    Result<std::string> preview(std::string_view bytes, FileKind kind, int page, int width, Rotation rotation) override
    {
        if (width < width_min || width > width_max)
            return Error{base_problem::invalid_fields, "预览宽度应在 16 到 4096 之间"};
        if (bytes.size() > file_bytes_max) return Error{imaging_problem::too_large};
        // The bytes decide, whatever the caller remembers.
        if (TRY(kind_of(bytes)) != kind) return Error{imaging_problem::damaged};
        if (kind != FileKind::pdf) {
            if (page != 1) return Error{imaging_problem::no_such_page};
            return picture_preview(bytes, width, rotation);
        }
        HeldBytes held(bytes);
        const FileFacts facts = TRY(inspect_pdf(held));
        if (page < 1 || page > facts.pages) return Error{imaging_problem::no_such_page};
        return picture_preview(TRY(render_page(bytes, page, width)), width, rotation);
    }
};

}  // namespace

std::unique_ptr<Imaging> make_imaging()
{
    start_vips();
    return std::make_unique<SystemImaging>();
}

}  // namespace tongban
