#include "platform/http/http_server.h"

#include "platform/log/log.h"
#include "server/subcommands.h"
#include "server/until_stopped.h"
#include "server/wiring.h"

namespace tongban {

int serve(const Config& config)
{
    const StopSignals signals;
    start_log(config.log);
    Platform platform(config);
    HttpServer server(platform.router(), {.address = config.listen.address,
                                          .port = config.listen.port,
                                          .io_threads = config.listen.io_threads,
                                          .worker_threads = config.listen.worker_threads,
                                          .static_root = config.listen.static_root,
                                          .trusted_proxy = config.listen.trusted_proxy});
    platform.start_workers();
    server.start();
    LogLine(LogLevel::info, "serve.ready").number("port", server.port()).text("version", TONGBAN_VERSION);
    signals.wait();
    LogLine(LogLevel::info, "serve.stopping");
    server.stop();
    platform.stop_workers();
    return 0;
}

}  // namespace tongban
