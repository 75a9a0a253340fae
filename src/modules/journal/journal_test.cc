#include <gmock/gmock.h>

#include "modules/journal/core/journal_hash.h"
#include "modules/journal/journal_store.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;
constexpr Statement damage_body{"test_damage_body",
                                "update journal_events set body = $2 where agency = $1 and seq = 2"};
constexpr Statement damage_drop{"test_damage_drop", "delete from journal_events where agency = $1 and seq = 3"};
constexpr Statement damage_head{"test_damage_head", "update journal_heads set seq = 2 where agency = $1"};

class JournalTest : public DatabaseTest {
protected:
    void append(Agency agency, std::string_view id, std::int64_t version, std::vector<Event> events)
    {
        const auto done = write(agency, [&](Sql& sql) -> Result<void> {
            journal_->append(sql, agency, {"case", id}, version, events, "account-1", clock_.now());
            return {};
        });
        ASSERT_TRUE(done.has_value());
    }
    void change(const Statement& statement, std::initializer_list<SqlValue> values)
    {
        ASSERT_TRUE(write(lixia, [&](Sql& sql) -> Result<void> {
                        sql.execute(statement, values);
                        return {};
                    }).has_value());
    }
    std::string fault(Agency agency) { return verify_chain(database(), agency).broken.value_or("intact"); }

    std::unique_ptr<Journal> journal_ = make_journal();
};
TONGBAN_ON_EACH_ENGINE(JournalTest);

TEST(JournalHash, SaysEveryFieldWithItsLength)
{
    const JournalEvent event{.agency = 370102,
                             .seq = 1,
                             .aggregate = "case",
                             .aggregate_id = "a",
                             .version = 1,
                             .type = "case.opened",
                             .body = "{\"名\":1}",
                             .actor = "x",
                             .at = 5,
                             .prev_hash = std::string(journal_origin),
                             .hash = {}};
    EXPECT_EQ(
        journal_encoding(event),
        "17:tongban-journal-16:3701021:14:case1:a1:111:case.opened9:{\"名\":1}1:x1:564:" + std::string(journal_origin));
    JournalEvent other = event;
    other.aggregate = "cas";
    other.aggregate_id = "ea";
    EXPECT_NE(journal_hash(event), journal_hash(other));
}

TEST_P(JournalTest, LinksPerRegistryAndReadsByAggregate)
{
    append(lixia, "a", 1,
           {
               {"case.opened",    "{}"       },
               {"case.submitted", "{\"n\":1}"}
    });
    append(shinan, "a", 1,
           {
               {"case.opened", "{}"}
    });
    append(lixia, "b", 1,
           {
               {"case.opened", "{}"}
    });
    append(lixia, "a", 3,
           {
               {"case.accepted", "{}"}
    });

    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
                            return journal_->read(sql, lixia, {"case", "a"});
                        }).value();
    std::vector<std::int64_t> places;
    for (const JournalEvent& event : events) places.push_back(event.seq * 10 + event.version);
    EXPECT_THAT(places, ElementsAre(11, 22, 43));
    EXPECT_EQ(events[0].prev_hash, journal_origin);
    EXPECT_EQ(events[1].prev_hash, events[0].hash);
    EXPECT_EQ(events[1].body, "{\"n\":1}");
    EXPECT_EQ(verify_chain(database(), lixia).events, 4);
    EXPECT_EQ(fault(lixia), "intact");
    EXPECT_EQ(fault(shinan), "intact");
    EXPECT_THAT(journal_agencies(database()), ElementsAre(lixia, shinan));
}

TEST_P(JournalTest, AVersionHappensOnce)
{
    append(lixia, "a", 1,
           {
               {"case.opened", "{}"}
    });
    EXPECT_THROW(append(lixia, "a", 1,
                        {
                            {"case.opened", "{}"}
    }),
                 UniqueViolation);
    append(lixia, "a", 2,
           {
               {"case.submitted", "{}"}
    });
    EXPECT_EQ(verify_chain(database(), lixia).events, 2);
    EXPECT_EQ(fault(lixia), "intact");
}

TEST_P(JournalTest, SeesAChangedBody)
{
    append(lixia, "a", 1,
           {
               {"one",   "{}"},
               {"two",   "{}"},
               {"three", "{}"},
               {"four",  "{}"}
    });
    change(damage_body, {std::int64_t{lixia}, std::string("{ }")});
    EXPECT_EQ(fault(lixia), "event 2 was changed");
}

TEST_P(JournalTest, SeesAMissingEvent)
{
    append(lixia, "a", 1,
           {
               {"one",   "{}"},
               {"two",   "{}"},
               {"three", "{}"},
               {"four",  "{}"}
    });
    change(damage_drop, {std::int64_t{lixia}});
    EXPECT_EQ(fault(lixia), "event 3 is missing");
}

TEST_P(JournalTest, SeesATruncatedChain)
{
    append(lixia, "a", 1,
           {
               {"one",   "{}"},
               {"two",   "{}"},
               {"three", "{}"}
    });
    change(damage_drop, {std::int64_t{lixia}});
    EXPECT_EQ(fault(lixia), "the head says event 3, the last one is 2");
    change(damage_head, {std::int64_t{lixia}});
    EXPECT_NE(fault(lixia), "intact");
}

}  // namespace
}  // namespace tongban
