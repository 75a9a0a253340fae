#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <optional>
#include <span>

#include "platform/http/answer.h"
#include "platform/http/http_head.h"
#include "platform/http/http_loop.h"
#include "platform/log/log.h"

// Traps kept in mind here (g++ 12): temporaries inside a co_await expression get names; coroutine lambdas capture
// nothing; nothing that a worker refers to may leave its frame before the worker is done.

namespace tongban {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using std::chrono::steady_clock;

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
    Connection(Shared& shared, Loop& loop, Socket socket)
        : shared_(shared), options_(shared.options), loop_(loop), socket_(std::move(socket))
    {
        error_code ignored;
        remote_ = socket_.remote_endpoint(ignored).address().to_string();
        deadline_.socket = &socket_;
        loop_.connections.insert(&deadline_);
    }
    ~Connection()
    {
        give_back();
        loop_.connections.erase(&deadline_);
        shared_.connections.fetch_sub(1, std::memory_order_relaxed);
    }
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

    void expect_within(std::chrono::milliseconds within) { deadline_.at = steady_clock::now() + within; }
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
    steady_clock::time_point started_;
    steady_clock::time_point body_started_;
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

Task<bool> Connection::receive(std::chrono::milliseconds within)
{
    // Two kilobytes while idle: five thousand quiet connections must not cost much.
    const std::size_t room = buffer_.size() == 0 && !parser_ ? 2048 : 16 * 1024;
    expect_within(within);
    error_code error;
    const auto target = buffer_.prepare(room);
    const std::size_t got = co_await socket_.async_read_some(target, asio::redirect_error(awaiting, error));
    expect_nothing();
    if (error || got == 0) co_return false;
    buffer_.commit(got);
    co_return true;
}

Task<ReadEnd> Connection::read_header()
{
    if (buffer_.size() == 0) {
        deadline_.between_requests = true;
        if (buffer_.capacity() > 8 * 1024) buffer_ = {};
        if (shared_.stopping || !co_await receive(options_.keep_alive_within)) co_return ReadEnd::gone;
        deadline_.between_requests = false;
    }
    started_ = steady_clock::now();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(options_.header_bytes_max));
    parser_->body_limit(boost::none);  // ours is per route
    std::size_t consumed = 0;
    for (;;) {
        error_code error;
        const std::size_t used = parser_->put(buffer_.data(), error);
        buffer_.consume(used);
        consumed += used;
        if (parser_->is_header_done()) co_return error ? ReadEnd::malformed : ReadEnd::end;
        if (consumed + buffer_.size() > options_.header_bytes_max) co_return ReadEnd::too_large;
        if (error && error != http::error::need_more) co_return ReadEnd::malformed;
        const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - started_);
        if (spent >= options_.header_within) co_return ReadEnd::gone;
        if (!co_await receive(options_.header_within - spent)) co_return ReadEnd::gone;
    }
}

void Connection::forget_request()
{
    head_ = {};
    give_back();
    parser_.reset();
    route_name_ = "none";
    body_left_ = received_ = sent_ = 0;
    body_end_ = ReadEnd::end;
    continue_sent_ = false;
    keep_alive_ = true;
}

bool Connection::reserve(std::uint64_t bytes)
{
    if (bytes <= reserved_) return true;
    const std::uint64_t more = bytes - reserved_;
    if (shared_.buffered_bytes.fetch_add(more) + more > options_.buffered_bytes_max) {
        shared_.buffered_bytes.fetch_sub(more);
        return false;
    }
    reserved_ = bytes;
    return true;
}

void Connection::give_back()
{
    shared_.buffered_bytes.fetch_sub(std::exchange(reserved_, 0));
}

std::chrono::milliseconds Connection::body_patience() const
{
    const auto earned = std::chrono::milliseconds(received_ * 1000 / options_.body_bytes_per_second_min);
    const auto left = body_started_ + options_.body_within + earned - steady_clock::now();
    return std::min(options_.body_idle, std::chrono::duration_cast<std::chrono::milliseconds>(left));
}

// Behind the trusted proxy the last X-Forwarded-For element is the one the proxy itself wrote.
void Connection::believe_proxy()
{
    Request& request = head_.request;
    request.remote = remote_;
    request.trace = new_trace();
    if (options_.trusted_proxy.empty() || remote_ != options_.trusted_proxy) return;
    std::string_view chain = request.headers.find("X-Forwarded-For");
    if (const auto comma = chain.rfind(','); comma != std::string_view::npos) chain.remove_prefix(comma + 1);
    while (chain.starts_with(' ')) chain.remove_prefix(1);
    if (!chain.empty() && chain.size() <= 64) request.remote = chain;
    if (auto trace = trace_of(request.headers.find("traceparent"))) request.trace = std::move(*trace);
}

Task<bool> Connection::serve_one()
{
    forget_request();
    const ReadEnd end = co_await read_header();
    if (end == ReadEnd::gone) co_return false;

    std::optional<HeadRefusal> refusal;
    if (end == ReadEnd::too_large) {
        refusal = HeadRefusal{431, Error{http_problem::header_too_large}};
    } else if (end == ReadEnd::malformed) {
        refusal = HeadRefusal{400, Error{http_problem::bad_request}};
    } else {
        const HeadLimits limits{options_.header_bytes_max, options_.target_bytes_max};
        auto read = read_head(*parser_, limits);
        if (auto* no = std::get_if<HeadRefusal>(&read))
            refusal = std::move(*no);
        else
            head_ = std::move(std::get<Head>(read));
    }
    believe_proxy();
    if (refusal) {
        body_end_ = ReadEnd::more;  // unknown: what follows cannot be told apart
        Response answer = problem_response(refusal->error, head_.request.trace, refusal->status);
        co_return co_await refuse(std::move(answer));
    }

    keep_alive_ = head_.keep_alive && !shared_.stopping;
    body_left_ = head_.content_length.value_or(0);
    body_end_ = head_.has_body() ? ReadEnd::more : ReadEnd::end;
    body_started_ = steady_clock::now();

    auto match = shared_.router.match(head_.request.method, head_.request.path);
    head_.request.path_values = std::move(match.path_values);
    if (match.route != nullptr) route_name_ = match.route->pattern;
    if (match.route == nullptr && match.path_known) {
        Response answer = problem_response(http_problem::method_not_allowed, head_.request.trace, 405);
        co_return co_await refuse(std::move(answer));
    }
    if (match.route != nullptr && match.route->upload) co_return co_await serve_upload(*match.route);
    co_return co_await serve_ordinary(match.route);
}

Task<bool> Connection::serve_ordinary(const Route* route)
{
    const std::uint64_t limit = route != nullptr ? route->body_bytes_max : 0;
    if (body_end_ == ReadEnd::more && route == nullptr) {
        Response answer = problem_response(http_problem::not_found, head_.request.trace);
        co_return co_await refuse(std::move(answer));
    }
    if (body_left_ > limit) {
        Response answer = problem_response(http_problem::body_too_large, head_.request.trace);
        co_return co_await refuse(std::move(answer));
    }
    if (!co_await read_ordinary_body(limit)) {
        if (body_end_ == ReadEnd::gone) co_return false;
        const Problem& why = body_end_ == ReadEnd::too_large ? http_problem::body_too_large
                             : body_end_ == ReadEnd::no_room ? http_problem::overloaded
                                                             : http_problem::bad_request;
        Response answer = problem_response(why, head_.request.trace);
        co_return co_await refuse(std::move(answer));
    }

    Response answer;
    auto work = [this, route, &answer] {
        Request& request = head_.request;
        answer = answer_of(request.trace, [&] {
            if (route == nullptr) {
                auto file = shared_.files.answer(request);
                if (file) route_name_ = "static";
                return file ? std::move(*file) : problem_response(http_problem::not_found, request.trace);
            }
            return route->handler(request);
        });
        gzip_if_useful(request, answer);
    };
    if (!co_await on_worker(work, WorkerPool::Admission::bounded))
        answer = problem_response(http_problem::overloaded, head_.request.trace);
    co_return co_await send(std::move(answer));
}

Task<bool> Connection::send_continue()
{
    if (!head_.expects_continue || continue_sent_ || buffer_.size() > 0) co_return true;
    continue_sent_ = true;
    constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::array<asio::const_buffer, 1> buffers{asio::buffer(text)};
    co_return co_await write_all(buffers);
}

Task<bool> Connection::read_ordinary_body(std::uint64_t bytes_max)
{
    if (body_end_ == ReadEnd::end) co_return true;
    if (!co_await send_continue()) {
        body_end_ = ReadEnd::gone;
        co_return false;
    }
    std::string& body = head_.request.body;
    while (body_end_ == ReadEnd::more) {
        // Grows with what arrives: a promise of a megabyte alone costs nothing.
        const std::size_t before = body.size();
        const std::size_t left = head_.chunked ? 64 * 1024 : static_cast<std::size_t>(body_left_);
        const std::size_t step = std::min<std::size_t>(left, std::max<std::size_t>(64 * 1024, before));
        if (!reserve(before + step)) {
            body = {};
            give_back();
            body_end_ = ReadEnd::no_room;
            co_return false;
        }
        body.resize(before + step);
        const std::size_t got = co_await read_body(body.data() + before, step);
        body.resize(before + got);
        if (body.size() > bytes_max) body_end_ = ReadEnd::too_large;
    }
    co_return body_end_ == ReadEnd::end;
}

Task<std::size_t> Connection::read_body(char* to, std::size_t room)
{
    std::size_t filled = 0;
    while (filled < room && body_end_ == ReadEnd::more) {
        std::size_t got = 0;
        if (head_.chunked)
            got = co_await read_chunked(to + filled, room - filled);
        else
            got = co_await read_plain(to + filled, room - filled);
        filled += got;
        received_ += got;
    }
    co_return filled;
}

// With Content-Length the bytes go from the socket to where they are wanted, past the parser and its buffer.
Task<std::size_t> Connection::read_plain(char* to, std::size_t room)
{
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room, body_left_));
    std::size_t got = std::min(wanted, buffer_.size());
    if (got > 0) {
        std::copy_n(static_cast<const char*>(buffer_.data().data()), got, to);
        buffer_.consume(got);
    } else {
        expect_within(body_patience());
        error_code error;
        const auto target = asio::buffer(to, wanted);
        got = co_await socket_.async_read_some(target, asio::redirect_error(awaiting, error));
        expect_nothing();
        if (error || got == 0) {
            body_end_ = ReadEnd::gone;
            co_return 0;
        }
    }
    body_left_ -= got;
    if (body_left_ == 0) body_end_ = ReadEnd::end;
    co_return got;
}

Task<std::size_t> Connection::read_chunked(char* to, std::size_t room)
{
    auto& body = parser_->get().body();
    body.data = to;
    body.size = room;
    body.more = true;
    for (;;) {
        error_code error = http::error::need_more;
        std::size_t used = 0;
        if (buffer_.size() > 0) {
            used = parser_->put(buffer_.data(), error);
            buffer_.consume(used);
        }
        const std::size_t got = room - body.size;
        if (parser_->is_done()) {
            body_end_ = ReadEnd::end;
            co_return got;
        }
        if (error && error != http::error::need_more && error != http::error::need_buffer) {
            body_end_ = ReadEnd::malformed;
            co_return got;
        }
        if (got > 0) co_return got;
        if (!error || (used > 0 && buffer_.size() > 0)) continue;
        if (buffer_.size() > options_.header_bytes_max) {  // a chunk extension or trailer without end
            body_end_ = ReadEnd::malformed;
            co_return 0;
        }
        if (!co_await receive(body_patience())) {
            body_end_ = ReadEnd::gone;
            co_return 0;
        }
    }
}

// Two buffers: while a worker writes one into the sink, the socket fills the other.
Task<bool> Connection::serve_upload(const Route& route)
{
    Request& request = head_.request;
    std::unique_ptr<BodySink> sink;
    std::optional<Response> answer;
    auto decide = [this, &route, &request, &sink, &answer] {
        Response failure = answer_of(request.trace, [&] {
            auto decision = route.upload(request);
            if (auto* refusal = std::get_if<Response>(&decision))
                answer = std::move(*refusal);
            else
                sink = std::move(std::get<std::unique_ptr<BodySink>>(decision));
            TONGBAN_ASSERT(answer || sink);
            return Response{};
        });
        if (!answer && !sink) answer = std::move(failure);
    };
    if (!co_await on_worker(decide, WorkerPool::Admission::bounded))
        answer = problem_response(http_problem::overloaded, request.trace);
    if (answer) co_return co_await refuse(std::move(*answer));
    if (body_end_ == ReadEnd::more && !co_await send_continue()) body_end_ = ReadEnd::gone;

    const std::size_t chunk = static_cast<std::size_t>(
        head_.chunked ? options_.upload_chunk_bytes : std::min<std::uint64_t>(options_.upload_chunk_bytes, body_left_));
    std::array<std::unique_ptr<char[]>, 2> buffers;
    std::optional<Gate> writing;
    std::string_view written;
    auto write = [&request, &sink, &answer, &written] {
        bool returned = false;
        Response failure = answer_of(request.trace, [&] {
            const Result<void> result = sink->write(written);
            if (!result) answer = problem_response(result.error(), request.trace);
            returned = true;
            return Response{};
        });
        if (!returned) answer = std::move(failure);
    };
    for (std::size_t turn = 0; body_end_ == ReadEnd::more; turn = 1 - turn) {
        if (!buffers[turn]) buffers[turn] = std::make_unique_for_overwrite<char[]>(chunk);
        const std::size_t got = co_await read_body(buffers[turn].get(), chunk);
        if (writing) co_await writing->wait();
        writing.reset();
        if (answer || body_end_ == ReadEnd::gone || body_end_ == ReadEnd::malformed || got == 0) break;
        written = {buffers[turn].get(), got};
        writing.emplace();
        start_on_worker(*writing, write, WorkerPool::Admission::always);
    }
    if (writing) co_await writing->wait();

    const bool complete = !answer && body_end_ == ReadEnd::end;
    auto finish = [&request, &sink, &answer, complete] {
        if (complete) answer = answer_of(request.trace, [&] { return sink->finish(); });
        answer_of(request.trace, [&] {
            sink.reset();
            return Response{};
        });
    };
    co_await on_worker(finish, WorkerPool::Admission::always);
    if (complete) co_return co_await send(std::move(*answer));
    if (body_end_ == ReadEnd::gone) {
        log_access(0);
        co_return false;
    }
    if (!answer) answer = problem_response(http_problem::bad_request, request.trace);
    co_return co_await refuse(std::move(*answer));
}

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

template <class Buffers>
Task<bool> Connection::write_all(Buffers buffers)
{
    std::size_t left = asio::buffer_size(buffers);
    std::size_t at = 0;  // first buffer not written completely
    while (left > 0) {
        expect_within(options_.write_idle);
        error_code error;
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

// The route's pattern instead of the path: paths may name people's things. Status 0: the client did not get an answer.
void Connection::log_access(int status)
{
    if (!log_wants(LogLevel::info)) return;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - started_);
    LogLine(LogLevel::info, "http.access")
        .text("trace", head_.request.trace)
        .text("remote", head_.request.remote)
        .text("method", to_text(head_.request.method))
        .text("route", route_name_)
        .number("status", status)
        .number("bytes_in", static_cast<std::int64_t>(received_))
        .number("bytes_out", static_cast<std::int64_t>(sent_))
        .number("us", took.count());
}

}  // namespace

Task<> serve_connection(Shared& shared, Loop& loop, Socket socket)
{
    Connection connection(shared, loop, std::move(socket));
    while (co_await connection.serve_one()) {
    }
}

}  // namespace tongban
