#include "platform/http/answer.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <random>

#include "base/sql.h"
#include "platform/clock/system_clock.h"
#include "platform/log/log.h"

namespace tongban {
namespace {

constexpr std::size_t gzip_bytes_min = 1400;  // less than one packet is not worth it

std::string_view reason(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
    default: return "Status";
    }
}

// RFC 9110 date of this second; made once a second and thread.
const std::string& http_date()
{
    thread_local std::time_t last = -1;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != last) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        char buffer[64];
        const std::size_t size = std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        text.assign(buffer, size);
        last = now;
    }
    return text;
}

bool is_json(std::string_view type)
{
    return type.starts_with("application/json") || type.starts_with("application/problem+json");
}

// "gzip, deflate, br" yes; "gzip;q=0" no; "*" is not worth understanding.
bool takes_gzip(std::string_view accept)
{
    while (!accept.empty()) {
        const auto end = accept.find(',');
        std::string_view item = accept.substr(0, end);
        accept = end == std::string_view::npos ? std::string_view{} : accept.substr(end + 1);
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        if (!item.starts_with("gzip")) continue;
        const std::string_view weight = item.substr(4);
        return weight.empty() || (weight.find("q=0") == std::string_view::npos) ||
               weight.find("q=0.") != std::string_view::npos;
    }
    return false;
}

// A header field that a handler built from outside text must not start a new line.
bool is_safe(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

}  // namespace

bool has_no_body(int status)
{
    return status == 204 || status == 304 || (status >= 100 && status < 200);
}

std::string head_text(const Response& response, const AnswerHead& head)
{
    std::string out;
    out.reserve(512);
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    bool has_cache_rule = false;
    for (const auto& [name, value] : response.headers.list()) {
        if (!is_safe(name) || !is_safe(value)) throw BrokenInvariant("line break in a header field of an answer");
        if (name == "Cache-Control") has_cache_rule = true;
        out.append(name).append(": ").append(value).append("\r\n");
    }
    if (!has_cache_rule) out.append("Cache-Control: no-store\r\n");
    out.append("Date: ").append(http_date()).append("\r\nX-Content-Type-Options: nosniff\r\nX-Request-Id: ");
    out.append(head.trace);
    if (head.chunked) {
        out.append("\r\nTransfer-Encoding: chunked");
    } else if (response.stream) {
        if (response.stream_bytes)
            fmt::format_to(std::back_inserter(out), "\r\nContent-Length: {}", *response.stream_bytes);
    } else if (!has_no_body(response.status)) {
        fmt::format_to(std::back_inserter(out), "\r\nContent-Length: {}", response.body.size());
    }
    if (!head.keep_alive)
        out.append("\r\nConnection: close");
    else if (head.minor_version_0)
        out.append("\r\nConnection: keep-alive");
    out.append("\r\n\r\n");
    return out;
}

void gzip_if_useful(const Request& request, Response& response)
{
    if (!response.compress || response.stream || response.body.size() < gzip_bytes_min) return;
    if (!is_json(response.headers.find("Content-Type")) || response.headers.has("Content-Encoding")) return;
    response.headers.add("Vary", "Accept-Encoding");
    if (!takes_gzip(request.headers.find("Accept-Encoding"))) return;

    struct Free {
        void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
    };
    // Level 1: about 200 MB/s; a compressor weighs some 60 KB, so it is kept per worker.
    thread_local const std::unique_ptr<libdeflate_compressor, Free> compressor(libdeflate_alloc_compressor(1));
    if (!compressor) return;
    std::string packed(response.body.size(), '\0');
    const std::size_t size = libdeflate_gzip_compress(compressor.get(), response.body.data(), response.body.size(),
                                                      packed.data(), packed.size());
    if (size == 0) return;  // would have grown
    packed.resize(size);
    response.body = std::move(packed);
    response.headers.add("Content-Encoding", "gzip");
}

Response answer_of(std::string_view trace, const std::function<Response()>& work)
{
    const auto log = [&](std::string_view event, std::string_view what) {
        LogLine(LogLevel::error, event).text("trace", trace).text("what", what);
    };
    try {
        return work();
    } catch (const DatabaseUnavailable& e) {
        log("http.database_unavailable", e.what());
        return problem_response(base_problem::unavailable, trace);
    } catch (const Unreachable& e) {
        log("http.unreachable", e.what());
        return problem_response(base_problem::unavailable, trace);
    } catch (const std::exception& e) {
        log("http.handler_failed", e.what());
    } catch (...) {
        log("http.handler_failed", "not an exception");
    }
    return problem_response(base_problem::internal, trace);
}

std::string new_trace()
{
    thread_local std::mt19937_64 chance = [] {
        std::uint64_t seed = 0;
        fill_random(&seed, sizeof seed);
        return std::mt19937_64(seed);
    }();
    return fmt::format("{:016x}{:016x}", chance(), chance() | 1);  // all zeros would be invalid
}

std::optional<std::string> trace_of(std::string_view traceparent)
{
    if (traceparent.size() != 55 || !traceparent.starts_with("00-") || traceparent[35] != '-') return std::nullopt;
    const std::string_view id = traceparent.substr(3, 32);
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (!std::ranges::all_of(id, is_hex) || id.find_first_not_of('0') == std::string_view::npos) return std::nullopt;
    return std::string(id);
}

}  // namespace tongban
