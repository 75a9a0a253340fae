#pragma once
// One connection while it is served: a coroutine on the loop's thread that takes a request, has a worker run its
// handler and answers. What it does in which file: http_reading (request line, fields, body), http_upload (bodies
// handed over as they come), http_answering (answers and refusals), http_session (the order of these). Internal to
// platform/http.
//
// Traps kept in mind here (g++ 12): temporaries inside a co_await expression get names; coroutine lambdas capture
// nothing; nothing that a worker refers to may leave its frame before the worker is done.

#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "platform/http/http_head.h"
#include "platform/http/http_loop.h"

namespace tongban {

// One waiter, one opener, both on the loop's thread.
class Gate {
public:
    void open()
    {
        is_open_ = true;
        if (auto resume = std::exchange(resume_, nullptr)) resume();
    }
    Task<> wait()
    {
        if (is_open_) co_return;
        auto initiate = [this](auto handler) {
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));  // std::function wants to copy
            resume_ = [kept] { std::move (*kept)(); };
        };
        co_await asio::async_initiate<const asio::use_awaitable_t<LoopExecutor>&, void()>(std::move(initiate),
                                                                                          awaiting);
    }

private:
    bool is_open_ = false;
    std::function<void()> resume_;
};

enum class ReadEnd { more, end, gone, malformed, too_large, no_room };

class Connection {
public:
    Connection(Shared& shared, Loop& loop, Socket socket);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // True while the connection lives on.
    Task<bool> serve_one();

private:
    Task<ReadEnd> read_header();
    Task<bool> serve_ordinary(const Route* route);
    Task<bool> serve_upload(const Route& route);
    Task<bool> read_ordinary_body(std::uint64_t bytes_max);
    Task<bool> send_continue();

    // Body bytes into `to` until `room` is full or the body ends; body_end_ says how it stands.
    Task<std::size_t> read_body(char* to, std::size_t room);
    Task<std::size_t> read_plain(char* to, std::size_t room);
    Task<std::size_t> read_chunked(char* to, std::size_t room);

    Task<bool> send(Response response);
    Task<bool> send_stream(Response& response, bool chunked);
    Task<bool> refuse(Response response);  // an answer while body bytes may still be coming
    Task<> linger();
    template <class Buffers>
    Task<bool> write_all(Buffers buffers);
    Task<bool> receive(std::chrono::milliseconds within);

    // Runs `work` on a worker; false: no room, it did not run.
    template <class Work>
    bool start_on_worker(Gate& done, Work work, WorkerPool::Admission admission);
    template <class Work>
    Task<bool> on_worker(Work work, WorkerPool::Admission admission);

    // Room for `bytes` of the body in the common budget; false: there is none now.
    bool reserve(std::uint64_t bytes);
    void give_back();
    std::chrono::milliseconds body_patience() const;

    void expect_within(std::chrono::milliseconds within) { deadline_.at = std::chrono::steady_clock::now() + within; }
    void expect_nothing() { deadline_.at = TimePoint::max(); }
    void forget_request();
    void believe_proxy();
    void log_access(int status);

    Shared& shared_;
    const HttpServerOptions& options_;
    Loop& loop_;
    Socket socket_;
    Deadline deadline_;
    std::string remote_;
    boost::beast::flat_buffer buffer_;

    // The request being served.
    std::optional<RequestParser> parser_;
    Head head_;
    std::string_view route_name_;
    std::uint64_t body_left_ = 0;  // of a body with Content-Length
    std::uint64_t received_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t reserved_ = 0;
    ReadEnd body_end_ = ReadEnd::end;
    bool continue_sent_ = false;
    bool keep_alive_ = true;
    TimePoint started_;
    TimePoint body_started_;
};

template <class Work>
bool Connection::start_on_worker(Gate& done, Work work, WorkerPool::Admission admission)
{
    // The gate is opened on the loop's thread; the frame that owns it waits until then.
    return shared_.pool.submit(
        [this, &done, work]() mutable {
            work();
            asio::post(loop_.io, [&done] { done.open(); });
        },
        admission);
}

template <class Work>
Task<bool> Connection::on_worker(Work work, WorkerPool::Admission admission)
{
    expect_nothing();
    Gate done;
    if (!start_on_worker(done, work, admission)) co_return false;
    co_await done.wait();
    co_return true;
}

template <class Buffers>
Task<bool> Connection::write_all(Buffers buffers)
{
    std::size_t left = asio::buffer_size(buffers);
    std::size_t at = 0;  // first buffer not written completely
    while (left > 0) {
        expect_within(options_.write_idle);
        boost::beast::error_code error;
        const std::span<const asio::const_buffer> rest(buffers.data() + at, buffers.size() - at);
        std::size_t put = co_await socket_.async_write_some(rest, asio::redirect_error(awaiting, error));
        expect_nothing();
        if (error) co_return false;
        left -= put;
        sent_ += put;
        while (at < buffers.size() && put >= buffers[at].size()) put -= buffers[at++].size();
        if (at < buffers.size()) buffers[at] += put;
    }
    co_return true;
}

}  // namespace tongban
