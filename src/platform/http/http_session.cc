// Requests of one connection, one after another: which handler, which refusal, what the log says of it.
#include "platform/http/answer.h"
#include "platform/http/http_connection.h"
#include "platform/log/log.h"

namespace tongban {

using std::chrono::steady_clock;

Connection::Connection(Shared& shared, Loop& loop, Socket socket)
    : shared_(shared), options_(shared.options), loop_(loop), socket_(std::move(socket))
{
    boost::beast::error_code ignored;
    remote_ = socket_.remote_endpoint(ignored).address().to_string();
    deadline_.socket = &socket_;
    loop_.connections.insert(&deadline_);
}

Connection::~Connection()
{
    give_back();
    loop_.connections.erase(&deadline_);
    shared_.connections.fetch_sub(1, std::memory_order_relaxed);
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

Task<> serve_connection(Shared& shared, Loop& loop, Socket socket)
{
    Connection connection(shared, loop, std::move(socket));
    while (co_await connection.serve_one()) {
    }
}

}  // namespace tongban
