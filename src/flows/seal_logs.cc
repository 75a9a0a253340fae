#include "flows/seal_logs.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/record.h"
#include "flows/package.h"

namespace tongban {

std::vector<Agency> witnesses_of(Agency log, const std::vector<LogStanding>& all, std::size_t count)
{
    std::vector<Agency> ring;  // all others, those behind `log` first
    for (const LogStanding& one : all)
        if (one.agency > log) ring.push_back(one.agency);
    for (const LogStanding& one : all)
        if (one.agency < log) ring.push_back(one.agency);
    ring.resize(std::min(ring.size(), count));
    return ring;
}

std::size_t SealLogs::round()
{
    std::size_t sealed = 0;
    for (const LogStanding& log : parts_.log.standings()) {
        if (log.is_shorter()) {
            warn(log, parts_.clock.now());
            continue;  // what was cut must be looked into by people, not sealed over
        }
        for (std::size_t added = log.events > log.sealed ? 1 : 0; added > 0; sealed += added)
            added = parts_.log.seal(log.agency);
    }
    const std::vector<LogStanding> all = parts_.log.standings();
    for (const LogStanding& log : all) {
        warn(log, parts_.clock.now());
        ask(log, all);
    }
    return sealed;
}

void SealLogs::ask(const LogStanding& log, const std::vector<LogStanding>& all)
{
    const Millis now = parts_.clock.now();
    if (log.is_shorter() || log.sealed == log.asked_size || now < log.asked_at + witness_every) return;
    const std::vector<Agency> witnesses = witnesses_of(log.agency, all, witnesses_each);
    if (witnesses.empty()) return;
    const Result<void> asked = parts_.database.write(log.agency, [&](Sql& sql) -> Result<void> {
        const std::string note = TRY(parts_.log.checkpoint(sql, log.agency, log.sealed));
        for (const Agency witness : witnesses) {
            LogCheckpointMessage body{note, 0, {}};
            const std::uint64_t from = parts_.log.witness_size(sql, log.agency, witness);
            for (const merkle::Hash& hash : TRY(parts_.log.consistency(sql, log.agency, from, log.sealed)))
                body.proof.push_back(hex_of(hash));
            body.from = static_cast<std::int64_t>(from);
            parts_.exchange.post(sql, log.agency, witness, message_kind::log_checkpoint, record_text(body), now);
        }
        parts_.log.note_asked(sql, log.agency, log.sealed, now);
        return {};
    });
    if (!asked) alarm_(fmt::format("log {}: witnesses could not be asked: {}", log.agency, asked.error().code()));
    parts_.exchange.wake();
}

void SealLogs::warn(const LogStanding& log, Millis now)
{
    const bool is_late = log.waiting_since != 0 && now > log.waiting_since + waiting_max;
    if (!is_late && !log.is_shorter()) return;
    Millis& last = warned_[log.agency];
    if (last != 0 && now < last + waiting_max) return;
    last = now;
    alarm_(log.is_shorter()
               ? fmt::format("log {}: the journal has {} events, {} were sealed", log.agency, log.events, log.sealed)
               : fmt::format("log {}: {} events wait for their seal, the oldest for {} s", log.agency,
                             log.events - log.sealed, (now - log.waiting_since) / 1000));
}

Result<void> SealLogs::take_checkpoint(Sql& sql, const Message& message)
{
    const auto body = TRY(read_message<LogCheckpointMessage>(message));
    const auto note = read_note(body.note);
    const auto claimed = note ? read_checkpoint(note->text) : std::nullopt;
    if (!claimed || claimed->agency != message.from || body.from < 0 || body.proof.size() > merkle::proof_hashes_max)
        return Error{exchange_problem::body_wrong, message.kind};
    merkle::Proof proof;
    for (const std::string& hex : body.proof) {
        auto hash = bytes_of_hex(hex);
        if (!hash) return Error{exchange_problem::body_wrong, message.kind};
        proof.push_back(std::move(*hash));
    }
    const TransparencyLog::Witnessed word =
        parts_.log.witness(sql, message.to, body.note, static_cast<std::uint64_t>(body.from), proof);
    if (!word.alarm.empty()) alarm_(fmt::format("log {}: {} seen by witness {}", message.from, word.alarm, message.to));
    const LogWitnessedMessage answer{static_cast<std::int64_t>(claimed->size), static_cast<std::int64_t>(word.known),
                                     word.line};
    parts_.exchange.post(sql, message.to, message.from, message_kind::log_witnessed, record_text(answer),
                         parts_.clock.now());
    return {};
}

Result<void> SealLogs::take_witnessed(Sql& sql, const Message& message)
{
    const auto body = TRY(read_message<LogWitnessedMessage>(message));
    if (body.size < 0 || body.known < 0) return Error{exchange_problem::body_wrong, message.kind};
    TransparencyLog::Witnessed word;
    word.line = body.line;
    word.known = static_cast<std::uint64_t>(body.known);
    parts_.log.take_witness(sql, message.to, message.from, static_cast<std::uint64_t>(body.size), word);
    return {};
}

void add_log_handlers(Exchange& exchange, SealLogs& flow)
{
    exchange.handle(std::string(message_kind::log_checkpoint),
                    [&flow](Sql& sql, const Message& message) { return flow.take_checkpoint(sql, message); });
    exchange.handle(std::string(message_kind::log_witnessed),
                    [&flow](Sql& sql, const Message& message) { return flow.take_witnessed(sql, message); });
}

}  // namespace tongban
