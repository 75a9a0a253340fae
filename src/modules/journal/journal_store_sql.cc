#include "modules/journal/journal_store.h"

#include <fmt/format.h>

#include "modules/journal/core/journal_hash.h"
#include "sql/journal_sql.h"

namespace tongban {

namespace {

constexpr std::int64_t page_rows = 500;

class SqlJournal : public Journal {
public:
    void append(Sql& sql, Agency agency, AggregateRef aggregate, std::int64_t first_version,
                std::span<const Event> events, std::string_view actor, Millis at) override
    {
        if (events.empty()) return;
        JournalEvent link{.agency = agency,
                          .aggregate = std::string(aggregate.kind),
                          .aggregate_id = std::string(aggregate.id),
                          .version = first_version,
                          .type = {},
                          .body = {},
                          .actor = std::string(actor),
                          .at = at,
                          .prev_hash = {},
                          .hash = {}};
        // Also locks the head: another process with a lane of its own for this registry waits here until we commit.
        auto head = sql.find(sql::journal_head_lock, {std::int64_t{agency}, std::string(journal_origin)});
        TONGBAN_ASSERT(head.has_value());
        link.seq = head->integer(0);
        link.hash = head->take_text(1);
        for (const Event& event : events) {
            ++link.seq;
            link.prev_hash = link.hash;
            link.type = event.type;
            link.body = event.body;
            link.hash = journal_hash(link);
            sql.execute(sql::journal_event_add,
                        {std::int64_t{agency}, link.seq, link.aggregate, link.aggregate_id, link.version, link.type,
                         link.body, link.actor, link.at, link.prev_hash, link.hash});
            ++link.version;
        }
        sql.execute(sql::journal_head_save, {std::int64_t{agency}, link.seq, link.hash});
    }

    std::vector<JournalEvent> read(Sql& sql, Agency agency, AggregateRef aggregate) override
    {
        std::vector<JournalEvent> events;
        for (SqlRow& row : sql.query(sql::journal_events_of,
                                     {std::int64_t{agency}, std::string(aggregate.kind), std::string(aggregate.id)})) {
            events.push_back({.agency = agency,
                              .seq = row.integer(0),
                              .aggregate = std::string(aggregate.kind),
                              .aggregate_id = std::string(aggregate.id),
                              .version = row.integer(1),
                              .type = row.take_text(2),
                              .body = row.take_text(3),
                              .actor = row.take_text(4),
                              .at = row.integer(5),
                              .prev_hash = row.take_text(6),
                              .hash = row.take_text(7)});
        }
        return events;
    }
};

// What is wrong with `event` as the successor of `before`, if anything.
std::optional<std::string> fault_of(const JournalEvent& event, const JournalEvent& before)
{
    if (event.seq != before.seq + 1) return fmt::format("event {} is missing", before.seq + 1);
    if (event.prev_hash != before.hash) return fmt::format("event {} does not follow event {}", event.seq, before.seq);
    if (event.hash != journal_hash(event)) return fmt::format("event {} was changed", event.seq);
    return std::nullopt;
}

}  // namespace

std::unique_ptr<Journal> make_journal()
{
    return std::make_unique<SqlJournal>();
}

ChainReport verify_chain(Database& database, Agency agency)
{
    ChainReport report;
    JournalEvent before;
    // One snapshot for all: the head must belong to the last event that we see.
    const Result<void> done = database.read([&](Sql& sql) -> Result<void> {
        report = {};
        before.seq = 0;
        before.hash = journal_origin;
        for (;;) {
            SqlRows rows = sql.query(sql::journal_page, {std::int64_t{agency}, before.seq, page_rows});
            if (rows.empty()) break;
            for (SqlRow& row : rows) {
                JournalEvent event{.agency = agency,
                                   .seq = row.integer(0),
                                   .aggregate = row.take_text(1),
                                   .aggregate_id = row.take_text(2),
                                   .version = row.integer(3),
                                   .type = row.take_text(4),
                                   .body = row.take_text(5),
                                   .actor = row.take_text(6),
                                   .at = row.integer(7),
                                   .prev_hash = row.take_text(8),
                                   .hash = row.take_text(9)};
                report.broken = fault_of(event, before);
                if (report.broken) return {};
                ++report.events;
                before = std::move(event);
            }
        }
        const auto head = sql.find(sql::journal_head, {std::int64_t{agency}});
        if (!head && report.events > 0) report.broken = "the head is missing";
        if (head && (head->integer(0) != before.seq || head->text(1) != before.hash)) {
            report.broken = fmt::format("the head says event {}, the last one is {}", head->integer(0), before.seq);
        }
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return report;
}

std::vector<Agency> journal_agencies(Database& database)
{
    std::vector<Agency> agencies;
    const Result<void> done = database.read([&](Sql& sql) -> Result<void> {
        agencies.clear();
        for (const SqlRow& row : sql.query(sql::report_journal_agencies, {})) {
            agencies.push_back(static_cast<Agency>(row.integer(0)));
        }
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return agencies;
}

}  // namespace tongban
