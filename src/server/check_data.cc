#include <fmt/format.h>

#include "platform/log/log.h"
#include "server/subcommands.h"
#include "server/wiring.h"

namespace tongban {

int check_data(const Config& config)
{
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);  // loading checks catalogue and calendars
    const std::vector<std::string> faults = platform.faults();
    for (const std::string& fault : faults) fmt::print("{}\n", fault);
    fmt::print("catalogue, journal chains, logs, folds, books: {} wrong\n", faults.size());
    return faults.empty() ? 0 : 1;
}

}  // namespace tongban
