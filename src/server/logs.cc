// admin logs: the transparency logs as an operator sees them.

#include <fmt/format.h>

#include "flows/seal_logs.h"
#include "platform/log/log.h"
#include "server/subcommands.h"
#include "server/wiring.h"

namespace tongban {

int list_logs(const Config& config)
{
    constexpr int alarms_max = 1000;
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    const Millis now = platform.clock().now();
    bool is_fine = true;
    for (const LogStanding& log : platform.log().standings()) {
        const bool is_late = log.waiting_since != 0 && now > log.waiting_since + SealLogs::waiting_max;
        is_fine = is_fine && !is_late && !log.is_shorter();
        const std::string waits = log.waiting_since == 0 ? std::string{}
                                                         : fmt::format("，待封存 {}，最早 {}", log.events - log.sealed,
                                                                       china_date_time(log.waiting_since));
        fmt::print("{}  已封存 {}/{}{}{}{}\n", log.agency, log.sealed, log.events, waits, is_late ? "  超时" : "",
                   log.is_shorter() ? "  日志短于已封存部分" : "");
    }
    const std::vector<LogAlarm> alarms = platform.log().alarms(alarms_max);
    for (const LogAlarm& alarm : alarms) {
        fmt::print("{}  见证机构 {} 拒绝了日志 {} 的检查点（{} 条）：{}\n", china_date_time(alarm.at), alarm.witness,
                   alarm.log, alarm.size, alarm.kind);
    }
    return is_fine && alarms.empty() ? 0 : 1;
}

}  // namespace tongban
