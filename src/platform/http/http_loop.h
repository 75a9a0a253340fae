#pragma once
// One event loop with its thread and the connections it serves. Internal to platform/http.

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <thread>
#include <unordered_set>

#include "platform/http/http_server.h"
#include "platform/http/static_files.h"
#include "platform/http/worker_pool.h"

namespace tongban {

namespace asio = boost::asio;

// The concrete executor instead of any_io_executor: a quarter less CPU per request (stack.md 1).
using LoopExecutor = asio::io_context::executor_type;
template <class T = void>
using Task = asio::awaitable<T, LoopExecutor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, LoopExecutor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, LoopExecutor>;
inline constexpr asio::use_awaitable_t<LoopExecutor> awaiting{};
using TimePoint = std::chrono::steady_clock::time_point;

// What the sweep looks at. Instead of a timer per operation, one sweep a loop closes what is over its deadline.
struct Deadline {
    Socket* socket = nullptr;
    TimePoint at = TimePoint::max();  // max: nothing is being waited for from the peer
    bool between_requests = true;     // may be closed at once when the server stops
};

struct Loop {
    asio::io_context io{1};
    std::unordered_set<Deadline*> connections;
    std::thread thread;
};

// What all connections share; read-only but for the pool and the counters.
struct Shared {
    const Router& router;
    const HttpServerOptions options;
    StaticFiles files{options.static_root};
    WorkerPool pool{options.worker_threads, options.running_max, options.queue_max};
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> connections{0};
    std::atomic<std::uint64_t> buffered_bytes{0};
};

// Serves one connection until it ends.
Task<> serve_connection(Shared& shared, Loop& loop, Socket socket);

}  // namespace tongban
