// A body that is handed over while it comes in.
#include <algorithm>

#include "platform/http/answer.h"
#include "platform/http/http_connection.h"

namespace tongban {

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

}  // namespace tongban
