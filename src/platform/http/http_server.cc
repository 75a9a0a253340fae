#include "platform/http/http_server.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <system_error>
#include <vector>

#include "platform/http/http_loop.h"
#include "platform/log/log.h"

namespace tongban {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, LoopExecutor>;
using boost::system::error_code;
using std::chrono::steady_clock;

void ended(std::exception_ptr failure)
{
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        LogLine(LogLevel::error, "http.connection_failed").text("what", e.what());
    }
}

// Closes what is over its deadline; while stopping, also what waits for its next request.
Task<> sweep(Shared& shared, Loop& loop, Timer& timer)
{
    for (;;) {
        timer.expires_after(shared.options.sweep_every);
        error_code error;
        co_await timer.async_wait(asio::redirect_error(awaiting, error));
        const auto now = steady_clock::now();
        for (Deadline* connection : loop.connections) {
            const bool idle = shared.stopping && connection->between_requests;
            if (connection->at > now && !idle) continue;
            error_code ignored;
            connection->socket->close(ignored);  // its pending operation ends with an error
        }
    }
}

}  // namespace

struct HttpServer::Core {
    Core(const Router& router, HttpServerOptions options) : shared{router, std::move(options)}
    {
        for (int i = 0; i < std::max(1, shared.options.io_threads); ++i) loops.push_back(std::make_unique<Loop>());
    }

    void listen();
    Task<> accept();
    void run_on_loops(const std::function<void(Loop&)>& work);

    Shared shared;
    std::vector<std::unique_ptr<Loop>> loops;
    std::vector<std::unique_ptr<Timer>> sweepers;
    std::optional<Acceptor> acceptor;
    std::uint16_t port = 0;
    bool running = false;
};

void HttpServer::Core::listen()
{
    const auto address = asio::ip::make_address(shared.options.address);
    const asio::ip::tcp::endpoint endpoint(address, shared.options.port);
    acceptor.emplace(loops.front()->io.get_executor());
    acceptor->open(endpoint.protocol());
    acceptor->set_option(asio::socket_base::reuse_address(true));
    acceptor->bind(endpoint);
    acceptor->listen(4096);
    port = acceptor->local_endpoint().port();
}

Task<> HttpServer::Core::accept()
{
    std::size_t next = 0;
    Timer pause(loops.front()->io.get_executor());
    while (!shared.stopping) {
        Loop& loop = *loops[next++ % loops.size()];
        Socket socket(loop.io.get_executor());
        error_code error;
        const bool full = shared.connections >= shared.options.connections_max;
        if (!full) co_await acceptor->async_accept(socket, asio::redirect_error(awaiting, error));
        if (full || error) {
            if (shared.stopping || error == asio::error::operation_aborted) co_return;
            // Out of descriptors or full: the queue of the kernel waits with us instead of us spinning.
            if (error) LogLine(LogLevel::warning, "http.accept_failed").text("what", error.message());
            error_code ignored;
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(awaiting, ignored));
            continue;
        }
        error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        shared.connections.fetch_add(1, std::memory_order_relaxed);
        // On the loop's own thread: it alone touches its connections.
        asio::post(loop.io, [this, &loop, kept = std::make_shared<Socket>(std::move(socket))] {
            asio::co_spawn(loop.io.get_executor(), serve_connection(shared, loop, std::move(*kept)), ended);
        });
    }
}

void HttpServer::Core::run_on_loops(const std::function<void(Loop&)>& work)
{
    for (auto& loop : loops) {
        std::promise<void> done;
        asio::post(loop->io, [&] {
            work(*loop);
            done.set_value();
        });
        done.get_future().wait();
    }
}

HttpServer::HttpServer(const Router& router, HttpServerOptions options)
    : core_(std::make_unique<Core>(router, std::move(options)))
{
}

HttpServer::~HttpServer()
{
    stop();
}

std::uint16_t HttpServer::port() const
{
    return core_->port;
}

void HttpServer::start()
{
    TONGBAN_ASSERT(!core_->running);
    core_->listen();
    core_->running = true;
    asio::co_spawn(core_->loops.front()->io.get_executor(), core_->accept(), ended);
    for (auto& loop : core_->loops) {
        core_->sweepers.push_back(std::make_unique<Timer>(loop->io.get_executor()));
        asio::co_spawn(loop->io.get_executor(), sweep(core_->shared, *loop, *core_->sweepers.back()), ended);
        loop->thread = std::thread([&io = loop->io] { io.run(); });
    }
    LogLine(LogLevel::info, "http.listening").text("address", core_->shared.options.address).number("port", port());
}

void HttpServer::stop()
{
    if (!core_->running) return;
    core_->running = false;
    Shared& shared = core_->shared;
    shared.stopping = true;
    core_->run_on_loops([this](Loop& loop) {
        error_code ignored;
        if (&loop == core_->loops.front().get()) core_->acceptor->close(ignored);
        for (Deadline* connection : loop.connections)
            if (connection->between_requests) connection->socket->close(ignored);
    });
    const auto deadline = steady_clock::now() + shared.options.stop_within;
    while (shared.connections > 0 && steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    core_->run_on_loops([](Loop& loop) {
        error_code ignored;
        for (Deadline* connection : loop.connections) connection->socket->close(ignored);
    });
    // A worker may still hold a request; its connection ends when the handler returns, so this wait ends with it.
    while (shared.connections > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    shared.pool.join();
    for (auto& loop : core_->loops) {
        loop->io.stop();
        loop->thread.join();
    }
    LogLine(LogLevel::info, "http.stopped");
}

}  // namespace tongban
