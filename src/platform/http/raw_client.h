#pragma once
// A client for tests that says exactly what it is told, byte by byte, and believes nothing.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "base/http.h"

namespace tongban {

struct RawAnswer {
    int status = 0;
    Headers headers;
    std::string body;
    std::string_view header(std::string_view name) const { return headers.find(name); }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
            ::close(fd_);
            throw std::runtime_error("cannot connect");
        }
        const timeval patience{10, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), pending_(std::move(other.pending_)) {}
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient()
    {
        if (fd_ >= 0) ::close(fd_);
    }

    bool try_send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t put = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (put <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return true;
    }
    void send(std::string_view bytes)
    {
        if (!try_send(bytes)) throw std::runtime_error(fmt::format("cannot send: {}", std::strerror(errno)));
    }

    RawAnswer receive_head()
    {
        while (pending_.find("\r\n\r\n") == std::string::npos) more();
        const std::size_t end = pending_.find("\r\n\r\n");
        std::string head = pending_.substr(0, end + 2);
        pending_.erase(0, end + 4);
        RawAnswer answer;
        answer.status = std::stoi(head.substr(9, 3));
        std::size_t at = head.find("\r\n") + 2;
        while (at < head.size()) {
            const std::size_t stop = head.find("\r\n", at);
            const std::size_t colon = head.find(": ", at);
            answer.headers.add(head.substr(at, colon - at), head.substr(colon + 2, stop - colon - 2));
            at = stop + 2;
        }
        return answer;
    }

    // Throws when the connection ends before the answer does.
    RawAnswer receive()
    {
        RawAnswer answer = receive_head();
        if (answer.header("Transfer-Encoding") == "chunked") {
            for (;;) {
                while (pending_.find("\r\n") == std::string::npos) more();
                const std::size_t size = std::stoul(pending_, nullptr, 16);
                pending_.erase(0, pending_.find("\r\n") + 2);
                answer.body += take(size);
                take(2);
                if (size == 0) return answer;
            }
        }
        if (answer.headers.has("Content-Length"))
            answer.body = take(std::stoul(std::string(answer.header("Content-Length"))));
        return answer;
    }

    bool is_closed_within(std::chrono::milliseconds within)
    {
        pollfd one{fd_, POLLIN, 0};
        if (::poll(&one, 1, static_cast<int>(within.count())) <= 0) return false;
        char byte = 0;
        return ::recv(fd_, &byte, 1, MSG_PEEK) <= 0;
    }
    // Without reading anything.
    bool was_reset_within(std::chrono::milliseconds within)
    {
        const auto end = std::chrono::steady_clock::now() + within;
        while (std::chrono::steady_clock::now() < end) {
            pollfd one{fd_, POLLRDHUP, 0};
            if (::poll(&one, 1, 50) > 0 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) return true;
        }
        return false;
    }

private:
    void more()
    {
        char block[65536];
        const ssize_t got = ::recv(fd_, block, sizeof block, 0);
        if (got <= 0) throw std::runtime_error("connection ended");
        pending_.append(block, static_cast<std::size_t>(got));
    }
    std::string take(std::size_t bytes)
    {
        while (pending_.size() < bytes) more();
        std::string taken = pending_.substr(0, bytes);
        pending_.erase(0, bytes);
        return taken;
    }

    int fd_;
    std::string pending_;
};

}  // namespace tongban
