#pragma once
// Following transparency logs from outside, trusting nobody: remembers the right edge of every tree it saw, recomputes
// each new root from the tiles, and says what does not fit. Pure but for what it asks of its LogSource.

#include <boost/describe.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/trust.h"
#include "modules/journal/core/checkpoint.h"
#include "modules/journal/core/log_tiles.h"

namespace tongban {

// Where a monitor reads; over HTTP in server/monitor.cc. Throws SourceFailed when there is no answer of that kind.
struct SourceFailed : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct LogListing {
    Agency agency = 0;
    Millis waiting_since = 0;  // of the oldest event without a seal; 0: none
    bool is_shorter = false;
};
class LogSource {
public:
    virtual ~LogSource() = default;
    virtual std::vector<LogListing> logs() = 0;
    virtual std::string checkpoint(Agency agency) = 0;
    virtual std::string certificate(Agency agency) = 0;  // PEM
    virtual std::string tile(Agency agency, TileName name, std::uint64_t width) = 0;
    virtual merkle::Proof consistency(Agency agency, std::uint64_t from, std::uint64_t size) = 0;
};

// What was seen of one log and held good.
struct FollowedLog {
    Agency agency = 0;
    std::int64_t size = 0;
    std::vector<std::string> edge;  // hex
    std::string note;               // the checkpoint, as it was signed
    Millis seen_at = 0;
};
BOOST_DESCRIBE_STRUCT(FollowedLog, (), (agency, size, edge, note, seen_at))
struct MonitorState {
    std::vector<FollowedLog> logs;
};
BOOST_DESCRIBE_STRUCT(MonitorState, (), (logs))

enum class LogFault {
    fork,
    rollback,
    inconsistent,
    bad_signature,
    unknown_root,
    malformed,
    vanished,
    stale,
    shorter,
    unreachable
};
std::string_view to_text(LogFault fault);
std::string_view chinese(LogFault fault);

struct MonitorFinding {
    Agency agency = 0;
    LogFault fault = LogFault::unreachable;
    std::string detail;
    std::string note;       // what was shown, for the record
    std::string seen_note;  // what had been seen before
};

struct MonitorRound {
    std::vector<MonitorFinding> findings;  // empty: everything fits
    std::uint64_t events = 0;              // new ones that were followed
    std::size_t logs = 0;
};

struct MonitorOptions {
    Millis now = 0;
    Millis stale_after = 300'000;  // an event must have a seal by then
};

// Looks at every log once. `state` goes forward only over what held good.
MonitorRound follow_logs(LogSource& source, MonitorState& state, SignatureJudge& judge, const MonitorOptions& options);

}  // namespace tongban
