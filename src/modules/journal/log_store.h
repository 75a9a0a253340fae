#pragma once
// The journal of a registry as a transparency log in the database: sealed in batches off the request path. Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/trust.h"
#include "modules/journal/core/checkpoint.h"
#include "modules/journal/core/log_tiles.h"

namespace tongban {

struct LogStanding {
    Agency agency = 0;
    std::uint64_t events = 0;      // in the journal
    std::uint64_t sealed = 0;      // of them
    Millis sealed_at = 0;          // when something was sealed last; 0: never
    Millis waiting_since = 0;      // of the oldest event that is not sealed; 0: none waits
    std::uint64_t asked_size = 0;  // of the checkpoint that witnesses were last asked about
    Millis asked_at = 0;
    bool is_shorter() const { return events < sealed; }  // the journal has lost events that were sealed
};

struct LogAlarm {
    Agency witness = 0;
    Agency log = 0;
    std::string kind;  // fork, rollback, inconsistent, bad_signature
    std::uint64_t size = 0;
    Millis at = 0;
};

class TransparencyLog {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        AgencySigner& signer;
        AgencyCertificates& certificates;
        SignatureJudge& judge;
    };
    explicit TransparencyLog(Parts parts) : parts_(parts) {}

    // All registries that have a journal.
    std::vector<LogStanding> standings();
    std::vector<LogAlarm> alarms(int rows_max);  // newest first

    // Seals what waits in `agency`, one batch: new tiles and a signed checkpoint. Gives how many events were sealed; 0
    // when none waited or another worker has the lease. Blocks for two commits of the registry's lane.
    std::size_t seal(Agency agency);

    // Below: inside a transaction of the caller.

    // With the lines of its witnesses. `size` 0: the newest. journal.log_no_checkpoint
    Result<std::string> checkpoint(Sql& sql, Agency agency, std::uint64_t size);
    // The first one that covers event `seq`, preferring one that a witness signed; nothing while it waits for its seal.
    std::optional<std::uint64_t> covering(Sql& sql, Agency agency, std::uint64_t seq);
    // Raw hashes; empty when there is no such tile.
    std::string tile(Sql& sql, Agency agency, TileName name);
    // journal.log_range when the log is not that long or the event is not in it.
    Result<merkle::Proof> inclusion(Sql& sql, Agency agency, std::uint64_t seq, std::uint64_t size);
    Result<merkle::Proof> consistency(Sql& sql, Agency agency, std::uint64_t from, std::uint64_t size);

    // The witness's side: keeps what it saw and gives its line, or keeps the proof of a fault and gives nothing.
    // `from` and `proof`: consistency with the checkpoint of that size. `known`: the size it has seen before, for the
    // log to try again with.
    struct Witnessed {
        std::string line;  // empty: not signed
        std::uint64_t known = 0;
        std::string alarm;  // kind, when there is one
    };
    Witnessed witness(Sql& sql, Agency witness, const std::string& note, std::uint64_t from,
                      const merkle::Proof& proof);
    // The log's side: what came back. A line that does not fit is dropped.
    void take_witness(Sql& sql, Agency agency, Agency witness, std::uint64_t size, const Witnessed& word);
    std::uint64_t witness_size(Sql& sql, Agency agency, Agency witness);
    void note_asked(Sql& sql, Agency agency, std::uint64_t size, Millis at);

private:
    TileSource tiles_of(Sql& sql, Agency agency);
    std::uint64_t size_of(Sql& sql, Agency agency);

    Parts parts_;
};

// Recomputes tree and checkpoints of `agency` from its journal: the first thing that is wrong, or nothing. English, for
// the operator.
std::optional<std::string> verify_log(Database& database, Agency agency, AgencyCertificates& certificates,
                                      SignatureJudge& judge);

}  // namespace tongban
