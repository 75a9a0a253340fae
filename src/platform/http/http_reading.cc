// The request comes in: its head through the parser, its body past it where the length is known. Deadlines and the
// common budget of buffered bytes are kept here.
#include <algorithm>

#include "platform/http/http_connection.h"

namespace tongban {

namespace http = boost::beast::http;
using boost::beast::error_code;
using std::chrono::steady_clock;

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

}  // namespace tongban
