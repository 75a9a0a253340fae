// What Database promises, on both engines.

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <set>
#include <thread>

#include "base/lost_race.h"
#include "platform/sql/open_database.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;

constexpr Statement make_notes{"test_make_notes",
                               "create table notes (agency integer not null, id bigint not null, note text, "
                               "primary key (agency, id), check (id >= 0))"};
constexpr Statement add{"test_add", "insert into notes (note, agency, id) values ($3, $1, $2)"};
constexpr Statement count{"test_count", "select count(*) from notes where agency = $1"};
constexpr Statement one{"test_one", "select id, note from notes where agency = $1 and id = $2"};
constexpr Statement all{"test_all", "select id from notes where agency = $1 order by id"};
constexpr Statement wrong{"test_wrong", "select nonsense from notes"};
constexpr Statement sum{"test_sum", "select sum(id), max(note), count(*) from notes where agency = $1"};

class DatabasePromiseTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(database()
                        .write(0,
                               [](Sql& sql) -> Result<void> {
                                   sql.execute(make_notes, {});
                                   return {};
                               })
                        .has_value());
    }
    Result<void> add_note(std::int64_t id, Agency agency = lixia)
    {
        return database().write(agency, [=](Sql& sql) -> Result<void> {
            sql.execute(add, {std::int64_t{agency}, id, std::string("记")});
            return {};
        });
    }
    std::int64_t notes(Agency agency = lixia)
    {
        return read([&](Sql& sql) -> Result<std::int64_t> {
                   return sql.find(count, {std::int64_t{agency}})->integer(0);
               })
            .value();
    }
    // Holds the lane until the returned promise is set, so that what is sent meanwhile must wait and become one group.
    std::thread hold_lane(std::promise<void>& go)
    {
        std::promise<void> holding;
        auto held = holding.get_future();
        std::thread holder([this, &go, holding = std::move(holding)]() mutable {
            bool first = true;
            const auto done = database().write(lixia, [&](Sql&) -> Result<void> {
                if (std::exchange(first, false)) {
                    holding.set_value();
                    go.get_future().wait();
                }
                return {};
            });
            EXPECT_TRUE(done.has_value());
        });
        held.wait();
        return holder;
    }
};
TONGBAN_ON_EACH_ENGINE(DatabasePromiseTest);

TEST_P(DatabasePromiseTest, KeepsTextNumbersAndNull)
{
    const std::string text = "䶮𠮷 'quoted' \\ $1 ;\n";
    write(lixia, [&](Sql& sql) -> Result<void> {
        sql.execute(add, {std::int64_t{lixia}, std::int64_t{9007199254740993}, text});
        sql.execute(add, {std::int64_t{lixia}, std::int64_t{0}, nullptr});
        sql.execute(add, {std::int64_t{lixia}, std::int64_t{1}, std::string()});
        return {};
    }).value();
    close();
    const auto seen = read([&](Sql& sql) -> Result<void> {
        EXPECT_EQ(sql.find(one, {std::int64_t{lixia}, std::int64_t{9007199254740993}})->text(1), text);
        EXPECT_TRUE(sql.find(one, {std::int64_t{lixia}, std::int64_t{0}})->is_null(1));
        EXPECT_EQ(sql.find(one, {std::int64_t{lixia}, std::int64_t{1}})->text(1), "");
        EXPECT_FALSE(sql.find(one, {std::int64_t{lixia}, std::int64_t{2}}).has_value());
        EXPECT_EQ(sql.find(sum, {std::int64_t{lixia}})->integer(0), 9007199254740994);
        return {};
    });
    EXPECT_TRUE(seen.has_value());
}

TEST_P(DatabasePromiseTest, UnitsThatWaitShareOneCommit)
{
    std::promise<void> go;
    std::thread holder = hold_lane(go);
    std::vector<std::thread> clients;
    std::atomic<int> started = 0;
    for (int i = 0; i < 40; ++i) {
        clients.emplace_back([&, i] {
            ++started;
            EXPECT_TRUE(add_note(i).has_value());
        });
    }
    while (started < 40) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const WriteCounts before = database().write_counts();
    go.set_value();
    for (std::thread& client : clients) client.join();
    holder.join();
    const WriteCounts after = database().write_counts();
    EXPECT_EQ(after.units - before.units, 41U);
    EXPECT_LE(after.commits - before.commits, 6U);  // the holder, then the 40 in one group or a few
    EXPECT_EQ(notes(), 40);
}

TEST_P(DatabasePromiseTest, AFailingUnitRollsBackAlone)
{
    std::promise<void> go;
    std::thread holder = hold_lane(go);
    std::vector<std::thread> clients;
    std::atomic<int> errors = 0, thrown = 0, unique = 0, invariant = 0;
    for (int i = 0; i < 50; ++i) {
        clients.emplace_back([&, i] {
            try {
                const auto done = database().write(lixia, [&](Sql& sql) -> Result<void> {
                    sql.execute(add, {std::int64_t{lixia}, std::int64_t{i}, std::string("x")});
                    if (i % 10 == 1) return Error(base_problem::invalid_fields);
                    if (i % 10 == 2) throw std::runtime_error("ours");
                    if (i % 10 == 3) sql.execute(add, {std::int64_t{lixia}, std::int64_t{i}, nullptr});
                    if (i % 10 == 4) sql.query(add, {std::int64_t{lixia}, std::int64_t{i}, nullptr});
                    if (i % 10 == 5) sql.execute(add, {std::int64_t{lixia}, std::int64_t{-1}, nullptr});
                    if (i % 10 == 6) sql.query(wrong, {});
                    return {};
                });
                if (!done.has_value()) ++errors;
            } catch (const UniqueViolation&) {
                ++unique;
            } catch (const BrokenInvariant&) {
                ++invariant;
            } catch (const std::runtime_error& e) {
                if (e.what() == std::string("ours")) ++thrown;
            }
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    go.set_value();
    for (std::thread& client : clients) client.join();
    holder.join();
    EXPECT_EQ(errors, 5);
    EXPECT_EQ(thrown, 5);
    EXPECT_EQ(unique, 10);
    EXPECT_EQ(invariant, 10);
    EXPECT_EQ(notes(), 20);
    EXPECT_TRUE(add_note(100).has_value());
}

TEST_P(DatabasePromiseTest, AUnitThatLostARaceRunsAgainAndNotForEver)
{
    int runs = 0;
    const auto lose = [&](std::int64_t id, int times) {
        runs = 0;
        return [&runs, id, times](Sql& sql) -> Result<void> {
            sql.execute(add, {std::int64_t{lixia}, id, std::string("记")});
            if (++runs <= times) throw LostRace("somebody was faster");
            return {};
        };
    };
    EXPECT_TRUE(database().write(lixia, lose(1, 2)).has_value());
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(notes(), 1);
    EXPECT_THROW((void)database().write(lixia, lose(2, 100)), DatabaseUnavailable);
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(notes(), 1);
}

TEST_P(DatabasePromiseTest, AUnitThatSwallowsItsFailureStillFails)
{
    EXPECT_THROW((void)database().write(lixia,
                                        [&](Sql& sql) -> Result<void> {
                                            try {
                                                sql.query(wrong, {});
                                            } catch (const BrokenInvariant&) {
                                            }
                                            return {};
                                        }),
                 BrokenInvariant);
}

TEST_P(DatabasePromiseTest, SixtyFourThreadsAndTwoRegistries)
{
    std::vector<std::thread> clients;
    for (int i = 0; i < 64; ++i) {
        clients.emplace_back([&, i] {
            for (int n = 0; n < 10; ++n) {
                EXPECT_TRUE(add_note(i * 10 + n, i % 2 ? lixia : shinan).has_value());
                const auto mine = read([&](Sql& sql) -> Result<bool> {
                    return sql.find(one, {std::int64_t{i % 2 ? lixia : shinan}, std::int64_t{i * 10 + n}}).has_value();
                });
                EXPECT_TRUE(mine.value());  // acknowledged means visible
            }
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(notes(lixia), 320);
    EXPECT_EQ(notes(shinan), 320);
}

TEST_P(DatabasePromiseTest, AReaderSeesOneSnapshotAndCannotWrite)
{
    add_note(1).value();
    const auto seen = read([&](Sql& sql) -> Result<void> {
        const auto before = sql.find(count, {std::int64_t{lixia}})->integer(0);
        std::thread([&] { add_note(2).value(); }).join();
        EXPECT_EQ(sql.find(count, {std::int64_t{lixia}})->integer(0), before);
        return {};
    });
    EXPECT_TRUE(seen.has_value());
    EXPECT_THROW((void)database().read([](Sql& sql) -> Result<void> {
        sql.query(add, {std::int64_t{lixia}, std::int64_t{3}, nullptr});
        return {};
    }),
                 BrokenInvariant);
    EXPECT_EQ(notes(), 2);
}

TEST_P(DatabasePromiseTest, MisuseIsABrokenInvariant)
{
    const auto run = [&](std::function<void(Sql&)> work) {
        EXPECT_THROW((void)database().write(lixia,
                                            [&](Sql& sql) -> Result<void> {
                                                work(sql);
                                                return {};
                                            }),
                     BrokenInvariant);
    };
    run([](Sql& sql) { sql.query(one, {std::int64_t{lixia}}); });
    run([](Sql& sql) { sql.query(add, {std::int64_t{lixia}, std::int64_t{1}, std::string("a\0b", 3)}); });
    run([](Sql& sql) {
        sql.query(Statement{"test_one", "select 1"}, {}), sql.query(one, {std::int64_t{1}, std::int64_t{1}});
    });
    run([&](Sql&) { add_note(1).value(); });
    run([&](Sql&) { notes(); });
    EXPECT_THROW((void)database().read([&](Sql&) -> Result<void> {
        notes();
        return {};
    }),
                 BrokenInvariant);
    EXPECT_EQ(notes(), 0);
}

TEST_P(DatabasePromiseTest, AcknowledgedIsThereAfterTheWriterWasKilled)
{
    database();
    close();
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {  // no gtest in here
        const auto mine = open_database(spec());
        std::vector<std::thread> clients;
        for (std::int64_t i = 0; i < 8; ++i) {
            clients.emplace_back([&, i] {
                for (std::int64_t id = i;; id += 8) {
                    const auto done = mine->write(lixia, [&](Sql& sql) -> Result<void> {
                        sql.execute(add, {std::int64_t{lixia}, id, std::string(500, 'x')});
                        return {};
                    });
                    if (done.has_value() && ::write(pipe_ends[1], &id, sizeof id) != sizeof id) _exit(1);
                }
            });
        }
        for (std::thread& client : clients) client.join();
        _exit(0);
    }
    ::close(pipe_ends[1]);
    std::set<std::int64_t> acknowledged;
    std::int64_t id = 0;
    while (acknowledged.size() < 300 && ::read(pipe_ends[0], &id, sizeof id) == sizeof id) acknowledged.insert(id);
    kill(child, SIGKILL);
    while (::read(pipe_ends[0], &id, sizeof id) == sizeof id) acknowledged.insert(id);
    ::close(pipe_ends[0]);
    waitpid(child, nullptr, 0);
    EXPECT_GE(acknowledged.size(), 300U);
    std::set<std::int64_t> stored;
    const auto seen = read([&](Sql& sql) -> Result<void> {
        for (const SqlRow& row : sql.query(all, {std::int64_t{lixia}})) stored.insert(row.integer(0));
        return {};
    });
    EXPECT_TRUE(seen.has_value());
    EXPECT_TRUE(std::ranges::includes(stored, acknowledged));
}

// On SQLite alone: the limit on files is this process's, not the server's.
class FullDiskTest : public DatabasePromiseTest {};
INSTANTIATE_TEST_SUITE_P(On, FullDiskTest, ::testing::Values("sqlite"));

TEST_P(FullDiskTest, IsUnavailableAndPasses)
{
    add_note(1).value();
    struct sigaction before {};
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGXFSZ, &ignore, &before);
    rlimit usual{};
    getrlimit(RLIMIT_FSIZE, &usual);
    const rlimit small{100'000, usual.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW((void)database().write(lixia,
                                        [](Sql& sql) -> Result<void> {
                                            for (std::int64_t i = 10; i < 40; ++i) {
                                                sql.execute(add, {std::int64_t{lixia}, i, std::string(100'000, 'x')});
                                            }
                                            return {};
                                        }),
                 DatabaseUnavailable);
    EXPECT_EQ(notes(), 1);
    setrlimit(RLIMIT_FSIZE, &usual);
    sigaction(SIGXFSZ, &before, nullptr);
    EXPECT_TRUE(add_note(2).has_value());
    EXPECT_EQ(notes(), 2);
}

std::string opening_error(const std::string& spec)
{
    try {
        open_database(spec);
    } catch (const DatabaseUnavailable& e) {
        return e.what();
    }
    return "";
}

TEST(OpenDatabase, SaysWhatIsWrongInOneSentence)
{
    const TemporaryFolder folder;
    EXPECT_THAT(opening_error(folder.path() + "/absent/x.db"),
                HasSubstr("cannot open the database file " + folder.path()));
    const std::string other = folder.path() + "/other.db";
    FILE* file = fopen(other.c_str(), "w");
    for (int i = 0; i < 300; ++i) fputs("this is not a database\n", file);
    fclose(file);
    EXPECT_THAT(opening_error(other), HasSubstr("file is not a database"));
    EXPECT_THAT(opening_error("host=127.0.0.1 port=1 user=x dbname=x"),
                HasSubstr("cannot open the PostgreSQL database"));
    EXPECT_THAT(opening_error("postgres://127.0.0.1:1/x"), HasSubstr("cannot open the PostgreSQL database"));
    EXPECT_THAT(opening_error("host=127.0.0.1 nonsense=1"), HasSubstr("connection string is not understood"));
    EXPECT_THAT(opening_error("host=127.0.0.1 port=1 password=abc"), ::testing::Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace tongban
