#include "platform/http/http_head.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

namespace tongban {
namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

HeadRefusal bad(std::string detail)
{
    return {
        400, Error{http_problem::bad_request, std::move(detail)}
    };
}

std::optional<Method> method_of(http::verb verb)
{
    if (verb == http::verb::get) return Method::get;
    if (verb == http::verb::head) return Method::head;
    if (verb == http::verb::post) return Method::post;
    if (verb == http::verb::put) return Method::put;
    if (verb == http::verb::patch) return Method::patch;
    if (verb == http::verb::delete_) return Method::del;
    return std::nullopt;
}

bool is_plain(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// Splits the target into path and query. False when it is not one we can serve.
bool read_target(std::string_view target, Request& request)
{
    // RFC 9112 3.2.2: a server accepts the absolute form, too.
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        const auto slash = target.find('/', scheme.size());
        target = slash == std::string_view::npos ? std::string_view{"/"} : target.substr(slash);
        break;
    }
    if (target.empty() || target.front() != '/' || !is_plain(target)) return false;
    target = target.substr(0, target.find('#'));
    const auto mark = target.find('?');
    const std::string_view raw = target.substr(0, mark);
    if (mark != std::string_view::npos) request.query = target.substr(mark + 1);

    auto path = percent_decode(raw);
    if (!path) return false;
    // An encoded slash would move the borders of segments, a NUL or control character the end of names.
    if (std::ranges::count(*path, '/') != std::ranges::count(raw, '/')) return false;
    const auto is_control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; };
    if (std::ranges::any_of(*path, is_control)) return false;
    request.path = std::move(*path);
    return true;
}

}  // namespace

std::variant<Head, HeadRefusal> read_head(const RequestParser& parser, const HeadLimits& limits)
{
    const auto& message = parser.get();
    if (message.version() != 11 && message.version() != 10) return bad("只支持 HTTP/1.1");
    if (message.target().size() > limits.target_bytes_max)
        return HeadRefusal{
            414, Error{http_problem::header_too_large, "请求地址过长"}
        };

    Head head;
    head.minor_version_0 = message.version() == 10;
    std::size_t hosts = 0;
    std::size_t codings = 0;
    for (const auto& field : message) {
        const std::string_view value = view(field.value());
        const http::field name = field.name();
        if (name == http::field::host) ++hosts;
        if (name == http::field::transfer_encoding) {
            ++codings;
            if (!boost::beast::iequals(field.value(), "chunked")) return bad("Transfer-Encoding 只能是 chunked");
        }
        if (name == http::field::expect) {
            if (!boost::beast::iequals(field.value(), "100-continue")) return bad("Expect 只能是 100-continue");
            head.expects_continue = !head.minor_version_0;
        }
        head.request.headers.add(std::string(view(field.name_string())), std::string(value));
    }
    if (hosts > 1 || (hosts == 0 && !head.minor_version_0)) return bad("需要且只能有一个 Host");
    if (codings > 1 || (codings == 1 && head.minor_version_0)) return bad("Transfer-Encoding 不正确");
    if (codings == 1 && message.find(http::field::content_length) != message.end())
        return bad("Content-Length 与 Transfer-Encoding 不能同时出现");

    head.chunked = codings == 1;
    if (const auto length = parser.content_length()) head.content_length = *length;
    head.keep_alive = parser.keep_alive();
    if (!read_target(view(message.target()), head.request)) return bad("请求地址不正确");
    const auto method = method_of(message.method());
    if (!method) return HeadRefusal{405, Error{http_problem::method_not_allowed}};
    head.request.method = *method;
    return head;
}

HeadRefusal refusal_for(boost::beast::error_code error)
{
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return {431, Error{http_problem::header_too_large}};
    return bad({});
}

}  // namespace tongban
