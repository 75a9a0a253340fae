#include "modules/powers/power_store.h"

#include "base/lost_race.h"
#include "base/record.h"
#include "modules/powers/core/powers_problems.h"
#include "sql/power_sql.h"

namespace tongban {
namespace {

constexpr std::string_view prefix = "power.";
constexpr Millis two_years = 2LL * 366 * 24 * 60 * 60 * 1000;
constexpr std::string_view after_all_numbers = "D";  // behind every CW…

void save(Sql& sql, std::int64_t version_before, const StandingPower& now)
{
    const std::string state{to_text(now.state)};
    if (version_before == 0) {
        sql.execute(sql::power_insert, {now.agency, now.number, now.version, state, now.grant.principal_code,
                                        now.grant.until, now.last.at, record_text(now)});
        return;
    }
    const SqlRows saved = sql.query(sql::power_save, {now.agency, now.number, version_before, now.version, state,
                                                      now.grant.until, now.last.at, record_text(now)});
    if (saved.empty()) throw LostRace("a standing power was saved by another node meanwhile");
}

}  // namespace

Result<StandingPower> PowerStore::load(Sql& sql, Agency agency, std::string_view number)
{
    const auto row = sql.find(sql::power_load, {agency, std::string(number)});
    if (!row) return Error{powers_problem::not_found};
    return record_from_text<StandingPower>(row->text(1));
}

Result<StandingPower> PowerStore::act(Sql& sql, const StandingPower& loaded, const PowerCommand& command,
                                      const PowerFacts& facts)
{
    const std::vector<PowerEvent> events = TRY(decide(loaded, command, facts));
    StandingPower now = loaded;
    std::vector<Event> journaled;
    for (const PowerEvent& event : events) {
        now = tongban::apply(std::move(now), event);
        journaled.push_back({std::string(prefix) + std::string(record_type(event)), record_body(event)});
    }
    save(sql, loaded.version, now);
    journal_.append(sql, now.agency, {"power", now.number}, loaded.version + 1, journaled, now.last.account, facts.now);
    return now;
}

std::string PowerStore::next_number(Sql& sql, Agency agency, Millis now)
{
    const int year = std::stoi(china_date(now).substr(0, 4));
    const SqlRows rows = sql.query(sql::power_next, {agency, year});
    return power_number(agency, year, rows.at(0).integer(0));
}

std::vector<StandingPower> PowerStore::page(Sql& sql, Agency agency, std::string_view state, std::string_view before,
                                            int limit)
{
    std::vector<StandingPower> all;
    const std::string_view from = before.empty() ? after_all_numbers : before;
    for (const SqlRow& row : sql.query(sql::power_list, {agency, std::string(from), std::string(state), limit})) {
        all.push_back(record_from_text<StandingPower>(row.text(0)));
    }
    return all;
}

void PowerStore::note_use(Sql& sql, Agency agency, const std::string& number, Agency home,
                          const std::string& collection_id, Millis now)
{
    sql.execute(sql::power_use_note, {agency, number, home, collection_id, now});
}

std::vector<PowerStore::Use> PowerStore::uses(Sql& sql, Agency agency, const std::string& number, Millis now)
{
    std::vector<Use> all;
    for (SqlRow& row : sql.query(sql::power_uses, {agency, number, now - two_years})) {
        all.push_back({static_cast<Agency>(row.integer(0)), row.take_text(1)});
    }
    return all;
}

std::string PowerStore::check(Sql& sql, Agency agency, std::string_view number)
{
    const auto row = sql.find(sql::power_load, {agency, std::string(number)});
    if (!row) return "no such power";
    StandingPower folded;
    for (const JournalEvent& event : journal_.read(sql, agency, {"power", number})) {
        const std::string_view type = std::string_view(event.type).substr(prefix.size());
        folded = tongban::apply(std::move(folded), event_from<PowerEvent>(type, event.body));
    }
    if (folded.version != row->integer(0)) return "the journal has another number of events than the power's version";
    if (record_text(folded) != row->text(1)) return "the events of the journal do not add up to the stored state";
    return {};
}

std::vector<std::string> PowerStore::numbers_after(Sql& sql, Agency agency, std::string_view after)
{
    std::vector<std::string> all;
    for (SqlRow& row : sql.query(sql::power_numbers_after, {agency, std::string(after)}))
        all.push_back(row.take_text(0));
    return all;
}

}  // namespace tongban
