#include "platform/http/http_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "platform/http/http_server.h"

namespace tongban {
namespace {

using namespace std::chrono_literals;

// Accepts one connection at a time, sends `bytes` after having read something, and closes.
class BluntServer {
public:
    explicit BluntServer(std::string bytes, bool closes = true) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof here;
        if (::bind(fd_, reinterpret_cast<sockaddr*>(&here), size) != 0 || ::listen(fd_, 4) != 0)
            throw std::runtime_error("listen");
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&here), &size);
        port_ = ntohs(here.sin_port);
        thread_ = std::thread([this, bytes = std::move(bytes), closes] {
            const int peer = ::accept(fd_, nullptr, nullptr);
            if (peer < 0) return;
            char block[4096];
            if (::recv(peer, block, sizeof block, 0) > 0) ::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            while (!closes && ::recv(peer, block, sizeof block, 0) > 0) {
            }
            ::close(peer);
        });
    }
    ~BluntServer()
    {
        ::shutdown(fd_, SHUT_RDWR);
        thread_.join();
        ::close(fd_);
    }
    BluntServer(const BluntServer&) = delete;
    BluntServer& operator=(const BluntServer&) = delete;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/x"; }

private:
    int fd_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

std::string outcome(std::string bytes, bool closes = true)
{
    BluntServer server(std::move(bytes), closes);
    PlainHttpClient client({.connect_within = 500ms, .answer_within = 300ms, .answer_bytes_max = 1000});
    try {
        const Response r = client.send(Method::get, server.url(), {}, {});
        return std::to_string(r.status) + " " + r.body;
    } catch (const Unreachable&) {
        return "unreachable";
    }
}

TEST(PlainHttpClient, SpeaksWithARealServer)
{
    Router router;
    router.add({Method::post,
                "/echo",
                [](Request& r) {
                    Response answer = Response::json(201, std::string(r.headers.find("X-Key")) + r.query + r.body);
                    answer.headers.add("X-Answer", "yes");
                    return answer;
                },
                {},
                4 << 20});
    router.add({Method::get, "/empty", [](Request&) { return Response::no_content(); }, {}});
    HttpServer server(router, {});
    server.start();
    const std::string base = "http://127.0.0.1:" + std::to_string(server.port());
    PlainHttpClient client;
    Headers headers;
    headers.add("X-Key", "k");
    const Response small = client.send(Method::post, base + "/echo?a=1#part", headers, "body");
    EXPECT_EQ(small.status, 201);
    EXPECT_EQ(small.body, "ka=1body");
    EXPECT_EQ(small.headers.find("x-answer"), "yes");
    const std::string large(3'000'000, 'z');
    EXPECT_EQ(client.send(Method::post, base + "/echo", {}, large).body, large);
    EXPECT_EQ(client.send(Method::post, base + "/echo", {}, std::string(5 << 20, 'z')).status, 413);
    EXPECT_EQ(client.send(Method::get, base + "/empty", {}, {}).status, 204);
    EXPECT_EQ(client.send(Method::head, base + "/empty", {}, {}).status, 204);
    EXPECT_EQ(client.send(Method::get, base + "/nothing", {}, {}).status, 404);
    server.stop();
    EXPECT_THROW(client.send(Method::get, base, {}, {}), Unreachable);
}

TEST(PlainHttpClient, OnlyACompleteAnswerIsAnAnswer)
{
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), "200 hi");
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\n\r\nuntil the end"), "200 until the end");
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"), "200 hi");
    EXPECT_EQ(outcome("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), "200 hi");
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi"), "unreachable");
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"), "unreachable");
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nContent-"), "unreachable");
    EXPECT_EQ(outcome("SSH-2.0-x\r\n\r\n"), "unreachable");
    EXPECT_EQ(outcome(""), "unreachable");
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'a')), "unreachable");
}

TEST(PlainHttpClient, WaitsNoLongerThanToldTo)
{
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi", false), "unreachable");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST(PlainHttpClient, RefusesAddressesItCannotServe)
{
    PlainHttpClient client;
    for (const char* url : {"https://127.0.0.1/", "ftp://x", "http://", "http://:80/", "http://127.0.0.1/a b",
                            "http://127.0.0.1/a\r\nX: y", "http://nowhere.invalid/"})
        EXPECT_THROW(client.send(Method::get, url, {}, {}), Unreachable) << url;
    Headers evil;
    evil.add("X", "a\r\nY: b");
    EXPECT_THROW(client.send(Method::get, "http://127.0.0.1:9/", evil, {}), std::exception);
}

}  // namespace
}  // namespace tongban
