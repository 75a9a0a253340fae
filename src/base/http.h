#pragma once
// HTTP as the modules see it. Implemented by platform/http (Boost.Beast inside, nowhere else).
// A handler is ordinary blocking code that runs on a worker thread; a slow client costs a few kilobytes, never a
// worker: bodies of ordinary requests are complete before the handler runs, uploads arrive chunk by chunk in a BodySink
// whose calls are dispatched to a worker as the bytes come in, and streamed answers are pulled from a BodySource
// likewise.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace tongban {

enum class Method { get, head, post, put, patch, del };
std::string_view to_text(Method method);

// Names compare without regard to case; order is kept.
class Headers {
public:
    void add(std::string name, std::string value) { list_.emplace_back(std::move(name), std::move(value)); }
    void set(std::string_view name, std::string value);
    std::string_view find(std::string_view name) const;  // empty when absent
    bool has(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& list() const { return list_; }

private:
    std::vector<std::pair<std::string, std::string>> list_;
};

struct Request {
    Method method = Method::get;
    std::string path;   // percent-decoded, starts with '/'
    std::string query;  // raw, without '?'
    Headers headers;
    std::string body;                                // complete; empty for uploads
    std::map<std::string, std::string> path_values;  // {id} of the route's pattern
    std::string remote;                              // peer address, or X-Forwarded-For behind a trusted proxy
    std::string trace;                               // printed in problems and logs; made by the server

    std::optional<std::string> query_value(std::string_view name) const;  // percent-decoded
    std::string_view cookie(std::string_view name) const;
};

// Pulled on a worker thread, at most `room` bytes a call; 0 means the end.
class BodySource {
public:
    virtual ~BodySource() = default;
    virtual std::size_t read(char* to, std::size_t room) = 0;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::unique_ptr<BodySource> stream;         // instead of body
    std::optional<std::uint64_t> stream_bytes;  // Content-Length of the stream when known
    bool compress = true;                       // false: never gzip this body (secrets beside reflected input, speed)

    static Response json(int status, std::string body);
    static Response no_content() { return Response{204, {}, {}, nullptr, {}}; }
};

// Receives an upload. Destroyed without finish() when the client went away: then nothing may remain.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual Result<void> write(std::string_view chunk) = 0;  // an error ends the upload at once
    virtual Response finish() = 0;                           // all bytes were received
};

using Handler = std::function<Response(Request&)>;
// Decides before the body is read: an answer (refusal), or a sink for the body.
using UploadHandler = std::function<std::variant<Response, std::unique_ptr<BodySink>>(Request&)>;

struct Route {
    Method method;
    std::string pattern;                     // "/api/v1/cases/{number}"
    Handler handler;                         // either this
    UploadHandler upload;                    // or this
    std::uint64_t body_bytes_max = 1 << 20;  // ordinary bodies only; an upload's limit is its sink's business
};

// All routes of the program. Filled at start, then read-only and shared by threads. A literal segment wins over
// {value}; HEAD is answered by the GET route unless it has a route of its own. Adding the same method and pattern twice
// throws.
class Router {
public:
    void add(Route route);

    struct Match {
        const Route* route = nullptr;  // nullptr: no such path
        bool path_known = false;       // true with route == nullptr: method not allowed
        std::map<std::string, std::string> path_values;
    };
    Match match(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> segments_;   // of routes_[i]
    std::vector<std::vector<std::size_t>> by_length_;  // routes with so many segments
};

// Decodes %XX. Nothing when an escape is malformed. '+' stays '+' unless `plus_is_space` (query strings).
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

// What the server itself refuses, before any module is asked.
namespace http_problem {
inline constexpr Problem bad_request{"http.bad_request", Kind::invalid, Retry::after_fix, "请求格式不正确"};
inline constexpr Problem not_found{"http.not_found", Kind::not_found, Retry::never, "没有这个地址"};
inline constexpr Problem method_not_allowed{"http.method_not_allowed", Kind::invalid, Retry::never,
                                            "这个地址不支持该操作"};
inline constexpr Problem body_too_large{"http.body_too_large", Kind::too_large, Retry::after_fix,
                                        "请求内容超过大小上限"};
inline constexpr Problem header_too_large{"http.header_too_large", Kind::invalid, Retry::after_fix,
                                          "请求头超过大小上限"};
inline constexpr Problem overloaded{"http.overloaded", Kind::unavailable, Retry::later, "系统繁忙，请稍后再试"};
inline constexpr const Problem* all[] = {&bad_request,    &not_found,        &method_not_allowed,
                                         &body_too_large, &header_too_large, &overloaded};
}  // namespace http_problem

// RFC 9457 document for an error, with status and content type.
Response problem_response(const Error& error, std::string_view trace);
// The same with a status of its own, for the few (405, 414, 431) that no Kind stands for.
Response problem_response(const Error& error, std::string_view trace, int status);

// Asking others. Blocking, on a worker thread. Throws Unreachable when there was no complete HTTP answer in time.
struct Unreachable : std::runtime_error {
    using std::runtime_error::runtime_error;
};
class HttpClient {
public:
    virtual ~HttpClient() = default;
    // `url` is http://host:port/path; the body is sent as it is. The answer's body is limited to 8 MB.
    virtual Response send(Method method, const std::string& url, const Headers& headers, std::string body) = 0;
};

}  // namespace tongban
