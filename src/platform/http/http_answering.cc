// The answer goes out; also to a client that is still sending.
#include <fmt/format.h>

#include "platform/http/answer.h"
#include "platform/http/http_connection.h"
#include "platform/log/log.h"

namespace tongban {

using boost::beast::error_code;

// A client that is still sending would see a reset instead of the answer if we simply closed.
Task<bool> Connection::refuse(Response response)
{
    constexpr std::uint64_t small = 64 * 1024;
    const bool waits = head_.expects_continue && !continue_sent_;
    const bool drains = body_end_ == ReadEnd::more && !head_.chunked && head_.content_length && body_left_ <= small &&
                        body_left_ > 0 && !waits;
    const bool clean = body_end_ == ReadEnd::end || drains;
    if (!clean) keep_alive_ = false;
    if (!co_await send(std::move(response)) && clean) co_return false;
    if (drains) {
        const auto scrap = std::make_unique_for_overwrite<char[]>(small);
        co_await read_body(scrap.get(), small);
        co_return body_end_ == ReadEnd::end&& keep_alive_;
    }
    if (!clean) co_await linger();
    co_return clean&& keep_alive_;
}

Task<> Connection::linger()
{
    error_code error;
    socket_.shutdown(asio::socket_base::shutdown_send, error);
    constexpr std::size_t room = 64 * 1024;
    const auto scrap = std::make_unique_for_overwrite<char[]>(room);
    const auto target = asio::buffer(scrap.get(), room);
    expect_within(options_.linger_within);  // in all, not per read
    while (!error && !shared_.stopping) co_await socket_.async_read_some(target, asio::redirect_error(awaiting, error));
    expect_nothing();
}

Task<bool> Connection::send(Response response)
{
    const bool is_head = head_.request.method == Method::head;
    const bool chunked = response.stream && !response.stream_bytes && !head_.minor_version_0;
    // An HTTP/1.0 client learns the end of a stream of unknown length from the end of the connection.
    if (response.stream && !response.stream_bytes && head_.minor_version_0) keep_alive_ = false;
    if (shared_.stopping) keep_alive_ = false;
    const int status = response.status;
    std::string head;
    try {
        head = head_text(response, {keep_alive_, head_.minor_version_0, chunked, head_.request.trace});
    } catch (const BrokenInvariant& broken) {
        LogLine(LogLevel::error, "http.bad_answer").text("trace", head_.request.trace).text("what", broken.what());
        response = problem_response(base_problem::internal, head_.request.trace);
        head = head_text(response, {keep_alive_, head_.minor_version_0, false, head_.request.trace});
    }
    const bool with_body = !is_head && !has_no_body(response.status);
    bool sent = false;
    if (response.stream && with_body) {
        const std::array<asio::const_buffer, 1> buffers{asio::buffer(head)};
        sent = co_await write_all(buffers);
        if (sent) sent = co_await send_stream(response, chunked);
    } else {
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                        with_body ? asio::buffer(response.body) : asio::const_buffer{}};
        sent = co_await write_all(buffers);
    }
    if (response.stream) {
        auto drop = [&response] { response.stream.reset(); };
        co_await on_worker(drop, WorkerPool::Admission::always);
    }
    log_access(sent ? status : 0);
    co_return sent&& keep_alive_;
}

Task<bool> Connection::send_stream(Response& response, bool chunked)
{
    constexpr std::size_t room = 256 * 1024;
    const auto block = std::make_unique_for_overwrite<char[]>(room);
    std::uint64_t left = response.stream_bytes.value_or(0);
    for (;;) {
        std::size_t got = 0;
        bool failed = false;
        auto pull = [this, &response, &block, &got, &failed] {
            failed = true;
            answer_of(head_.request.trace, [&] {
                got = response.stream->read(block.get(), room);
                failed = false;
                return Response{};
            });
        };
        co_await on_worker(pull, WorkerPool::Admission::always);
        // The status line is gone already: cutting the connection is the only way left to say that it failed.
        if (failed) co_return false;
        if (response.stream_bytes) {
            if (got > left || (got == 0 && left > 0)) {
                LogLine(LogLevel::error, "http.stream_length_wrong").text("trace", head_.request.trace);
                co_return false;
            }
            left -= got;
        }
        const std::string size = chunked && got > 0 ? fmt::format("{:x}\r\n", got) : std::string{};
        const std::string_view tail = !chunked ? "" : got > 0 ? "\r\n" : "0\r\n\r\n";
        const std::array<asio::const_buffer, 3> buffers{asio::buffer(size), asio::buffer(block.get(), got),
                                                        asio::buffer(tail)};
        if (!co_await write_all(buffers)) co_return false;
        if (got == 0 || (response.stream_bytes && left == 0)) co_return true;
    }
}

}  // namespace tongban
