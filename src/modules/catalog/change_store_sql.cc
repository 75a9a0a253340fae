#include "modules/catalog/change_store_sql.h"

#include <charconv>
#include <limits>

#include "base/lost_race.h"
#include "base/record.h"
#include "modules/access/core/access_problems.h"
#include "sql/change_sql.h"

namespace tongban {
namespace {

constexpr std::string_view prefix = "change.";

struct Place {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    std::string id;
};

// "<changed_at>-<id>" of the last row given.
Result<Place> place_of(std::string_view cursor)
{
    Place place;
    if (cursor.empty()) return place;
    const std::size_t dash = cursor.find('-');
    if (dash != std::string_view::npos) {
        const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + dash, place.at);
        place.id = cursor.substr(dash + 1);
        if (failed == std::errc{} && end == cursor.data() + dash && place.id.size() <= 40) return place;
    }
    return Error{access_problem::page_invalid};
}

class ChangeStoreSql : public ChangeStore {
public:
    explicit ChangeStoreSql(Journal& journal) : journal_(journal) {}

    Result<Change> load(Sql& sql, Agency agency, std::string_view id) override
    {
        const auto row = sql.find(sql::change_load, {agency, std::string(id)});
        if (!row) return Error{change_problem::not_found};
        return record_from_text<Change>(row->text(1));
    }

    Result<Change> act(Sql& sql, const Change& loaded, const ChangeCommand& command, const ChangeFacts& facts) override
    {
        const std::vector<ChangeEvent> events = TRY(decide(loaded, command, facts));
        Change now = loaded;
        std::vector<Event> journaled;
        for (const ChangeEvent& event : events) {
            now = tongban::apply(std::move(now), event);
            journaled.push_back({std::string(prefix) + std::string(record_type(event)), record_body(event)});
        }
        save(sql, loaded.version, now);
        publish(sql, loaded, now);
        journal_.append(sql, now.agency, {"change", now.id}, loaded.version + 1, journaled, now.last.account,
                        facts.now);
        return now;
    }

    Result<ChangePage> list(Sql& sql, Agency agency, std::string_view cursor, int limit) override
    {
        const Place after = TRY(place_of(cursor));
        ChangePage page;
        const SqlRows rows = sql.query(sql::change_list, {agency, after.at, after.id, limit + 1});
        for (const SqlRow& row : rows) {
            if (page.changes.size() == static_cast<std::size_t>(limit)) break;
            page.changes.push_back(record_from_text<Change>(row.text(0)));
            const Change& last = page.changes.back();
            page.next_cursor = std::to_string(last.last.at) + "-" + last.id;
        }
        if (rows.size() <= static_cast<std::size_t>(limit)) page.next_cursor.clear();
        return page;
    }

    std::optional<Change> find_named(Sql& sql, Agency agency, const std::string& item, const std::string& name) override
    {
        const auto row = sql.find(sql::change_named, {agency, item, name});
        if (!row) return std::nullopt;
        return record_from_text<Change>(row->text(0));
    }

    int names_on(Sql& sql, Agency agency, const std::string& item, const std::string& from) override
    {
        return static_cast<int>(sql.query(sql::change_names, {agency, item, from}).at(0).integer(0));
    }

    std::map<std::pair<Agency, std::string>, std::int64_t> waiting(Sql& sql) override
    {
        std::map<std::pair<Agency, std::string>, std::int64_t> all;
        for (const SqlRow& row : sql.query(sql::report_changes_waiting, {})) {
            all[{static_cast<Agency>(row.integer(0)), row.text(1)}] = row.integer(2);
        }
        return all;
    }

    std::string published_stamp(Sql& sql) override
    {
        const SqlRows rows = sql.query(sql::report_published_stamp, {});
        return std::to_string(rows.at(0).integer(0)) + "-" + std::to_string(rows.at(0).integer(1));
    }

    std::vector<Published> published(Sql& sql) override
    {
        std::vector<Published> all;
        for (SqlRow& row : sql.query(sql::report_published, {})) {
            const ChangeKind* kind = find_change_kind(row.text(2));
            TONGBAN_ASSERT(kind != nullptr);
            all.push_back({row.take_text(0), static_cast<Agency>(row.integer(1)), *kind, row.take_text(3),
                           row.take_text(4), row.take_text(5)});
        }
        return all;
    }

    std::string published_body(Sql& sql, const std::string& id) override
    {
        const auto row = sql.find(sql::published_body, {id});
        TONGBAN_ASSERT(row);
        return row->text(0);
    }

    std::string check(Sql& sql, Agency agency, std::string_view id) override
    {
        const auto row = sql.find(sql::change_load, {agency, std::string(id)});
        if (!row) return "no such change";
        Change folded;
        for (const JournalEvent& event : journal_.read(sql, agency, {"change", id})) {
            const std::string_view type = std::string_view(event.type).substr(prefix.size());
            folded = tongban::apply(std::move(folded), event_from<ChangeEvent>(type, event.body));
        }
        if (folded.version != row->integer(0)) {
            return "the journal has another number of events than the change's version";
        }
        if (record_text(folded) != row->text(1)) return "the events of the journal do not add up to the stored state";
        return {};
    }

    std::vector<std::string> ids_after(Sql& sql, Agency agency, std::string_view after) override
    {
        std::vector<std::string> ids;
        for (SqlRow& row : sql.query(sql::change_ids_after, {agency, std::string(after)})) {
            ids.push_back(row.take_text(0));
        }
        return ids;
    }

private:
    static void save(Sql& sql, std::int64_t version_before, const Change& now)
    {
        const std::string state{to_text(now.state)};
        if (version_before == 0) {
            sql.execute(sql::change_insert,
                        {now.agency, now.id, now.version, std::string(to_text(now.kind)), state, now.content.item,
                         now.content.from, now.name, now.last.at, record_text(now)});
            return;
        }
        const SqlRows saved =
            sql.query(sql::change_save, {now.agency, now.id, version_before, now.version, state, now.content.item,
                                         now.content.from, now.name, now.last.at, record_text(now)});
        if (saved.empty()) throw LostRace("a change was saved by another node meanwhile");
    }

    static void publish(Sql& sql, const Change& before, const Change& now)
    {
        if (before.state == now.state) return;
        if (now.state == ChangeState::approved) {
            sql.execute(sql::published_add,
                        {now.id, now.agency, std::string(to_text(now.kind)), now.content.item, now.name,
                         now.content.from, now.last.at, now.kind == ChangeKind::item ? now.text : now.content.body});
        }
        if (before.state == ChangeState::approved) sql.execute(sql::published_withdraw, {now.id});
    }

    Journal& journal_;
};

}  // namespace

std::unique_ptr<ChangeStore> make_change_store(Journal& journal)
{
    return std::make_unique<ChangeStoreSql>(journal);
}

}  // namespace tongban
