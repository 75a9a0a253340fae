#include "platform/http/http_client.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/blocking.h"

namespace tongban {
namespace {

namespace http = boost::beast::http;
using Moment = std::chrono::steady_clock::time_point;

struct Url {
    std::string host;
    std::string port = "80";
    std::string authority;  // as the Host field wants it
    std::string target;
};

// Messages name the authority only: query strings may carry what logs must not.
Url parse_url(const std::string& text)
{
    constexpr std::string_view scheme = "http://";
    if (!text.starts_with(scheme)) throw Unreachable("not an http:// address");
    const std::string_view rest = std::string_view(text).substr(scheme.size());
    const auto slash = rest.find_first_of("/?");
    Url url;
    url.authority = rest.substr(0, slash);
    url.target = slash == std::string_view::npos ? "/" : rest.substr(slash);
    if (url.target.front() == '?') url.target.insert(0, "/");
    if (const auto mark = url.target.find('#'); mark != std::string::npos) url.target.resize(mark);

    std::string_view host = url.authority;
    if (host.starts_with('[')) {  // [::1]:8080
        const auto end = host.find(']');
        if (end == std::string_view::npos) throw Unreachable("malformed address");
        url.host = host.substr(1, end - 1);
        host.remove_prefix(end + 1);
    } else {
        url.host = host.substr(0, host.find(':'));
        host.remove_prefix(url.host.size());
    }
    if (host.starts_with(':')) url.port = host.substr(1);
    const auto is_plain = [](char c) { return c > 0x20 && c < 0x7f; };
    if (url.host.empty() || url.port.empty() || !std::ranges::all_of(url.target, is_plain))
        throw Unreachable("malformed address");
    return url;
}

class Connection {
public:
    Connection(const Url& url, Moment deadline) : name_(url.authority)
    {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (const int code = getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &found); code != 0)
            fail(gai_strerror(code));
        const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
        std::string last = "no address";
        for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
            fd_ = ::socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            if (fd_ < 0) fail(std::strerror(errno));
            const int on = 1;
            ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            int error = ::connect(fd_, one->ai_addr, one->ai_addrlen) == 0 ? 0 : errno;
            if (error == EINPROGRESS) {
                socklen_t size = sizeof error;
                error = wait(POLLOUT, deadline) ? 0 : ETIMEDOUT;
                if (error == 0) ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
            }
            if (error == 0) return;
            last = std::strerror(error);
            ::close(fd_);
            fd_ = -1;
        }
        fail(last);
    }
    ~Connection()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // False when the peer does not read on: it may have answered early, so the caller looks for an answer.
    bool write(std::string_view bytes, Moment deadline)
    {
        while (!bytes.empty()) {
            const ssize_t put = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (put >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(put));
            } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
                if (!wait(POLLOUT, deadline)) fail("timed out while sending");
            } else if (errno != EINTR) {
                return false;
            }
        }
        return true;
    }

    std::size_t read(char* to, std::size_t room, Moment deadline)
    {
        for (;;) {
            const ssize_t got = ::recv(fd_, to, room, 0);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno == EAGAIN || errno == EWOULDBLOCK) {
                if (!wait(POLLIN, deadline)) fail("timed out while waiting for the answer");
            } else if (errno != EINTR) {
                fail(std::strerror(errno));
            }
        }
    }

    [[noreturn]] void fail(std::string_view why) const { throw Unreachable(fmt::format("{}: {}", name_, why)); }

private:
    bool wait(short events, Moment deadline) const
    {
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0) return false;
            pollfd one{fd_, events, 0};
            const int ready = ::poll(&one, 1, static_cast<int>(left.count()));
            if (ready > 0) return true;
            if (ready < 0 && errno != EINTR) fail(std::strerror(errno));
        }
    }

    std::string name_;
    int fd_ = -1;
};

std::string request_head(Method method, const Url& url, const Headers& headers, std::size_t body_bytes)
{
    std::string out =
        fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", to_text(method), url.target, url.authority);
    for (const auto& [name, value] : headers.list()) {
        const bool has_line_break = (name + value).find_first_of("\r\n") != std::string::npos;
        TONGBAN_ASSERT(!has_line_break);
        fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
    }
    const bool may_have_body = method != Method::get && method != Method::head;
    if (body_bytes > 0 || may_have_body) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", body_bytes);
    return out + "\r\n";
}

using Message = http::response<http::string_body>;

// `pending`: bytes read from the connection that no message has taken yet.
Message read_message(Connection& connection, Method method, std::size_t bytes_max, std::string& pending,
                     Moment deadline)
{
    http::response_parser<http::string_body> parser;
    parser.body_limit(bytes_max);
    parser.header_limit(64 * 1024);
    parser.eager(true);
    if (method == Method::head) parser.skip(true);
    std::array<char, 64 * 1024> block;
    for (;;) {
        boost::beast::error_code error;
        while (!pending.empty() && !parser.is_done()) {
            const std::size_t used = parser.put(boost::asio::buffer(pending), error);
            pending.erase(0, used);
            if (error == http::error::need_more || (!error && used == 0)) break;
            if (error) connection.fail(error.message());
        }
        if (parser.is_done()) return parser.release();
        const std::size_t got = connection.read(block.data(), block.size(), deadline);
        pending.append(block.data(), got);
        if (got > 0) continue;
        if (!parser.got_some()) connection.fail("closed without an answer");
        parser.put_eof(error);
        if (error) connection.fail("closed in the middle of the answer");
        return parser.release();
    }
}

}  // namespace

Response PlainHttpClient::send(Method method, const std::string& url_text, const Headers& headers, std::string body)
{
    const Url url = parse_url(url_text);
    const Blocking until_answered;
    Connection connection(url, std::chrono::steady_clock::now() + options_.connect_within);
    const Moment deadline = std::chrono::steady_clock::now() + options_.answer_within;
    if (connection.write(request_head(method, url, headers, body.size()), deadline)) connection.write(body, deadline);

    std::string pending;
    auto message = read_message(connection, method, options_.answer_bytes_max, pending, deadline);
    while (message.result_int() >= 100 && message.result_int() < 200)  // interim answers announce the real one
        message = read_message(connection, method, options_.answer_bytes_max, pending, deadline);
    Response response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
        const auto name = field.name_string();
        const auto value = field.value();
        response.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    }
    response.body = std::move(message.body());
    return response;
}

}  // namespace tongban
