#include "platform/http/static_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

namespace tongban {
namespace {

constexpr std::uint64_t whole_bytes_max = 4 << 20;  // larger files are streamed

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".html",        "text/html; charset=utf-8"      },
    {".js",          "text/javascript; charset=utf-8"},
    {".mjs",         "text/javascript; charset=utf-8"},
    {".css",         "text/css; charset=utf-8"       },
    {".json",        "application/json"              },
    {".map",         "application/json"              },
    {".webmanifest", "application/manifest+json"     },
    {".yaml",        "application/yaml"              },
    {".svg",         "image/svg+xml"                 },
    {".png",         "image/png"                     },
    {".jpg",         "image/jpeg"                    },
    {".webp",        "image/webp"                    },
    {".ico",         "image/x-icon"                  },
    {".woff2",       "font/woff2"                    },
    {".ttf",         "font/ttf"                      },
    {".wasm",        "application/wasm"              },
    {".pdf",         "application/pdf"               },
    {".txt",         "text/plain; charset=utf-8"     },
};

constexpr std::string_view content_security_policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

class File : public BodySource {
public:
    // Invalid when there is no such regular file.
    explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
        if (fd_ >= 0 && (::fstat(fd_, &about_) != 0 || !S_ISREG(about_.st_mode))) {
            ::close(fd_);
            fd_ = -1;
        }
    }
    ~File() override
    {
        if (fd_ >= 0) ::close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool is_valid() const { return fd_ >= 0; }
    std::uint64_t bytes() const { return static_cast<std::uint64_t>(about_.st_size); }
    std::string etag(std::string_view coding) const
    {
        const auto time = static_cast<std::uint64_t>(about_.st_mtim.tv_sec) * 1'000'000'000U +
                          static_cast<std::uint64_t>(about_.st_mtim.tv_nsec);
        return fmt::format("\"{:x}-{:x}{}\"", bytes(), time, coding);
    }
    std::size_t read(char* to, std::size_t room) override
    {
        for (;;) {
            const ssize_t got = ::read(fd_, to, room);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "read a static file");
        }
    }

private:
    int fd_;
    struct stat about_ {};
};

// Hidden files, "..", backslashes: nothing the build makes, so nothing we serve.
bool is_safe_path(std::string_view path)
{
    if (path.find('\\') != std::string_view::npos || path.find('\0') != std::string_view::npos) return false;
    return path.find("/.") == std::string_view::npos && path.find("//") == std::string_view::npos;
}

std::string_view type_of(std::string_view path)
{
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

bool has_extension(std::string_view path)
{
    return path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos;
}

bool names_etag(std::string_view if_none_match, std::string_view etag)
{
    return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

bool accepts(std::string_view accept_encoding, std::string_view coding)
{
    const auto at = accept_encoding.find(coding);
    return at != std::string_view::npos && !accept_encoding.substr(at).starts_with(std::string(coding) + ";q=0");
}

}  // namespace

std::optional<Response> StaticFiles::answer(const Request& request) const
{
    if (root_.empty() || (request.method != Method::get && request.method != Method::head)) return std::nullopt;
    if (request.path == "/api" || request.path.starts_with("/api/") || !is_safe_path(request.path)) return std::nullopt;

    std::string name = request.path == "/" ? "/index.html" : request.path;
    auto file = std::make_unique<File>(root_ + name);
    if (!file->is_valid()) {
        if (has_extension(name)) return std::nullopt;
        name = "/index.html";  // an address of the single-page application
        file = std::make_unique<File>(root_ + name);
        if (!file->is_valid()) return std::nullopt;
    }

    const std::string_view accept_encoding = request.headers.find("Accept-Encoding");
    std::string_view coding;
    for (const auto& [token, ending] : {
             std::pair{"br",   ".br"},
             std::pair{"gzip", ".gz"}
    }) {
        if (!accepts(accept_encoding, token)) continue;
        auto packed = std::make_unique<File>(root_ + name + ending);
        if (!packed->is_valid()) continue;
        file = std::move(packed);
        coding = token;
        break;
    }

    Response response;
    const std::string etag = file->etag(coding);
    response.headers.add("Content-Type", std::string(type_of(name)));
    response.headers.add("ETag", etag);
    response.headers.add("Vary", "Accept-Encoding");
    response.headers.add("Cache-Control",
                         name.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.add("Content-Security-Policy", std::string(content_security_policy));
    response.headers.add("Referrer-Policy", "same-origin");
    if (!coding.empty()) response.headers.add("Content-Encoding", std::string(coding));
    response.compress = false;
    if (names_etag(request.headers.find("If-None-Match"), etag)) {
        response.status = 304;
        return response;
    }
    if (file->bytes() <= whole_bytes_max) {
        response.body.resize(file->bytes());
        std::size_t filled = 0;
        while (filled < response.body.size()) {
            const std::size_t got = file->read(response.body.data() + filled, response.body.size() - filled);
            if (got == 0) break;
            filled += got;
        }
        response.body.resize(filled);
    } else {
        response.stream_bytes = file->bytes();
        response.stream = std::move(file);
    }
    return response;
}

}  // namespace tongban
