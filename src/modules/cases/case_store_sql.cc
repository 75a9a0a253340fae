#include "modules/cases/case_store_sql.h"

#include <charconv>
#include <limits>

#include "base/codes.h"
#include "base/lost_race.h"
#include "base/record.h"
#include "modules/access/core/access_problems.h"
#include "modules/cases/core/case_sheet.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/cases/core/return_reasons.h"
#include "sql/case_sql.h"

namespace tongban {
namespace {

constexpr std::string_view prefix = "case.";

// What the rules need of the case without its dossier being parsed again: one JSON object.
std::string judged_text(const Case& subject, const Item& item)
{
    json::object facts;
    for (const auto& [name, value] : facts_of(subject.dossier, item, application_day(subject))) {
        std::visit([&](const auto& v) { facts[name] = v; }, value);
    }
    return json::serialize(json::object{
        {"facts",                                         std::move(facts)},
        { "applicants", json::value_from(applicants_of(subject.dossier,           item))}
    });
}

Facts read_facts(const json::object& stored)
{
    Facts facts;
    for (const auto& [name, value] : stored) {
        if (value.is_bool()) facts.emplace(name, value.get_bool());
        if (value.is_int64()) facts.emplace(name, value.get_int64());
        if (value.is_string()) facts.emplace(name, std::string(value.get_string()));
    }
    return facts;
}

struct Place {
    std::int64_t at = 0;
    std::string number;
};

// "<queue_at>-<number>" of the last row given.
Result<Place> read_cursor(std::string_view cursor, bool newest_first)
{
    if (cursor.empty()) {
        return newest_first ? Place{std::numeric_limits<std::int64_t>::max(), ""} : Place{-1, ""};
    }
    const std::size_t dash = cursor.find('-');
    Place place;
    if (dash != std::string_view::npos) {
        const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + dash, place.at);
        place.number = cursor.substr(dash + 1);
        if (failed == std::errc{} && end == cursor.data() + dash && check_case_number(place.number)) return place;
    }
    return Error{access_problem::page_invalid};
}

class CaseStoreSql : public CaseStore {
public:
    CaseStoreSql(Journal& journal, const Catalog& catalog) : journal_(journal), catalog_(catalog) {}

    Result<Case> load(Sql& sql, Agency agency, std::string_view number) override
    {
        const auto row = sql.find(sql::case_load, {agency, std::string(number)});
        if (!row) return Error{cases_problem::not_found};
        return case_from_text(row->text(1));
    }

    Result<PreparedSheet> sheet(Sql& sql, Agency agency, std::string_view number) override
    {
        auto row = sql.find(sql::case_sheet, {agency, std::string(number)});
        if (!row) return Error{cases_problem::not_found};
        const CaseState* state = find_case_state(row->text(1));
        TONGBAN_ASSERT(state != nullptr);
        const json::value judged = json::parse(row->text(5));
        return PreparedSheet{row->integer(0),
                             *state,
                             row->take_text(2),
                             row->take_text(3),
                             row->take_text(4),
                             read_facts(judged.at("facts").as_object()),
                             record_from<Applicants>(judged.at("applicants")),
                             row->integer(8),
                             row->take_text(6),
                             row->take_text(7),
                             row->integer(9),
                             row->take_text(10)};
    }

    std::optional<Case> find_by_collection(Sql& sql, Agency agency, std::string_view collection_id) override
    {
        const auto row = sql.find(sql::case_by_collection, {agency, std::string(collection_id)});
        if (!row) return std::nullopt;
        return case_from_text(row->text(1));
    }

    Result<Case> act(Sql& sql, const Case& loaded, const CaseCommand& command, const CaseFacts& facts) override
    {
        const std::vector<CaseEvent> events = TRY(decide(loaded, command, facts));
        Case now = loaded;
        std::vector<Event> journaled;
        for (const CaseEvent& event : events) {
            now = tongban::apply(std::move(now), event);
            journaled.push_back({std::string(prefix) + std::string(record_type(event)), record_body(event)});
        }
        if (events.empty()) return now;
        save(sql, loaded.version, now);
        for (std::size_t i = loaded.parts.size(); i < now.parts.size(); ++i) {
            const CasePart& part = now.parts[i];
            sql.execute(sql::case_part_add, {now.agency, part.collection_id, now.number, part.collecting});
        }
        count_return(sql, now, events);
        journal_.append(sql, now.agency, {"case", now.number}, loaded.version + 1, journaled, now.last.account,
                        facts.now);
        return now;
    }

    std::int64_t others_on_unit(Sql& sql, Agency agency, std::string_view unit_number, std::string_view except) override
    {
        if (unit_number.empty()) return 0;
        return sql.query(sql::case_others_on_unit, {agency, std::string(unit_number), std::string(except)})
            .at(0)
            .integer(0);
    }

    std::string next_number(Sql& sql, Agency agency, Millis now) override
    {
        const std::string day = china_date(now);
        const SqlRows rows = sql.query(sql::case_next_number, {agency, day});
        return make_case_number(agency, day, rows.at(0).integer(0));
    }

    Result<CasePage> list(Sql& sql, Agency agency, CaseQueue queue, std::string_view cursor, int limit) override
    {
        const bool newest_first = queue == CaseQueue::done;
        const Place after = TRY(read_cursor(cursor, newest_first));
        SqlRows rows = sql.query(newest_first ? sql::case_queue_newest : sql::case_queue_oldest,
                                 {agency, std::string(to_text(queue)), after.at, after.number, limit + 1});
        CasePage page;
        for (SqlRow& row : rows) {
            if (page.rows.size() == static_cast<std::size_t>(limit)) break;
            CaseRow one;
            one.number = row.take_text(0);
            one.state = row.take_text(1);
            one.item = row.take_text(2);
            one.collection_number = row.take_text(3);
            one.collecting = static_cast<Agency>(row.integer(4));
            one.unit_number = row.take_text(5);
            one.location = row.take_text(6);
            one.parties = row.take_text(7);
            one.due_on = row.take_text(8);
            one.filed_at = row.integer(9);
            one.changed_at = row.integer(10);
            one.waiting_since = row.integer(12);
            page.next_cursor = std::to_string(row.integer(11)) + "-" + one.number;
            page.rows.push_back(std::move(one));
        }
        if (rows.size() <= static_cast<std::size_t>(limit)) page.next_cursor.clear();
        return page;
    }

    std::vector<Case> open_on_unit(Sql& sql, Agency agency, std::string_view unit_number) override
    {
        std::vector<Case> cases;
        for (const SqlRow& row : sql.query(sql::case_open_on_unit, {agency, std::string(unit_number)})) {
            cases.push_back(case_from_text(row.text(0)));
        }
        return cases;
    }

    std::vector<CollectingElsewhere> in_collection(Sql& sql, Agency agency) override
    {
        std::vector<CollectingElsewhere> sittings;
        for (SqlRow& row : sql.query(sql::case_in_collection, {agency, std::string{}})) {
            sittings.push_back({static_cast<Agency>(row.integer(0)), row.take_text(1)});
        }
        return sittings;
    }

    std::vector<std::string> supplements_overdue(Sql& sql, Agency agency, std::string_view today,
                                                 std::string_view after) override
    {
        return first_column(sql.query(sql::case_supplement_overdue, {agency, std::string(today), std::string(after)}));
    }

    std::vector<std::string> collecting_overdue(Sql& sql, Agency agency, std::string_view today,
                                                std::string_view after) override
    {
        return first_column(sql.query(sql::case_collecting_overdue, {agency, std::string(today), std::string(after)}));
    }

    std::vector<std::string> on_other_calendar(Sql& sql, Agency agency, std::string_view calendar,
                                               std::string_view after) override
    {
        return first_column(
            sql.query(sql::case_on_other_calendar, {agency, std::string(calendar), std::string(after)}));
    }

    std::vector<ReturnCount> count_returns(Sql& sql, Agency agency, Millis from, Millis until) override
    {
        std::vector<ReturnCount> counts;
        for (SqlRow& row : sql.query(sql::case_returns_count, {agency, from, until})) {
            counts.push_back({row.take_text(0), row.take_text(1), row.integer(2)});
        }
        return counts;
    }

    std::string check(Sql& sql, Agency agency, std::string_view number) override
    {
        const auto row = sql.find(sql::case_load, {agency, std::string(number)});
        if (!row) return "no such case";
        Case folded;
        for (const JournalEvent& event : journal_.read(sql, agency, {"case", number})) {
            const std::string_view type = std::string_view(event.type).substr(prefix.size());
            folded = tongban::apply(std::move(folded), event_from<CaseEvent>(type, event.body));
        }
        if (folded.version != row->integer(0))
            return "the journal has another number of events than the case's version";
        if (record_text(folded) != record_text(case_from_text(row->text(1))))
            return "the events of the journal do not add up to the stored state";
        return {};
    }

    std::vector<std::string> numbers_after(Sql& sql, Agency agency, std::string_view after) override
    {
        return first_column(sql.query(sql::case_numbers_after, {agency, std::string(after)}));
    }

private:
    static std::vector<std::string> first_column(SqlRows rows)
    {
        std::vector<std::string> texts;
        for (SqlRow& row : rows) texts.push_back(row.take_text(0));
        return texts;
    }

    static void count_return(Sql& sql, const Case& now, const std::vector<CaseEvent>& events)
    {
        int position = 0;
        const auto add = [&](ReturnMoment moment, const std::string& code, const std::string& line, Millis at) {
            sql.execute(sql::case_return_add,
                        {now.agency, now.number, now.version, position++, std::string(to_text(moment)), code, line,
                         now.item, origin_of(now).collecting, at});
        };
        for (const CaseEvent& event : events) {
            if (const auto* asked = std::get_if<case_event::SupplementRequested>(&event)) {
                for (const SupplementLine& line : asked->lines)
                    add(ReturnMoment::supplement, line.reason, line.line, asked->stamp.at);
            } else if (const auto* declined = std::get_if<case_event::NotAccepted>(&event)) {
                add(ReturnMoment::non_acceptance, declined->code, {}, declined->stamp.at);
            } else if (const auto* refused = std::get_if<case_event::Refused>(&event)) {
                add(ReturnMoment::refusal, refused->code, {}, refused->stamp.at);
            }
        }
    }

    const Item& item_of(const Case& now) const
    {
        const Result<const Item*> item = catalog_.item_version(now.item, now.catalog_version);
        if (!item) throw BrokenInvariant("a case pins a version of an item that the catalogue has not got");
        return **item;
    }

    std::string sheet_of(const Case& now) const { return case_sheet(now, item_of(now), catalog_); }

    void save(Sql& sql, std::int64_t version_before, const Case& now)
    {
        const CaseQueue queue = queue_of(now.state);
        const Millis since = now.filed_at != 0 ? now.filed_at : now.applied_at;
        const Millis queue_at = queue == CaseQueue::done ? now.last.at : since;
        const std::string unit = now.dossier.application ? now.dossier.application->unit_number : std::string{};
        const std::string acceptor = now.acceptance ? now.acceptance->stamp.account : std::string{};
        const std::string body = record_text(now);
        const std::string judged = judged_text(now, item_of(now));
        const std::string sheet_text = sheet_of(now);
        const std::string state{to_text(now.state)};
        const std::string queue_name{to_text(queue)};
        const bool asked = now.state == CaseState::supplement && now.supplement;
        const bool collects = now.state == CaseState::collecting;
        const std::string due_on = asked ? now.supplement->due_on : collects ? now.last_day : now.due_on;
        const std::string clock = record_text(now.clock);
        const bool running = state_of(now.clock) == ClockState::running;
        const std::string calendar = running ? now.calendar : std::string{};
        if (version_before == 0) {
            sql.execute(sql::case_insert, {now.agency,
                                           now.number,
                                           now.version,
                                           state,
                                           queue_name,
                                           queue_at,
                                           now.item,
                                           origin_of(now).collecting,
                                           origin_of(now).collection_id,
                                           origin_of(now).collection_number,
                                           unit,
                                           now.location,
                                           party_names(now.dossier),
                                           now.catalog_version,
                                           judged,
                                           acceptor,
                                           due_on,
                                           since,
                                           now.last.at,
                                           body,
                                           sheet_text,
                                           waiting_since(now),
                                           clock,
                                           calendar});
            return;
        }
        if (is_final(now.state)) {
            sql.execute(sql::case_claims_release, {now.agency, origin_of(now).collection_id});
            sql.execute(sql::case_codes_release, {now.agency, now.number});
        }
        const SqlRows saved = sql.query(sql::case_save, {now.agency,     now.number,
                                                         version_before, now.version,
                                                         state,          queue_name,
                                                         queue_at,       unit,
                                                         now.location,   party_names(now.dossier),
                                                         judged,         acceptor,
                                                         due_on,         since,
                                                         now.last.at,    body,
                                                         sheet_text,     waiting_since(now),
                                                         clock,          calendar});
        if (saved.empty()) throw LostRace("a case was saved by another node meanwhile");
    }

    Journal& journal_;
    const Catalog& catalog_;
};

}  // namespace

std::unique_ptr<CaseStore> make_case_store(Journal& journal, const Catalog& catalog)
{
    return std::make_unique<CaseStoreSql>(journal, catalog);
}

}  // namespace tongban
