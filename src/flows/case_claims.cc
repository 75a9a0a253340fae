#include "flows/case_claims.h"

#include <algorithm>
#include <set>

#include "sql/case_claim_sql.h"

namespace tongban {
namespace {

struct Look {
    std::optional<ClaimedBefore> other;
    std::set<std::string> own;
};

Look look(Sql& sql, Agency home, const Claim& wanted, Millis now)
{
    Look seen;
    for (SqlRow& row : sql.query(sql::case_claims_on_unit, {home, wanted.unit_number, wanted.item})) {
        const std::string party = row.take_text(0);
        if (row.text(1) == wanted.collection_id) {
            seen.own.insert(party);
            continue;
        }
        const bool same_party = std::ranges::find(wanted.parties, party) != wanted.parties.end();
        const std::string state = row.take_text(6);
        const bool draft = state.empty() || state == "draft";
        const bool forgotten = draft && row.integer(4) + CaseClaims::draft_lasts <= now;
        if (!same_party || forgotten || seen.other) continue;
        const std::string number = row.take_text(5);
        seen.other = ClaimedBefore{number.empty() ? row.take_text(2) : number, static_cast<Agency>(row.integer(3))};
    }
    return seen;
}

}  // namespace

Result<std::optional<ClaimedBefore>> CaseClaims::claim(Agency home, const Claim& wanted, Millis now)
{
    const std::set<std::string> parties(wanted.parties.begin(), wanted.parties.end());
    Look seen;
    TRY(database_.read([&](Sql& sql) -> Result<void> {
        seen = look(sql, home, wanted, now);
        return {};
    }));
    if (seen.other || seen.own == parties) return seen.other;
    TRY(database_.write(home, [&](Sql& sql) -> Result<void> {
        seen = look(sql, home, wanted, now);
        if (seen.other) return {};
        drop(sql, home, wanted.collection_id);
        for (const std::string& party : parties) {
            sql.execute(sql::case_claim_add, {home, wanted.unit_number, wanted.item, party, wanted.collection_id,
                                              wanted.collection_number, wanted.collecting, now});
        }
        return {};
    }));
    return seen.other;
}

void CaseClaims::drop(Sql& sql, Agency home, const std::string& collection_id)
{
    sql.execute(sql::case_claims_drop, {home, collection_id});
}

}  // namespace tongban
