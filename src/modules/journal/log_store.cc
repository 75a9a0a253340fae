#include "modules/journal/log_store.h"

#include "base/bytes.h"
#include "modules/journal/journal_problems.h"
#include "sql/log_sql.h"

namespace tongban {
namespace {

constexpr Millis lease_time = 10'000;
constexpr std::int64_t batch = 8192;  // events in one seal: some milliseconds of hashing, a few tiles to write

std::int64_t number(std::uint64_t size)
{
    return static_cast<std::int64_t>(size);
}

}  // namespace

std::vector<LogStanding> TransparencyLog::standings()
{
    std::vector<LogStanding> all;
    const Result<void> done = parts_.database.read([&](Sql& sql) -> Result<void> {
        all.clear();
        for (const SqlRow& row : sql.query(sql::report_log_heads, {})) {
            LogStanding log;
            log.agency = static_cast<Agency>(row.integer(0));
            log.events = static_cast<std::uint64_t>(row.integer(1));
            log.sealed = static_cast<std::uint64_t>(row.integer(2));
            log.sealed_at = row.integer(3);
            log.asked_size = static_cast<std::uint64_t>(row.integer(4));
            log.asked_at = row.integer(5);
            if (log.events > log.sealed) {
                const auto first = sql.find(sql::log_event_at, {log.agency, row.integer(2) + 1});
                if (first) log.waiting_since = first->integer(0);
            }
            all.push_back(log);
        }
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return all;
}

std::vector<LogAlarm> TransparencyLog::alarms(int rows_max)
{
    std::vector<LogAlarm> all;
    const Result<void> done = parts_.database.read([&](Sql& sql) -> Result<void> {
        all.clear();
        for (SqlRow& row : sql.query(sql::report_log_alarms, {std::int64_t{rows_max}})) {
            all.push_back({static_cast<Agency>(row.integer(0)), static_cast<Agency>(row.integer(1)), row.take_text(2),
                           static_cast<std::uint64_t>(row.integer(3)), row.integer(4)});
        }
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return all;
}

// Hashing and signing happen between two short units of work: nobody's request waits behind them.
std::size_t TransparencyLog::seal(Agency agency)
{
    const Millis now = parts_.clock.now();
    std::optional<std::uint64_t> size;
    const Result<void> leased = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        size.reset();
        const SqlRows rows = sql.query(sql::log_lease, {agency, now, now + lease_time});
        if (!rows.empty()) size = static_cast<std::uint64_t>(rows.front().integer(0));
        return {};
    });
    TONGBAN_ASSERT(leased.has_value());
    if (!size) return 0;

    std::map<TileName, std::string> grown;
    Checkpoint checkpoint;
    checkpoint.agency = agency;
    checkpoint.at = now;
    std::size_t added = 0;
    const Result<void> computed = parts_.database.read([&](Sql& sql) -> Result<void> {
        std::vector<merkle::Hash> leaves;
        for (const SqlRow& row : sql.query(sql::log_leaves, {agency, number(*size), batch}))
            leaves.push_back(leaf_of(row.text(0)));
        added = leaves.size();
        const TileSource stored = tiles_of(sql, agency);
        grown = grown_tiles(*size, leaves, stored);
        checkpoint.size = *size + added;
        checkpoint.root = merkle::root(checkpoint.size, node_reader([&](TileName name) {
                                           const auto found = grown.find(name);
                                           return found == grown.end() ? stored(name) : found->second;
                                       }));
        return {};
    });
    TONGBAN_ASSERT(computed.has_value());
    std::string note;
    if (added > 0) {
        const auto facts = parts_.judge.read(parts_.certificates.pem(agency));
        TONGBAN_ASSERT(facts.has_value());
        note = signed_checkpoint(checkpoint, parts_.signer, *facts);
    }

    const Result<void> saved = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        if (note.empty()) {
            sql.execute(sql::log_release, {agency});
            return {};
        }
        const SqlRows ours = sql.query(
            sql::log_grow, {agency, number(*size), number(checkpoint.size), hex_of(checkpoint.root), checkpoint.at});
        if (ours.empty()) {
            added = 0;
            return {};
        }
        for (const auto& [name, hashes] : grown)
            sql.execute(sql::log_tile_save, {agency, std::int64_t{name.level}, number(name.index), hex_of(hashes)});
        sql.execute(sql::log_checkpoint_add, {agency, number(checkpoint.size), checkpoint.at, note});
        return {};
    });
    TONGBAN_ASSERT(saved.has_value());
    return added;
}

TileSource TransparencyLog::tiles_of(Sql& sql, Agency agency)
{
    return [this, &sql, agency](TileName name) { return tile(sql, agency, name); };
}

std::uint64_t TransparencyLog::size_of(Sql& sql, Agency agency)
{
    const auto head = sql.find(sql::log_head, {agency});
    return head ? static_cast<std::uint64_t>(head->integer(0)) : 0;
}

std::string TransparencyLog::tile(Sql& sql, Agency agency, TileName name)
{
    const auto row = sql.find(sql::log_tile, {agency, std::int64_t{name.level}, number(name.index)});
    if (!row) return {};
    auto hashes = bytes_of_hex(row->text(0));
    if (!hashes) throw BrokenInvariant("a tile of the log is not hex");
    return std::move(*hashes);
}

Result<std::string> TransparencyLog::checkpoint(Sql& sql, Agency agency, std::uint64_t size)
{
    const std::uint64_t wanted = size == 0 ? size_of(sql, agency) : size;
    auto row = sql.find(sql::log_checkpoint, {agency, number(wanted)});
    if (!row) return Error{journal_problem::log_no_checkpoint};
    std::string note = row->take_text(0);
    for (const SqlRow& line : sql.query(sql::log_cosignatures, {agency, number(wanted)})) note += line.text(0);
    return note;
}

std::optional<std::uint64_t> TransparencyLog::covering(Sql& sql, Agency agency, std::uint64_t seq)
{
    for (const Statement* statement : {&sql::log_checkpoint_witnessed, &sql::log_checkpoint_covering}) {
        const SqlRows rows = sql.query(*statement, {agency, number(seq)});
        if (!rows.empty()) return static_cast<std::uint64_t>(rows.front().integer(0));
    }
    return std::nullopt;
}

Result<merkle::Proof> TransparencyLog::inclusion(Sql& sql, Agency agency, std::uint64_t seq, std::uint64_t size)
{
    if (seq == 0 || seq > size || size > size_of(sql, agency)) return Error{journal_problem::log_range};
    return merkle::inclusion_proof(seq - 1, size, node_reader(tiles_of(sql, agency)));
}

Result<merkle::Proof> TransparencyLog::consistency(Sql& sql, Agency agency, std::uint64_t from, std::uint64_t size)
{
    if (from > size || size > size_of(sql, agency)) return Error{journal_problem::log_range};
    return merkle::consistency_proof(from, size, node_reader(tiles_of(sql, agency)));
}

}  // namespace tongban
