#include "flows/page_files.h"

namespace tongban {
namespace {

// RFC 5987, so that Chinese names survive.
std::string disposition(std::string_view how, std::string_view name)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
            c == '_') {
            encoded += c;
        } else {
            encoded += '%';
            encoded += hex[byte >> 4U];
            encoded += hex[byte & 15U];
        }
    }
    return std::string(how) + "; filename*=UTF-8''" + encoded;
}

}  // namespace

FileKind file_kind(PageKind kind)
{
    switch (kind) {
    case PageKind::jpeg: return FileKind::jpeg;
    case PageKind::png: return FileKind::png;
    case PageKind::pdf: return FileKind::pdf;
    }
    throw BrokenInvariant("a page kind without a file kind");
}

PageKind page_kind(FileKind kind)
{
    switch (kind) {
    case FileKind::jpeg: return PageKind::jpeg;
    case FileKind::png: return PageKind::png;
    case FileKind::pdf: return PageKind::pdf;
    }
    throw BrokenInvariant("a file kind without a page kind");
}

Result<Response> original_file(ObjectStore& objects, const MaterialPage& page)
{
    Response response;
    response.stream = TRY(objects.open(page.digest));
    response.stream_bytes = static_cast<std::uint64_t>(page.bytes);
    response.headers.set("Content-Type", std::string(media_type(file_kind(page.kind))));
    response.headers.set("Content-Disposition", disposition("attachment", page.name));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

Result<Response> signature_picture(ObjectStore& objects, const DrawnMark& mark)
{
    Response response;
    response.body = TRY(objects.read(mark.digest, 1 << 20));
    response.headers.set("Content-Type", "image/png");
    response.headers.set("Cache-Control", "private, no-store");
    response.compress = false;
    return response;
}

Response pdf_answer(std::string bytes, const std::string& file_name)
{
    return file_answer(std::move(bytes), file_name, "application/pdf");
}

Response file_answer(std::string bytes, const std::string& file_name, const std::string& media_type)
{
    Response response;
    response.body = std::move(bytes);
    response.headers.set("Content-Type", media_type);
    response.headers.set("Content-Disposition", disposition("inline", file_name));
    response.headers.set("Cache-Control", "private, no-store");
    response.compress = false;
    return response;
}

}  // namespace tongban
