#pragma once
// The gate for uploaded files and their previews; implemented by platform/images. What people look at is always a
// re-encoded preview, never the original bytes: no EXIF, no GPS, no appended payload, no active content.

#include <memory>
#include <string>
#include <string_view>

#include "base/byte_ranges.h"
#include "base/result.h"

namespace tongban {

namespace imaging_problem {
inline constexpr Problem unsupported{"imaging.unsupported", Kind::unsupported, Retry::after_fix,
                                     "只能上传 JPEG、PNG 图片或 PDF 文件"};
inline constexpr Problem too_large{"imaging.too_large", Kind::too_large, Retry::after_fix, "文件超过大小上限"};
inline constexpr Problem truncated{"imaging.truncated", Kind::unprocessable, Retry::after_fix,
                                   "文件不完整，请重新扫描或重新上传"};
inline constexpr Problem damaged{"imaging.damaged", Kind::unprocessable, Retry::after_fix,
                                 "文件已损坏，无法打开，请重新扫描或另存后上传"};
inline constexpr Problem encrypted{"imaging.encrypted", Kind::unprocessable, Retry::after_fix,
                                   "PDF 设有密码或限制，请去除后上传"};
inline constexpr Problem active_content{"imaging.active_content", Kind::unprocessable, Retry::after_fix,
                                        "PDF 含有脚本、附件等活动内容，请打印为普通 PDF 后上传"};
inline constexpr Problem too_many_pixels{"imaging.too_many_pixels", Kind::unprocessable, Retry::after_fix,
                                         "图片尺寸过大，请降低扫描分辨率（一般 300 dpi 即可）"};
inline constexpr Problem too_complex{"imaging.too_complex", Kind::unprocessable, Retry::after_fix,
                                     "PDF 内部结构过于庞大，请重新扫描或打印为普通 PDF 后上传"};
inline constexpr Problem too_many_pages{"imaging.too_many_pages", Kind::unprocessable, Retry::after_fix,
                                        "PDF 页数过多，请分成几个文件上传"};
inline constexpr Problem no_such_page{"imaging.no_such_page", Kind::not_found, Retry::never, "文件没有这一页"};
inline constexpr const Problem* all[] = {&unsupported,    &too_large,      &truncated,       &damaged,
                                         &encrypted,      &active_content, &too_many_pixels, &too_complex,
                                         &too_many_pages, &no_such_page};
}  // namespace imaging_problem

enum class FileKind { jpeg, png, pdf };

struct FileFacts {
    FileKind kind = FileKind::jpeg;
    int pages = 1;
    int width = 0;  // pixels; of a PDF: points of its first page, as displayed
    int height = 0;
};

std::string_view to_text(FileKind kind);     // "jpeg", "png", "pdf"
std::string_view media_type(FileKind kind);  // "image/jpeg" …
Result<FileKind> file_kind_from_text(std::string_view text);

enum class Rotation { none, right, half, left };  // clockwise by 0, 90, 180, 270 degrees
Result<Rotation> rotation_from_degrees(int degrees);

// Looks into one file while it arrives. Memory does not grow with the file: JPEG (but progressive) and PNG are decoded
// piece by piece and forgotten; what needs to jump about (PDF, progressive JPEG) is read in finish(), a piece at a
// time. One thread at a time. After an error there are no further calls.
class FileInspector {
public:
    virtual ~FileInspector() = default;
    // Takes no more than a fixed share of memory per upload, however many run. An error as soon as it is certain.
    virtual Result<void> write(std::string_view chunk) = 0;
    // `all`: the bytes that were written. May hold up to some hundred MB for a progressive JPEG or an odd PDF: the
    // caller lets only a few in at a time.
    virtual Result<FileFacts> finish(ByteRanges& all) = 0;
};

// Thread-safe; blocking, from a few milliseconds (JPEG) to a second (PDF page): call it from worker threads, never
// inside a unit of work of the database.
class Imaging {
public:
    virtual ~Imaging() = default;

    // Decides whether the file is one of the three kinds, complete, readable and harmless. At most 64 MB.
    virtual std::unique_ptr<FileInspector> begin_inspection() = 0;
    Result<FileFacts> inspect(std::string_view bytes);  // the same, of bytes in hand

    // A JPEG of one page (counted from 1) not wider and not higher than `width` pixels (16 … 4096), after rotation.
    virtual Result<std::string> preview(std::string_view bytes, FileKind kind, int page, int width,
                                        Rotation rotation) = 0;
};

}  // namespace tongban
