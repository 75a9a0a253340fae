#include "modules/cases/case_store_sql.h"

#include <algorithm>
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
    const Facts all = facts_of(subject.dossier, item, application_day(subject));
    for (const auto& [name, value] : all) {
        std::visit([&](const auto& v) { facts[name] = v; }, value);
    }
    return json::serialize(json::object{
        {"facts", std::move(facts)},
        {          "applicants",                               json::value_from(applicants_of(subject.dossier,                 item))},
        { "findings", record_value(findings_of(subject.dossier,                  item, all))}
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
        // Cases saved before there was a checklist have no findings.
        const json::value* findings = judged.as_object().if_contains("findings");
        return PreparedSheet{
            row->integer(0),
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
            row->take_text(10),
            row->take_text(11),
            findings == nullptr ? std::vector<Finding>{} : record_from<std::vector<Finding>>(*findings),
            record_from_text<std::vector<std::string>>(row->text(12)),
            row->integer(13)};
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
        keep_names(sql, now, events);
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

    Result<CasePage> list(Sql& sql, Agency agency, CaseQueue queue, const InboxFilter& filter, std::string_view cursor,
                          int limit) override
    {
        const bool newest_first = queue == CaseQueue::done;
        const Place after = TRY(read_cursor(cursor, newest_first));
        const DueRange& due = filter.due;
        if (newest_first) return page_of(done(sql, agency, filter, after, limit + 1), limit);
        return page_of(
            sql.query(sql::inbox_list, {agency, std::string(to_text(queue)), after.at, after.number, filter.owner,
                                        filter.item, filter.collecting, due.any ? 1 : 0, due.due_from, due.due_until,
                                        due.waiting_from, due.waiting_until, limit + 1}),
            limit);
    }

    Result<CasePage> list_claimed(Sql& sql, Agency agency, const std::string& account, const InboxFilter& filter,
                                  std::string_view cursor, int limit) override
    {
        const Place after = TRY(read_cursor(cursor, false));
        const DueRange& due = filter.due;
        return page_of(sql.query(sql::inbox_claimed, {agency, account, after.at, after.number, filter.item,
                                                      filter.collecting, due.any ? 1 : 0, due.due_from, due.due_until,
                                                      due.waiting_from, due.waiting_until, limit + 1}),
                       limit);
    }

    InboxCounts count(Sql& sql, Agency agency, const InboxFilter& filter, const std::string& account) override
    {
        const DueRange& due = filter.due;
        InboxCounts counts;
        for (const SqlRow& row : sql.query(
                 sql::inbox_count, {agency, account, filter.owner, filter.item, filter.collecting, due.any ? 1 : 0,
                                    due.due_from, due.due_until, due.waiting_from, due.waiting_until})) {
            if (row.integer(1) > 0) counts.queues[row.text(0)] = row.integer(1);
            counts.mine += row.integer(2);
        }
        return counts;
    }

    std::vector<CaseRow> search(Sql& sql, Agency agency, const CaseSearch& wanted, int limit) override
    {
        std::vector<CaseRow> rows;
        for (SqlRow& row : found(sql, agency, wanted, limit)) rows.push_back(row_of(row));
        return rows;
    }

    std::vector<DeskLoad> load_of_desks(Sql& sql, Agency agency, const LoadLimits& limits) override
    {
        constexpr Millis day = 24LL * 60 * 60 * 1000;
        const DueRange& late = limits.overdue;
        const DueRange& soon = limits.today;
        std::vector<DeskLoad> loads;
        for (SqlRow& row :
             sql.query(sql::desk_loads, {agency, limits.now - day, limits.now - 7 * day, late.due_from, late.due_until,
                                         late.waiting_from, late.waiting_until, soon.due_from, soon.due_until,
                                         soon.waiting_from, soon.waiting_until})) {
            loads.push_back({row.take_text(0), row.take_text(1), row.integer(2), row.integer(3), row.integer(4),
                             row.integer(5), row.integer(6), row.integer(7), row.integer(8)});
        }
        return loads;
    }

    std::vector<ReturnSource> sources_of_returns(Sql& sql, Agency agency, Millis from, Millis until) override
    {
        std::vector<ReturnSource> sources;
        for (SqlRow& row : sql.query(sql::case_return_sources, {agency, from, until})) {
            sources.push_back({row.take_text(0), row.take_text(1), row.take_text(2),
                               static_cast<Agency>(row.integer(3)), row.integer(4)});
        }
        return sources;
    }

    std::vector<RuleRequest> rule_requests(Sql& sql, Agency agency, int limit) override
    {
        std::vector<RuleRequest> requests;
        for (SqlRow& row : sql.query(sql::rule_requests_of, {agency, limit})) {
            requests.push_back({row.take_text(0), row.take_text(1), row.take_text(2), row.take_text(3),
                                row.take_text(4), row.take_text(5), row.integer(6)});
        }
        return requests;
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
    // Each filter has an index of its own: ten years are not searched for the rare one.
    static SqlRows done(Sql& sql, Agency agency, const InboxFilter& filter, const Place& before, int rows_max)
    {
        if (filter.collecting != 0)
            return sql.query(sql::inbox_done_from,
                             {agency, filter.collecting, filter.item, before.at, before.number, rows_max});
        if (!filter.item.empty())
            return sql.query(sql::inbox_done_of_item, {agency, filter.item, before.at, before.number, rows_max});
        return sql.query(sql::inbox_done, {agency, before.at, before.number, rows_max});
    }

    static SqlRows found(Sql& sql, Agency agency, const CaseSearch& wanted, int limit)
    {
        switch (wanted.kind) {
        case CaseSearch::Kind::certificate:
        case CaseSearch::Kind::case_number: return sql.query(sql::case_search_number, {agency, wanted.text, limit});
        case CaseSearch::Kind::unit: return sql.query(sql::case_search_unit, {agency, wanted.text, limit});
        case CaseSearch::Kind::name: break;
        }
        std::string part = "%";
        for (const char c : wanted.text) {
            if (c == '%' || c == '_' || c == '\\') part += '\\';
            part += c;
        }
        return sql.query(sql::case_search_name, {agency, wanted.text, part + "%", limit});
    }

    static CaseRow row_of(SqlRow& row)
    {
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
        one.queue = row.take_text(13);
        one.version = row.integer(14);
        one.claimed_by = row.take_text(15);
        one.claimed_name = row.take_text(16);
        one.claimed_at = row.integer(17);
        return one;
    }

    // `rows` holds one more than `limit` when there is a next page.
    static CasePage page_of(SqlRows rows, int limit)
    {
        CasePage page;
        for (SqlRow& row : rows) {
            if (page.rows.size() == static_cast<std::size_t>(limit)) return page;
            const std::string at = std::to_string(row.integer(11));
            page.rows.push_back(row_of(row));
            page.next_cursor = at + "-" + page.rows.back().number;
        }
        page.next_cursor.clear();
        return page;
    }

    // After a package has come, also one of several: who may be searched for.
    static void keep_names(Sql& sql, const Case& now, const std::vector<CaseEvent>& events)
    {
        const bool came = std::ranges::any_of(events, [](const CaseEvent& event) {
            return std::holds_alternative<case_event::Filed>(event) ||
                   std::holds_alternative<case_event::PartTaken>(event);
        });
        if (!came) return;
        if (now.supplement) sql.execute(sql::case_names_clear, {now.agency, now.number});
        for (const Participant& participant : now.dossier.parties) {
            sql.execute(sql::case_name_add, {now.agency, now.number, participant.party.name});
        }
    }

    static std::vector<std::string> first_column(SqlRows rows)
    {
        std::vector<std::string> texts;
        for (SqlRow& row : rows) texts.push_back(row.take_text(0));
        return texts;
    }

    static void count_return(Sql& sql, const Case& now, const std::vector<CaseEvent>& events)
    {
        int position = 0;
        // A line of the list, a rule or a question is what a return should rest on; one that has none asks for a rule.
        const auto add = [&](ReturnMoment moment, const std::string& code, const std::string& line, bool cites,
                             const std::string& wording, const Stamp& stamp) {
            const std::string at_moment{to_text(moment)};
            sql.execute(sql::case_return_add, {now.agency, now.number, now.version, position, at_moment, code, line,
                                               now.item, origin_of(now).collecting, stamp.at});
            if (!cites) {
                sql.execute(sql::rule_request_add, {now.agency, now.number, now.version, position, at_moment, code,
                                                    now.item, wording, stamp.name, stamp.at});
            }
            ++position;
        };
        for (const CaseEvent& event : events) {
            if (const auto* asked = std::get_if<case_event::SupplementRequested>(&event)) {
                for (const SupplementLine& line : asked->lines)
                    add(ReturnMoment::supplement, line.reason, line.line, !line.line.empty() || !line.rule.empty(),
                        line.text, asked->stamp);
            } else if (const auto* declined = std::get_if<case_event::NotAccepted>(&event)) {
                // The territory and the last day are rules of the law already.
                const bool known = declined->competent != 0 || declined->code == "supplement_not_given";
                add(ReturnMoment::non_acceptance, declined->code, {}, known || !declined->cites.empty(),
                    declined->reason, declined->stamp);
            } else if (const auto* refused = std::get_if<case_event::Refused>(&event)) {
                add(ReturnMoment::refusal, refused->code, {}, !refused->cites.empty(), refused->reason, refused->stamp);
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
        const std::string claimed_by = now.claim ? now.claim->account : std::string{};
        const std::string claimed_name = now.claim ? now.claim->name : std::string{};
        const Millis claimed_at = now.claim ? now.claim->stamp.at : 0;
        const std::string workers = record_text(workers_of(now));
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
                                           calendar,
                                           claimed_by,
                                           claimed_name,
                                           claimed_at,
                                           workers});
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
                                                         clock,          calendar,
                                                         claimed_by,     claimed_name,
                                                         claimed_at,     workers});
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
