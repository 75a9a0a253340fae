#pragma once
// The HTTP/1.1 server: strict parsing by Boost.Beast, one event loop thread (or a few), blocking handlers on a bounded
// pool of workers. Every read and write has a deadline, every header, body and queue a limit. TLS is the business of
// the reverse proxy in front (packaging/nginx).
//
// Threading: start() and stop() belong to one owner; handlers run on many workers at once.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "base/http.h"

namespace tongban {

struct HttpServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one, see HttpServer::port()
    int io_threads = 1;
    int worker_threads = 64;
    // Of them at once, waits not counted (base/blocking.h). Some more than cores: a short wait that nobody announced
    // (a page from the disk, a lock) shall not leave a core idle.
    int running_max = static_cast<int>(std::thread::hardware_concurrency()) + 2;
    std::size_t queue_max = 1024;  // requests waiting for a worker; more are answered 503 with Retry-After
    std::size_t connections_max = 10'000;
    std::string static_root = {};    // folder of the built web (holds index.html); empty: no static files
    std::string trusted_proxy = {};  // address whose X-Forwarded-For and traceparent are believed; empty: nobody's

    std::size_t header_bytes_max = 16 * 1024;
    std::size_t target_bytes_max = 8 * 1024;
    // Bodies of ordinary requests held at one moment, of all connections; more are answered 503 with Retry-After.
    std::uint64_t buffered_bytes_max = 256ULL << 20;
    std::size_t upload_chunk_bytes = 512 * 1024;  // a running upload costs two of these

    std::chrono::milliseconds header_within{15'000};      // from the first byte of a request to the end of its header
    std::chrono::milliseconds keep_alive_within{60'000};  // between two requests of a connection
    std::chrono::milliseconds body_idle{30'000};
    // A body has this long and one second more for every so many bytes that came: trickling keeps nobody waiting.
    std::chrono::milliseconds body_within{60'000};
    std::uint64_t body_bytes_per_second_min = 16 * 1024;
    std::chrono::milliseconds write_idle{30'000};
    std::chrono::milliseconds linger_within{10'000};  // reading on after an early refusal, so that it is seen
    std::chrono::milliseconds stop_within{10'000};
    std::chrono::milliseconds sweep_every{500};  // how exactly deadlines are kept
};

class HttpServer {
public:
    // `router` must outlive the server and not change any more.
    HttpServer(const Router& router, HttpServerOptions options);
    ~HttpServer();  // stops

    // Binds and begins to serve; throws std::system_error when the address is taken.
    void start();
    // Stops accepting, lets running requests finish within `stop_within`, then cuts the rest; returns when every
    // handler has returned.
    void stop();
    std::uint16_t port() const;

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace tongban
