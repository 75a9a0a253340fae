#include "sandbox/sandbox.h"

#include <fmt/format.h>

#include <filesystem>

#include "platform/clock/system_clock.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/time_stamp.h"
#include "platform/http/http_client.h"
#include "platform/http/http_server.h"
#include "platform/log/log.h"
#include "platform/objects/local_objects.h"
#include "server/paths.h"
#include "server/subcommands.h"
#include "server/until_stopped.h"

namespace tongban {

int run_sandbox(const Config& config)
{
    if (!config.demonstration)
        throw std::runtime_error("the sandbox belongs to demonstrations only (demonstration = true)");
    const StopSignals signals;
    start_log(config.log);
    const Paths paths(config);
    std::filesystem::create_directories(paths.keys);

    create_demo_ca(paths.authority);
    PlainHttpClient client;
    SystemClock clock;
    const auto authority = make_time_stamp_authority(paths.authority, clock);
    SystemIds ids;
    const auto port = static_cast<std::uint16_t>(config.listen.port + 1);
    Sandbox sandbox(client, clock, ids,
                    {.public_url = fmt::format("http://{}:{}", config.listen.address, port),
                     .payment_secret = load_or_create_key(paths.payment_secret),
                     .liveness_secret = load_or_create_key(paths.liveness_secret),
                     .time_stamps = [&](std::string_view request) { return authority->answer(request); }});
    Router router;
    sandbox.add_routes(router);
    HttpServer server(router, {.address = config.listen.address, .port = port, .worker_threads = 16});
    server.start();
    LogLine(LogLevel::info, "sandbox.ready").number("port", server.port());
    signals.wait();
    server.stop();
    return 0;
}

}  // namespace tongban
