// The smallest server with an upload route to the object store: what bench/upload.sh measures when it is given no
// other.
//     upload_server FOLDER PORT
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "platform/http/http_server.h"
#include "platform/log/log.h"
#include "platform/objects/local_objects.h"

using namespace tongban;

namespace {

class ObjectSink : public BodySink {
public:
    ObjectSink(std::unique_ptr<ObjectWriter> writer, std::string trace)
        : writer_(std::move(writer)), trace_(std::move(trace))
    {
    }
    Result<void> write(std::string_view chunk) override { return writer_->write(chunk); }
    Response finish() override
    {
        const auto stored = writer_->commit();
        if (!stored) return problem_response(stored.error(), trace_);
        return Response::json(201, "{\"digest\":\"" + stored->digest + "\"}");
    }

private:
    std::unique_ptr<ObjectWriter> writer_;
    std::string trace_;
};

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("usage: upload_server FOLDER PORT\n", stderr);
        return 2;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    start_log({LogLevel::warning, {}});

    LocalObjects objects({.folder = argv[1], .master_key = std::string(32, 'b')});
    Router router;
    Route upload{.method = Method::put, .pattern = "/api/files/{name}", .handler = {}, .upload = {}};
    upload.upload = [&](Request& request) -> std::variant<Response, std::unique_ptr<BodySink>> {
        auto writer = objects.create(2ULL << 30);
        if (!writer) return problem_response(writer.error(), request.trace);
        return std::make_unique<ObjectSink>(std::move(*writer), request.trace);
    };
    router.add(std::move(upload));
    HttpServer server(router, {.port = static_cast<std::uint16_t>(std::atoi(argv[2]))});
    server.start();
    int signal = 0;
    sigwait(&ends, &signal);
    server.stop();
    return 0;
}
