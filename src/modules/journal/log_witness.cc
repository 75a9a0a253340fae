// Registries witness each other's logs: each remembers what it saw last and signs only what continues it (C2SP
// tlog-witness). A log that was cut, forked or rewritten cannot get another signature, and what was shown stays as
// proof.
#include "base/bytes.h"
#include "modules/journal/log_store.h"
#include "sql/log_sql.h"

namespace tongban {
namespace {

std::int64_t number(std::uint64_t size)
{
    return static_cast<std::int64_t>(size);
}

// What is wrong with `now` for somebody who saw `before`; empty when nothing is, or when the proof starts elsewhere.
std::string fault_of(const Checkpoint& before, const Checkpoint& now, std::uint64_t from, const merkle::Proof& proof)
{
    if (now.size < before.size) return "rollback";
    if (now.size == before.size) return now.root == before.root ? "" : "fork";
    if (from != before.size) return "";
    return merkle::proves_consistency(before.size, before.root, now.size, now.root, proof) ? "" : "inconsistent";
}

}  // namespace

TransparencyLog::Witnessed TransparencyLog::witness(Sql& sql, Agency witness, const std::string& note,
                                                    std::uint64_t from, const merkle::Proof& proof)
{
    Witnessed word;
    const Millis now = parts_.clock.now();
    const auto parsed = read_note(note);
    const auto claimed = parsed ? read_checkpoint(parsed->text) : std::nullopt;
    if (!claimed || claimed->agency == witness) return word;
    const Agency log = claimed->agency;
    const auto raise = [&](std::string kind, const std::string& seen) {
        sql.execute(sql::log_alarm_add,
                    {witness, log, sm3_hex(kind + note), kind, number(claimed->size), note, seen, now});
        word.alarm = std::move(kind);
    };

    std::string seen;
    Checkpoint before;
    before.root = merkle::empty_root();
    if (auto row = sql.find(sql::log_followed, {witness, log})) {
        word.known = static_cast<std::uint64_t>(row->integer(0));
        seen = row->take_text(1);
        const auto seen_note = read_note(seen);
        const auto seen_checkpoint = seen_note ? read_checkpoint(seen_note->text) : std::nullopt;
        TONGBAN_ASSERT(seen_checkpoint.has_value());
        before = *seen_checkpoint;
    }
    if (!judge_checkpoint(note, {parts_.certificates.pem(log)}, parts_.judge).is_genuine()) {
        raise("bad_signature", seen);
        return word;
    }
    if (const std::string fault = fault_of(before, *claimed, from, proof); !fault.empty()) {
        raise(fault, seen);
        return word;
    }
    if (claimed->size > before.size && from != before.size) return word;  // it must start where we stand

    const auto facts = parts_.judge.read(parts_.certificates.pem(witness));
    TONGBAN_ASSERT(facts.has_value());
    word.line = cosignature(parsed->text, witness, now, parts_.signer, *facts);
    word.known = claimed->size;
    sql.execute(sql::log_followed_save, {witness, log, number(claimed->size), note, now});
    return word;
}

void TransparencyLog::take_witness(Sql& sql, Agency agency, Agency witness, std::uint64_t size, const Witnessed& word)
{
    const Millis now = parts_.clock.now();
    sql.execute(sql::log_witness_save, {agency, witness, number(word.known), now});
    if (word.line.empty()) return;
    const auto row = sql.find(sql::log_checkpoint, {agency, number(size)});
    if (!row) return;
    const CheckpointVerdict verdict = judge_checkpoint(
        row->text(0) + word.line, {parts_.certificates.pem(agency), parts_.certificates.pem(witness)}, parts_.judge);
    if (verdict.witnesses.size() != 1 || verdict.witnesses.front().witness != witness) return;
    sql.execute(sql::log_cosignature_add, {agency, number(size), witness, verdict.witnesses.front().at, word.line});
}

std::uint64_t TransparencyLog::witness_size(Sql& sql, Agency agency, Agency witness)
{
    const auto row = sql.find(sql::log_witness, {agency, witness});
    return row ? static_cast<std::uint64_t>(row->integer(0)) : 0;
}

void TransparencyLog::note_asked(Sql& sql, Agency agency, std::uint64_t size, Millis at)
{
    sql.execute(sql::log_asked, {agency, number(size), at});
}

}  // namespace tongban
