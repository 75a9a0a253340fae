#include "platform/http/http_server.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <fstream>
#include <future>
#include <memory>
#include <thread>

#include "base/sql.h"
#include "platform/http/raw_client.h"

namespace tongban {
namespace {

using namespace std::chrono_literals;

// Counts what a sink went through, outside of the sink, since that one dies.
struct SinkStory {
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<int> finished{0};
    std::atomic<int> destroyed{0};
};

class CountingSink : public BodySink {
public:
    CountingSink(SinkStory& story, std::uint64_t fail_after) : story_(story), fail_after_(fail_after) {}
    ~CountingSink() override { ++story_.destroyed; }
    Result<void> write(std::string_view chunk) override
    {
        story_.bytes += chunk.size();
        for (const char c : chunk) sum_ = sum_ * 31 + static_cast<unsigned char>(c);
        if (story_.bytes > fail_after_) return Error{http_problem::body_too_large};
        return {};
    }
    Response finish() override
    {
        ++story_.finished;
        return Response::json(201, std::to_string(story_.bytes) + " " + std::to_string(sum_));
    }

private:
    SinkStory& story_;
    std::uint64_t fail_after_;
    std::uint64_t sum_ = 0;
};

std::uint64_t sum_of(std::string_view text)
{
    std::uint64_t sum = 0;
    for (const char c : text) sum = sum * 31 + static_cast<unsigned char>(c);
    return sum;
}

class CountedSource : public BodySource {
public:
    explicit CountedSource(std::size_t bytes) : left_(bytes) {}
    std::size_t read(char* to, std::size_t room) override
    {
        const std::size_t n = std::min(left_, room);
        std::fill_n(to, n, 'x');
        left_ -= n;
        return n;
    }

private:
    std::size_t left_;
};

class HttpServerTest : public ::testing::Test {
protected:
    HttpServerTest()
    {
        options.sweep_every = 20ms;
        options.header_within = 300ms;
        options.body_idle = 300ms;
        options.write_idle = 300ms;
        options.stop_within = 2s;
        options.worker_threads = 8;
        add(Method::get, "/api/hello", [](Request& r) { return Response::json(200, "\"" + r.path + "\""); });
        add(Method::post, "/api/echo", [](Request& r) { return Response::json(200, r.body); }, 1000);
        add(Method::get, "/api/values/{name}", [](Request& r) {
            return Response::json(200, r.path_values["name"] + "|" + r.query + "|" + r.remote);
        });
        add(Method::get, "/api/slow", [this](Request&) {
            ++running;
            std::this_thread::sleep_for(300ms);
            return Response::json(200, "1");
        });
        add(Method::get, "/api/database", [](Request&) -> Response { throw DatabaseUnavailable("secret-host"); });
        add(Method::get, "/api/broken", [](Request&) -> Response { throw std::runtime_error("secret-text"); });
        add(Method::get, "/api/split", [](Request&) {
            Response r = Response::json(200, "1");
            r.headers.add("Location", "/x\r\nSet-Cookie: evil=1");
            return r;
        });
        add(Method::get, "/api/large", [](Request&) { return Response::json(200, "\"" + std::string(20'000, 'a') + "\""); });
        add(Method::get, "/api/stream/{kind}", [](Request& r) {
            Response answer;
            answer.stream = std::make_unique<CountedSource>(1'000'000);
            if (r.path_values["kind"] == "known") answer.stream_bytes = 1'000'000;
            if (r.path_values["kind"] == "short") answer.stream_bytes = 1'000'001;
            return answer;
        });
        Route upload{.method = Method::put, .pattern = "/api/files/{name}", .handler = {}, .upload = {}};
        upload.upload = [this](Request& r) -> std::variant<Response, std::unique_ptr<BodySink>> {
            if (r.path_values["name"] == "refused") return problem_response(http_problem::body_too_large, r.trace);
            const bool fails = r.path_values["name"] == "fails";
            return std::make_unique<CountingSink>(story, fails ? 1'000'000 : UINT64_MAX);
        };
        router.add(std::move(upload));
    }
    ~HttpServerTest() override
    {
        if (server) server->stop();
    }
    void add(Method method, std::string pattern, Handler handler, std::uint64_t bytes_max = 1 << 20)
    {
        router.add({method, std::move(pattern), std::move(handler), {}, bytes_max});
    }
    RawClient client()
    {
        if (!server) {
            server = std::make_unique<HttpServer>(router, options);
            server->start();
        }
        return RawClient(server->port());
    }

    SinkStory story;
    std::atomic<int> running{0};
    Router router;
    HttpServerOptions options;
    std::unique_ptr<HttpServer> server;
};

TEST_F(HttpServerTest, AnswersAndKeepsTheConnection)
{
    auto c = client();
    for (int i = 0; i < 3; ++i) {
        c.send("GET /api/hello HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto answer = c.receive();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "\"/api/hello\"");
        EXPECT_EQ(answer.header("X-Request-Id").size(), 32U);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    }
}

TEST_F(HttpServerTest, PipelinedRequestsAreAnsweredInOrder)
{
    auto c = client();
    c.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\nPOST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
           "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;x=y\r\nd\r\n0\r\nT: r\r\n\r\n"
           "GET /api/values/1%20%E6%9D%8E?q=%31 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(c.receive().body, "1");
    EXPECT_EQ(c.receive().body, "hi");
    EXPECT_EQ(c.receive().body, "abcd");
    EXPECT_EQ(c.receive().body, "1 李|q=%31|127.0.0.1");
}

// Every hostile request gets one clear answer, and the connection is closed where message borders are in doubt.
TEST_F(HttpServerTest, HostileRequests)
{
    const std::string host = "Host: a\r\n";
    const std::string long_text(20'000, 'a');
    struct Row {
        std::string_view what;
        std::string bytes;
        int status;
        bool closes;
    };
    const Row rows[] = {
        {"no host", "GET /api/hello HTTP/1.1\r\n\r\n", 400, true},
        {"two hosts", "GET /api/hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, true},
        {"length and chunked", "POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, true},
        {"two lengths", "POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, true},
        {"signed length", "POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: +3\r\n\r\nabc", 400, true},
        {"overflowing length", "POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n", 400, true},
        {"gzip coding", "POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, true},
        {"two codings", "POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, true},
        {"chunked in 1.0", "POST /api/echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, true},
        {"bad chunk size", "POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400, true},
        {"chunk without end", "POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n", 400, true},
        {"odd expectation", "POST /api/echo HTTP/1.1\r\n" + host + "Expect: miracles\r\nContent-Length: 1\r\n\r\na", 400, true},
        {"space before colon", "GET /api/hello HTTP/1.1\r\nHost : a\r\n\r\n", 400, true},
        {"NUL in value", std::string("GET /api/hello HTTP/1.1\r\nHost: a\0b\r\n\r\n", 38), 400, true},
        {"folded field", "GET /api/hello HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", 200, false},
        {"no version", "GET /api/hello\r\n\r\n", 400, true},
        {"version 2.0", "GET /api/hello HTTP/2.0\r\n" + host + "\r\n", 400, true},
        {"long target", "GET /" + long_text.substr(0, 9000) + " HTTP/1.1\r\n" + host + "\r\n", 414, true},
        {"long field", "GET /api/hello HTTP/1.1\r\n" + host + "X: " + long_text + "\r\n\r\n", 431, true},
        {"target without slash", "GET api/hello HTTP/1.1\r\n" + host + "\r\n", 400, true},
        {"bad escape", "GET /api/%zz HTTP/1.1\r\n" + host + "\r\n", 400, true},
        {"encoded slash", "GET /api%2fhello HTTP/1.1\r\n" + host + "\r\n", 400, true},
        {"encoded NUL", "GET /api/%00 HTTP/1.1\r\n" + host + "\r\n", 400, true},
        {"absolute form", "GET http://a/api/hello HTTP/1.1\r\n" + host + "\r\n", 200, false},
        {"trace", "TRACE /api/hello HTTP/1.1\r\n" + host + "\r\n", 405, true},
        {"wrong method", "DELETE /api/hello HTTP/1.1\r\n" + host + "\r\n", 405, false},
        {"unknown path", "GET /api/nothing HTTP/1.1\r\n" + host + "\r\n", 404, false},
        {"traversal", "GET /../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", 404, false},
        {"large body", "POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: 1001\r\n\r\n", 413, false},
        {"larger body", "POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n", 413, true},
        {"large chunked body", "POST /api/echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'a') + "\r\n0\r\n\r\n", 413, true},
    };
    for (const auto& row : rows) {
        auto c = client();
        c.send(row.bytes);
        const auto answer = c.receive();
        EXPECT_EQ(answer.status, row.status) << row.what;
        EXPECT_EQ(answer.header("Connection") == "close", row.closes) << row.what;
        if (row.status >= 400) {
            EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << row.what;
        }
    }
}

TEST_F(HttpServerTest, ExceptionsBecomeProblemsWithoutTheirText)
{
    auto c = client();
    c.send("GET /api/database HTTP/1.1\r\nHost: a\r\n\r\nGET /api/broken HTTP/1.1\r\nHost: a\r\n\r\n"
           "GET /api/split HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto gone = c.receive();
    EXPECT_EQ(gone.status, 503);
    EXPECT_EQ(gone.header("Retry-After"), "1");
    EXPECT_NE(gone.body.find("base.unavailable"), std::string::npos);
    EXPECT_EQ(gone.body.find("secret"), std::string::npos);
    const auto broken = c.receive();
    EXPECT_EQ(broken.status, 500);
    EXPECT_NE(broken.body.find("base.internal"), std::string::npos);
    EXPECT_EQ(broken.body.find("secret"), std::string::npos);
    const auto split = c.receive();
    EXPECT_EQ(split.status, 500);
    EXPECT_EQ(split.header("Set-Cookie"), "");
}

TEST_F(HttpServerTest, SlowClientsAreDropped)
{
    auto header = client();
    header.send("GET /api/hello HTTP/1.1\r\nHo");
    auto body = client();
    body.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_TRUE(header.is_closed_within(2s));
    EXPECT_TRUE(body.is_closed_within(2s));

    auto reader = client();  // asks for much and never reads
    reader.send("GET /api/stream/unknown HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < 200; ++i) reader.send("GET /api/stream/unknown HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(reader.was_reset_within(5s));
}

TEST_F(HttpServerTest, DripFedHeadersDoNotExtendTheDeadline)
{
    auto c = client();
    c.send("GET /api/hello HTTP/1.1\r\n");
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < 3s && !c.is_closed_within(50ms)) c.try_send("X: y\r\n");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(HttpServerTest, DripFedBodiesDoNotExtendTheDeadline)
{
    options.body_within = 400ms;
    for (const char* head : {"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n",
                             "PUT /api/files/a HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n",
                             "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        auto c = client();
        c.send(head);
        const bool chunked = std::string_view(head).find("chunked") != std::string_view::npos;
        const auto begin = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - begin < 4s && !c.is_closed_within(50ms))
            c.try_send(chunked ? "1\r\nx\r\n" : "x");
        EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s) << head;
    }
}

TEST_F(HttpServerTest, AllBodiesTogetherStayWithinTheBudget)
{
    options.buffered_bytes_max = 300'000;
    options.body_idle = 5s;
    add(Method::post, "/api/much", [](Request& r) { return Response::json(200, std::to_string(r.body.size())); });
    const std::string head = "POST /api/much HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n";
    auto first = client();
    first.send(head + std::string(199'999, 'x'));  // held, waiting for its last byte
    std::this_thread::sleep_for(200ms);
    auto second = client();
    second.send(head + std::string(200'000, 'x'));
    const auto refused = second.receive();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    first.send("x");
    EXPECT_EQ(first.receive().body, "200000");
    auto third = client();  // what was held was given back
    for (int i = 0; i < 5; ++i) {
        third.send(head + std::string(200'000, 'x'));
        EXPECT_EQ(third.receive().body, "200000");
    }
}

TEST_F(HttpServerTest, UploadsArriveCompleteWhateverTheFraming)
{
    options.upload_chunk_bytes = 10'000;
    std::string bytes;
    for (int i = 0; i < 300'000; ++i) bytes.push_back(static_cast<char>(i * 7 % 251));
    const std::string expect = std::to_string(bytes.size()) + " " + std::to_string(sum_of(bytes));

    auto plain = client();
    plain.send("PUT /api/files/a HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + bytes);
    EXPECT_EQ(plain.receive().body, expect);

    story.bytes = 0;
    std::string chunks;
    for (std::size_t at = 0, n = 1; at < bytes.size(); at += n, n = n * 3 % 40'009 + 1)
        chunks += fmt::format("{:x}\r\n{}\r\n", std::min(n, bytes.size() - at), bytes.substr(at, n));
    plain.send("PUT /api/files/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
    EXPECT_EQ(plain.receive().body, expect);

    story.bytes = 0;
    plain.send("PUT /api/files/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 300000\r\n\r\n");
    EXPECT_EQ(plain.receive().status, 100);
    plain.send(bytes);
    EXPECT_EQ(plain.receive().body, expect);
    EXPECT_EQ(story.finished, 3);
    EXPECT_EQ(story.destroyed, 3);
}

TEST_F(HttpServerTest, AVanishedUploaderLeavesAnUnfinishedSink)
{
    {
        auto c = client();
        c.send("PUT /api/files/a HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + std::string(1'200'000, 'a'));
    }
    for (int i = 0; i < 200 && story.destroyed == 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(story.destroyed, 1);
    EXPECT_EQ(story.finished, 0);
}

TEST_F(HttpServerTest, AnEarlyRefusalIsReadableByAClientThatSendsFirst)
{
    for (const std::string_view name : {"refused", "fails"}) {
        auto c = client();
        c.send(fmt::format("PUT /api/files/{} HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n", name));
        c.send(std::string(20'000'000, 'a'));  // blocks until the server has read it
        EXPECT_EQ(c.receive().status, 413) << name;
        EXPECT_TRUE(c.is_closed_within(2s)) << name;
    }
    EXPECT_EQ(story.finished, 0);
    EXPECT_EQ(story.destroyed, 1);

    auto asks = client();
    asks.send("PUT /api/files/refused HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 20000000\r\n\r\n");
    EXPECT_EQ(asks.receive().status, 413);
}

TEST_F(HttpServerTest, StreamsAnswers)
{
    auto c = client();
    c.send("GET /api/stream/known HTTP/1.1\r\nHost: a\r\n\r\nGET /api/stream/unknown HTTP/1.1\r\nHost: a\r\n\r\n"
           "HEAD /api/stream/known HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto known = c.receive();
    EXPECT_EQ(known.header("Content-Length"), "1000000");
    EXPECT_EQ(known.body, std::string(1'000'000, 'x'));
    const auto unknown = c.receive();
    EXPECT_EQ(unknown.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(unknown.body, std::string(1'000'000, 'x'));
    EXPECT_EQ(c.receive_head().header("Content-Length"), "1000000");
    c.send("GET /api/hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(c.receive().status, 200);

    c.send("GET /api/stream/short HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THROW(c.receive(), std::runtime_error);  // cut, not passed off as complete
}

TEST_F(HttpServerTest, CompressesWhenAsked)
{
    auto c = client();
    c.send("GET /api/large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n"
           "GET /api/large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0\r\n\r\n"
           "GET /api/hello HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    const auto packed = c.receive();
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), 1000U);
    EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
    EXPECT_EQ(c.receive().body.size(), 20'002U);
    EXPECT_EQ(c.receive().header("Content-Encoding"), "");
}

TEST_F(HttpServerTest, BelievesOnlyTheTrustedProxy)
{
    const std::string ask = "GET /api/values/x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4, 10.0.0.9\r\n"
                            "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n";
    auto stranger = client();
    stranger.send(ask);
    const auto direct = stranger.receive();
    EXPECT_EQ(direct.body, "x||127.0.0.1");
    EXPECT_NE(direct.header("X-Request-Id"), "4bf92f3577b34da6a3ce929d0e0e4736");
    server.reset();
    options.trusted_proxy = "127.0.0.1";
    auto proxy = client();
    proxy.send(ask);
    const auto forwarded = proxy.receive();
    EXPECT_EQ(forwarded.body, "x||10.0.0.9");
    EXPECT_EQ(forwarded.header("X-Request-Id"), "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST_F(HttpServerTest, RefusesWhenAllWorkersAndTheQueueAreTaken)
{
    options.worker_threads = 1;
    options.queue_max = 1;
    std::vector<RawClient> clients;
    for (int i = 0; i < 6; ++i) {
        clients.push_back(client());
        clients.back().send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    int served = 0;
    int refused = 0;
    for (auto& c : clients) {
        const auto answer = c.receive();
        served += answer.status == 200;
        refused += answer.status == 503 && answer.header("Retry-After") == "1";
    }
    EXPECT_GE(served, 1);
    EXPECT_GE(refused, 3);
    EXPECT_EQ(served + refused, 6);
}

TEST_F(HttpServerTest, ManyClientsAtOnce)
{
    options.io_threads = 2;
    client();
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int t = 0; t < 16; ++t) {
        threads.emplace_back([&] {
            RawClient c(server->port());
            for (int i = 0; i < 100; ++i) {
                const std::string text(static_cast<std::size_t>(i), 'b');
                c.send(fmt::format("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{}", i, text));
                good += c.receive().body == text;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 1600);
}

TEST_F(HttpServerTest, SurvivesRunningOutOfDescriptors)
{
    client();
    std::vector<int> taken;
    RawClient early(server->port());
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit few{256, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) taken.push_back(fd);
    ::close(taken.back());  // one for the client, none for the server's side
    taken.pop_back();
    RawClient late(server->port());
    late.send("GET /api/hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_FALSE(late.is_closed_within(250ms));
    early.send("GET /api/hello HTTP/1.1\r\nHost: a\r\n\r\n");
    for (const int fd : taken) ::close(fd);
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_EQ(late.receive().status, 200);
    EXPECT_EQ(early.receive().status, 200);
}

TEST_F(HttpServerTest, StopLetsRunningRequestsFinish)
{
    auto idle = client();
    auto busy = client();
    busy.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
    while (running == 0) std::this_thread::sleep_for(5ms);
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    const auto answer = busy.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(idle.is_closed_within(1s));
    EXPECT_EQ(stopped.wait_for(2s), std::future_status::ready);
    EXPECT_THROW(RawClient(server->port()), std::runtime_error);
}

TEST_F(HttpServerTest, StopCutsAnUploadThatDoesNotEnd)
{
    options.stop_within = 100ms;
    options.body_idle = 60s;
    auto c = client();
    c.send("PUT /api/files/a HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + std::string(1'200'000, 'a'));
    while (story.bytes == 0) std::this_thread::sleep_for(5ms);
    server->stop();
    EXPECT_EQ(story.destroyed, 1);
    EXPECT_EQ(story.finished, 0);
}

}  // namespace
}  // namespace tongban
