#include "modules/collections/collection_store_sql.h"

#include <charconv>
#include <limits>

#include "base/codes.h"
#include "base/lost_race.h"
#include "base/record.h"
#include "modules/access/core/access_problems.h"
#include "modules/collections/core/collections_problems.h"
#include "sql/collection_sql.h"

namespace tongban {
namespace {

constexpr std::string_view prefix = "collection.";

struct Place {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    std::string id;
};

// "<opened_at>-<id>" of the last row given.
Result<Place> read_cursor(std::string_view cursor)
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

class CollectionStoreSql : public CollectionStore {
public:
    explicit CollectionStoreSql(Journal& journal) : journal_(journal) {}

    Result<Collection> load(Sql& sql, Agency agency, std::string_view id) override
    {
        const auto row = sql.find(sql::collection_load, {agency, std::string(id)});
        if (!row) return Error{collections_problem::not_found};
        return record_from_text<Collection>(row->text(1));
    }

    Result<Collection> act(Sql& sql, const Collection& loaded, const CollectionCommand& command,
                           const CollectionFacts& facts) override
    {
        const std::vector<CollectionEvent> events = TRY(decide(loaded, command, facts));
        Collection now = loaded;
        std::vector<Event> journaled;
        for (const CollectionEvent& event : events) {
            now = tongban::apply(std::move(now), event);
            journaled.push_back({std::string(prefix) + std::string(record_type(event)), record_body(event)});
        }
        if (events.empty()) return now;
        save(sql, loaded.version, now);
        journal_.append(sql, now.agency, {"collection", now.id}, loaded.version + 1, journaled, now.last.account,
                        facts.now);
        return now;
    }

    std::string next_number(Sql& sql, Agency agency, Millis now) override
    {
        const std::string day = china_date(now);
        const SqlRows rows = sql.query(sql::collection_next_number, {agency, day});
        return make_collection_number(agency, day, rows.at(0).integer(0));
    }

    Result<CollectionPage> list(Sql& sql, Agency agency, const CollectionState* state, std::string_view cursor,
                                int limit) override
    {
        const Place after = TRY(read_cursor(cursor));
        SqlRows rows = state == nullptr
                           ? sql.query(sql::collection_list, {agency, after.at, after.id, limit + 1})
                           : sql.query(sql::collection_list_in_state,
                                       {agency, std::string(to_text(*state)), after.at, after.id, limit + 1});
        CollectionPage page;
        for (SqlRow& row : rows) {
            if (page.rows.size() == static_cast<std::size_t>(limit)) break;
            CollectionRow one;
            one.id = row.take_text(0);
            one.number = row.take_text(1);
            one.case_number = row.take_text(2);
            one.state = row.take_text(3);
            one.case_state = row.take_text(4);
            one.home = static_cast<Agency>(row.integer(5));
            one.item = row.take_text(6);
            one.parties = row.take_text(7);
            one.opened_at = row.integer(8);
            one.changed_at = row.integer(9);
            page.next_cursor = std::to_string(one.opened_at) + "-" + one.id;
            page.rows.push_back(std::move(one));
        }
        if (rows.size() <= static_cast<std::size_t>(limit)) page.next_cursor.clear();
        return page;
    }

    std::string check(Sql& sql, Agency agency, std::string_view id) override
    {
        const auto row = sql.find(sql::collection_load, {agency, std::string(id)});
        if (!row) return "no such sitting";
        Collection folded;
        for (const JournalEvent& event : journal_.read(sql, agency, {"collection", id})) {
            const std::string_view type = std::string_view(event.type).substr(prefix.size());
            folded = tongban::apply(std::move(folded), event_from<CollectionEvent>(type, event.body));
        }
        if (folded.version != row->integer(0))
            return "the journal has another number of events than the sitting's version";
        if (record_text(folded) != row->text(1)) return "the events of the journal do not add up to the stored state";
        return {};
    }

    std::vector<std::string> ids_after(Sql& sql, Agency agency, std::string_view after) override
    {
        std::vector<std::string> ids;
        for (SqlRow& row : sql.query(sql::collection_ids_after, {agency, std::string(after)})) {
            ids.push_back(row.take_text(0));
        }
        return ids;
    }

private:
    void save(Sql& sql, std::int64_t version_before, const Collection& now)
    {
        const std::string state{to_text(now.state)};
        const std::string body = record_text(now);
        if (version_before == 0) {
            sql.execute(sql::collection_insert,
                        {now.agency, now.id, now.number, now.version, state, now.home, now.told.number, now.told.state,
                         now.item, party_names(now.dossier), now.opened.account, now.opened.at, now.last.at, body});
            return;
        }
        const SqlRows saved =
            sql.query(sql::collection_save, {now.agency, now.id, version_before, now.version, state, now.told.number,
                                             now.told.state, party_names(now.dossier), now.last.at, body});
        if (saved.empty()) throw LostRace("a sitting was saved by another node meanwhile");
    }

    Journal& journal_;
};

}  // namespace

std::unique_ptr<CollectionStore> make_collection_store(Journal& journal)
{
    return std::make_unique<CollectionStoreSql>(journal);
}

}  // namespace tongban
