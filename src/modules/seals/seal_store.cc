#include "modules/seals/seal_store.h"

#include <fmt/format.h>

#include "modules/seals/core/seals_problems.h"
#include "sql/seal_sql.h"

namespace tongban {

namespace {

RegistrySeal seal_of(const SqlRow& row)
{
    const SealKind* kind = find_seal_kind(row.text(2));
    const SealState* state = find_seal_state(row.text(4));
    TONGBAN_ASSERT(kind != nullptr && state != nullptr);
    RegistrySeal seal;
    seal.id = row.text(0);
    seal.version = row.integer(1);
    seal.kind = *kind;
    seal.name = row.text(3);
    seal.state = *state;
    seal.reason = row.text(5);
    seal.requested_by = row.text(6);
    seal.requested_at = row.integer(7);
    seal.decided_by = row.text(8);
    seal.decided_at = row.integer(9);
    seal.es_id = row.text(10);
    seal.valid_from = row.integer(11);
    seal.valid_until = row.integer(12);
    seal.ended_by = row.text(13);
    seal.ended_at = row.integer(14);
    seal.ended_reason = row.text(15);
    return seal;
}

std::optional<RegistrySeal> seal_if(const std::optional<SqlRow>& row)
{
    if (!row) return std::nullopt;
    return seal_of(*row);
}

}  // namespace

Result<std::string> SealStore::request(Sql& sql, Agency agency, SealKind kind, const std::string& name,
                                       const std::string& reason, const std::string& who, Millis now)
{
    if (reason.empty()) return Error{seals_problem::reason_missing};
    RegistrySeal seal;
    seal.id = ids_.next();
    seal.version = 1;
    seal.kind = kind;
    sql.execute(sql::seal_add, {agency, seal.id, std::string(to_text(kind)), name, reason, who, now});
    note(sql, agency, seal, "seal.requested", who, now);
    return seal.id;
}

std::optional<RegistrySeal> SealStore::find(Sql& sql, Agency agency, const std::string& id)
{
    return seal_if(sql.find(sql::seal_find, {agency, id}));
}

std::vector<RegistrySeal> SealStore::all(Sql& sql, Agency agency, int rows_max)
{
    std::vector<RegistrySeal> seals;
    for (const SqlRow& row : sql.query(sql::seals_of, {agency, rows_max})) seals.push_back(seal_of(row));
    return seals;
}

std::optional<RegistrySeal> SealStore::in_force(Sql& sql, Agency agency, SealKind kind)
{
    return seal_if(sql.find(sql::seal_in_force, {agency, std::string(to_text(kind))}));
}

Result<RegistrySeal> SealStore::change(Sql& sql, Agency agency, const std::string& id, const std::string& event,
                                       const std::string& who, Millis now, const Act& act)
{
    const std::optional<RegistrySeal> before = find(sql, agency, id);
    if (!before) return Error{seals_problem::not_found};
    const RegistrySeal after = TRY(act(*before));
    if (after.state == SealState::issued && before->state != SealState::issued && in_force(sql, agency, after.kind))
        return Error{seals_problem::one_in_force};
    const auto changed =
        sql.find(sql::seal_change, {agency, id, before->version, after.version, std::string(to_text(after.state)),
                                    after.decided_by, after.decided_at, after.es_id, after.valid_from,
                                    after.valid_until, after.ended_by, after.ended_at, after.ended_reason});
    if (!changed) return Error{seals_problem::wrong_state};
    note(sql, agency, after, event, who, now);
    return after;
}

Result<RegistrySeal> SealStore::use(Sql& sql, Agency agency, SealKind kind, const SealUse& use, Millis now)
{
    std::optional<RegistrySeal> seal = in_force(sql, agency, kind);
    if (!seal) return Error{seals_problem::not_in_force};
    TRY(may_use(*seal, use, now));
    sql.execute(sql::seal_use_add, {agency, seal->id, use.account, use.duty, use.purpose, use.subject, now});
    return std::move(*seal);
}

std::vector<NotedUse> SealStore::uses(Sql& sql, Agency agency, const std::string& id, std::int64_t before, int rows_max)
{
    std::vector<NotedUse> all;
    for (const SqlRow& row : sql.query(sql::seal_uses_of, {agency, id, before, rows_max})) {
        NotedUse one;
        one.serial_number = row.integer(0);
        one.use = {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                   std::string(row.text(4))};
        one.used_at = row.integer(5);
        all.push_back(std::move(one));
    }
    return all;
}

void SealStore::note(Sql& sql, Agency agency, const RegistrySeal& seal, const std::string& event,
                     const std::string& who, Millis now)
{
    const Event noted{event, fmt::format(R"({{"kind":"{}","es_id":"{}"}})", to_text(seal.kind), seal.es_id)};
    journal_.append(sql, agency, {"seal", seal.id}, seal.version, std::span(&noted, 1), who, now);
}

}  // namespace tongban
