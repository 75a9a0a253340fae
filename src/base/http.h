#pragma once
// HTTP as the modules see it. Implemented by platform/http (Boost.Beast inside, nowhere else).
// A handler is ordinary blocking code that runs on a worker thread; a slow client costs a few kilobytes, never a
// worker: bodies of ordinary requests are complete before the handler runs, uploads arrive chunk by chunk in a BodySink
// whose calls are dispatched to a worker as the bytes come in, and streamed answers are pulled from a BodySource likewise.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
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
    std::string path;                                // percent-decoded, starts with '/'
    std::string query;                               // raw, without '?'
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
    std::unique_ptr<BodySource> stream;          // instead of body
    std::optional<std::uint64_t> stream_bytes;   // Content-Length of the stream when known

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
    std::string pattern;               // "/api/v1/cases/{number}"
    Handler handler;                   // either this
    UploadHandler upload;              // or this
    std::uint64_t body_bytes_max = 1 << 20;
};

// All routes of the program. Filled at start, then read-only and shared by threads.
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
};

// RFC 9457 document for an error, with status and content type.
Response problem_response(const Error& error, std::string_view trace);

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
