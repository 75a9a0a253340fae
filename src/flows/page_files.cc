#include "flows/page_files.h"

#include <charconv>

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

Result<int> number_of(const Request& request, std::string_view name, int otherwise, int min, int max)
{
    const std::optional<std::string> given = request.query_value(name);
    if (!given) return otherwise;
    int value = 0;
    const auto [end, failed] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (failed != std::errc{} || end != given->data() + given->size() || value < min || value > max) {
        return Error{base_problem::invalid_fields,
                     {},
                     {{"/" + std::string(name), "out_of_range",
                       "应为 " + std::to_string(min) + " 到 " + std::to_string(max) + " 的整数"}}};
    }
    return value;
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

Result<Response> preview_picture(ObjectStore& objects, Imaging& imaging, const MaterialPage& page,
                                 const Request& request)
{
    const int leaf = TRY(number_of(request, "leaf", 1, 1, 100'000));
    const int width = TRY(number_of(request, "width", 1200, 80, 2400));
    const std::string tag = "\"" + page.digest.substr(0, 32) + "-" + std::to_string(leaf) + "-" +
                            std::to_string(width) + "-" + std::to_string(page.rotation) + "\"";
    Response response;
    response.headers.set("ETag", tag);
    response.headers.set("Cache-Control", "private, no-cache");  // kept, but asked for every time: rotation may change
    if (request.headers.find("If-None-Match") == tag) {
        response.status = 304;
        return response;
    }
    const std::string bytes = TRY(objects.read(page.digest, static_cast<std::uint64_t>(page.bytes)));
    const Rotation rotation = TRY(rotation_from_degrees(page.rotation));
    response.body = TRY(imaging.preview(bytes, file_kind(page.kind), leaf, width, rotation));
    response.headers.set("Content-Type", "image/jpeg");
    response.compress = false;
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
    Response response;
    response.body = std::move(bytes);
    response.headers.set("Content-Type", "application/pdf");
    response.headers.set("Content-Disposition", disposition("inline", file_name));
    response.headers.set("Cache-Control", "private, no-store");
    response.compress = false;
    return response;
}

}  // namespace tongban
