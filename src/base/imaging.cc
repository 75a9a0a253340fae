#include "base/imaging.h"

#include <fmt/format.h>

namespace tongban {

Result<FileFacts> Imaging::inspect(std::string_view bytes)
{
    HeldBytes all(bytes);
    const std::unique_ptr<FileInspector> inspector = begin_inspection();
    TRY(inspector->write(bytes));
    return inspector->finish(all);
}

std::string_view to_text(FileKind kind)
{
    switch (kind) {
    case FileKind::jpeg: return "jpeg";
    case FileKind::png: return "png";
    case FileKind::pdf: return "pdf";
    }
    return "";
}

std::string_view media_type(FileKind kind)
{
    switch (kind) {
    case FileKind::jpeg: return "image/jpeg";
    case FileKind::png: return "image/png";
    case FileKind::pdf: return "application/pdf";
    }
    return "";
}

Result<FileKind> file_kind_from_text(std::string_view text)
{
    for (const FileKind kind : {FileKind::jpeg, FileKind::png, FileKind::pdf})
        if (to_text(kind) == text) return kind;
    return Error{imaging_problem::unsupported};
}

Result<Rotation> rotation_from_degrees(int degrees)
{
    switch (degrees) {
    case 0: return Rotation::none;
    case 90: return Rotation::right;
    case 180: return Rotation::half;
    case 270: return Rotation::left;
    default: break;  // an integer, not an enum: everything else is wrong
    }
    return Error{base_problem::invalid_fields, "旋转角度只能是 0、90、180 或 270"};
}

}  // namespace tongban
