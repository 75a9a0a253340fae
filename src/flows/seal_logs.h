#pragma once
// The journals as transparency logs: what waits is sealed, other registries are asked to witness, and what waits too
// long or was refused by a witness is told to the operator. Called in rounds by server/wiring, off every request's
// path.

#include <boost/describe.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/exchange/core/exchange.h"
#include "modules/journal/log_store.h"

namespace tongban {

namespace message_kind {
inline constexpr std::string_view log_checkpoint = "log.checkpoint";  // log → witness: the newest, and that it grew
inline constexpr std::string_view log_witnessed = "log.witnessed";    // witness → log: its line, or where it stands
}  // namespace message_kind

struct LogCheckpointMessage {
    std::string note;
    std::int64_t from = 0;           // the size that the proof begins with
    std::vector<std::string> proof;  // hex
};
BOOST_DESCRIBE_STRUCT(LogCheckpointMessage, (), (note, from, proof))

struct LogWitnessedMessage {
    std::int64_t size = 0;  // of the checkpoint that was asked about
    std::int64_t known = 0;
    std::string line;  // empty: not signed
};
BOOST_DESCRIBE_STRUCT(LogWitnessedMessage, (), (size, known, line))

class SealLogs {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        TransparencyLog& log;
        Exchange& exchange;
    };
    // `alarm`: one English line for the operator.
    SealLogs(Parts parts, std::function<void(std::string_view)> alarm) : parts_(parts), alarm_(std::move(alarm)) {}

    // Seals everything that waits and asks witnesses where a new checkpoint is old enough. Gives how many events.
    std::size_t round();

    Result<void> take_checkpoint(Sql& sql, const Message& message);
    Result<void> take_witnessed(Sql& sql, const Message& message);

    // Waiting longer than this is an alarm.
    static constexpr Millis waiting_max = 60'000;
    // A witness is asked so often and not more: its word covers everything sealed until then.
    static constexpr Millis witness_every = 10'000;
    static constexpr std::size_t witnesses_each = 2;

private:
    void ask(const LogStanding& log, const std::vector<LogStanding>& all);
    void warn(const LogStanding& log, Millis now);

    Parts parts_;
    std::function<void(std::string_view)> alarm_;
    std::map<Agency, Millis> warned_;  // one line a minute and registry; used by the one thread of round()
};

// Of `log`, among the registries with a log: the next ones in the order of their codes.
std::vector<Agency> witnesses_of(Agency log, const std::vector<LogStanding>& all, std::size_t count);

void add_log_handlers(Exchange& exchange, SealLogs& flow);

}  // namespace tongban
