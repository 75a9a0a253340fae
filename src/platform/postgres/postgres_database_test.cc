// What can happen to PostgreSQL while we use it. Each test has a server of its own when it breaks the server.

#include "platform/postgres/postgres_database.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <future>
#include <set>
#include <thread>

#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Statement make_notes{
    "test_make_notes", "create table notes (agency integer not null, id bigint not null, primary key (agency, id))"};
constexpr Statement add{"test_add", "insert into notes (agency, id) values ($1, $2)"};
constexpr Statement touch{"test_touch", "update notes set id = id where agency = $1 and id = $2"};
constexpr Statement all{"test_all", "select id from notes where agency = $1 order by id"};
constexpr Statement own_pid{"test_own_pid", "select pg_backend_pid()"};
constexpr Statement end_others{"test_end_others",
                               "select count(pg_terminate_backend(pid)) from pg_stat_activity "
                               "where pid <> pg_backend_pid() and datname = current_database()"};
constexpr Statement count_others{
    "test_count_others",
    "select count(*) from pg_stat_get_backend_idset() as i "
    "where pg_stat_get_backend_pid(i) <> pg_backend_pid() and pg_stat_get_backend_dbid(i) = "
    "(select oid from pg_database where datname = current_database())"};
constexpr Agency lixia = 370102;
constexpr PostgresLimits few{.lanes = 2, .readers_max = 4};
constexpr PostgresLimits impatient{.lanes = 2, .readers_max = 4, .statement_ms = 1500};

Result<void> add_note(Database& database, std::int64_t id)
{
    return database.write(lixia, [id](Sql& sql) -> Result<void> {
        sql.execute(add, {std::int64_t{lixia}, id});
        return {};
    });
}

std::set<std::int64_t> notes(Database& database)
{
    std::set<std::int64_t> found;
    const auto done = database.read([&](Sql& sql) -> Result<void> {
        found.clear();
        for (const SqlRow& row : sql.query(all, {std::int64_t{lixia}})) found.insert(row.integer(0));
        return {};
    });
    EXPECT_TRUE(done.has_value());
    return found;
}

void make_table(Database& database)
{
    ASSERT_TRUE(database
                    .write(0,
                           [](Sql& sql) -> Result<void> {
                               sql.execute(make_notes, {});
                               return {};
                           })
                    .has_value());
}

class PostgresTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        database();
        close();
        mine_ = open_postgres(spec(), few);
        make_table(*mine_);
    }
    // Called inside units too, so on a thread of its own.
    void end_connections_of_others()
    {
        std::thread([this] {
            const auto other = open_postgres(spec(), {.lanes = 1, .readers_max = 1});
            EXPECT_TRUE(other
                            ->write(0,
                                    [](Sql& sql) -> Result<void> {
                                        sql.query(end_others, {});
                                        for (int i = 0; i < 100 && sql.find(count_others, {})->integer(0) > 0; ++i) {
                                            std::this_thread::sleep_for(std::chrono::milliseconds(5));
                                        }
                                        return {};
                                    })
                            .has_value());
        }).join();
    }
    std::unique_ptr<Database> mine_;
};
INSTANTIATE_TEST_SUITE_P(On, PostgresTest, ::testing::Values("postgres"));

TEST_P(PostgresTest, ConnectionsEndedWhileIdleAreMadeAnew)
{
    add_note(*mine_, 1).value();
    EXPECT_EQ(notes(*mine_).size(), 1U);
    end_connections_of_others();
    add_note(*mine_, 2).value();
    EXPECT_EQ(notes(*mine_).size(), 2U);
}

TEST_P(PostgresTest, AGroupLostBeforeItsCommitRunsAgain)
{
    int runs = 0;
    const auto done = mine_->write(lixia, [&](Sql& sql) -> Result<void> {
        sql.query(add, {std::int64_t{lixia}, std::int64_t{1}});
        if (++runs == 1) end_connections_of_others();
        sql.query(add, {std::int64_t{lixia}, std::int64_t{2}});
        return {};
    });
    EXPECT_TRUE(done.has_value());
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(mine_->write_counts().groups_retried, 1U);
    EXPECT_EQ(notes(*mine_).size(), 2U);
}

TEST_P(PostgresTest, AReadLostBeforeItsFirstRowRunsAgainLaterItDoesNot)
{
    add_note(*mine_, 1).value();
    int runs = 0;
    const auto read = mine_->read([&](Sql& sql) -> Result<void> {
        if (++runs == 1) end_connections_of_others();
        sql.query(all, {std::int64_t{lixia}});
        return {};
    });
    EXPECT_TRUE(read.has_value());
    EXPECT_EQ(runs, 2);
    EXPECT_THROW((void)mine_->read([&](Sql& sql) -> Result<void> {
        sql.query(all, {std::int64_t{lixia}});
        end_connections_of_others();
        sql.query(all, {std::int64_t{lixia}});
        return {};
    }),
                 DatabaseUnavailable);
    EXPECT_EQ(notes(*mine_).size(), 1U);
}

TEST_P(PostgresTest, AFrozenServerCostsTheDeadlineAndNoMore)
{
    mine_ = open_postgres(spec(), impatient);
    const auto started = std::chrono::steady_clock::now();
    pid_t frozen = 0;
    EXPECT_THROW((void)mine_->write(lixia,
                                    [&](Sql& sql) -> Result<void> {
                                        frozen = static_cast<pid_t>(sql.find(own_pid, {})->integer(0));
                                        if (kill(frozen, SIGSTOP) != 0) frozen = 0;
                                        sql.query(add, {std::int64_t{lixia}, std::int64_t{1}});
                                        return {};
                                    }),
                 DatabaseUnavailable);
    ASSERT_NE(frozen, 0) << "the server runs under another account";
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(8));
    kill(frozen, SIGCONT);
    add_note(*mine_, 2).value();
    EXPECT_TRUE(notes(*mine_).contains(2));
}

TEST_P(PostgresTest, DeadlockedGroupsRunAgain)
{
    for (std::int64_t id : {1, 2}) add_note(*mine_, id).value();
    const auto other = open_postgres(spec(), {.lanes = 1, .readers_max = 1});
    std::atomic<int> inside = 0;
    const auto cross = [&](Database& database, std::int64_t first, std::int64_t second) {
        bool met = false;
        return database.write(lixia, [&, first, second](Sql& sql) -> Result<void> {
            sql.query(touch, {std::int64_t{lixia}, first});
            if (!std::exchange(met, true)) {
                ++inside;
                while (inside < 2) std::this_thread::yield();
            }
            sql.query(touch, {std::int64_t{lixia}, second});
            return {};
        });
    };
    // The server looks for deadlocks after a second; the deadline must be longer.
    mine_ = open_postgres(spec(), {.lanes = 1, .readers_max = 1});
    auto left = std::async(std::launch::async, [&] { return cross(*mine_, 1, 2).has_value(); });
    auto right = std::async(std::launch::async, [&] { return cross(*other, 2, 1).has_value(); });
    EXPECT_TRUE(left.get());
    EXPECT_TRUE(right.get());
    EXPECT_GE(mine_->write_counts().groups_retried + other->write_counts().groups_retried, 1U);
}

TEST_P(PostgresTest, InstancesInSchemasOfTheirOwnDoNotMeet)
{
    add_note(*mine_, 1).value();
    {
        const auto other = open_postgres(spec(), {.lanes = 1, .schema = "test_other"});
        make_table(*other);
        EXPECT_TRUE(notes(*other).empty());
        add_note(*other, 1).value();
    }
    drop_postgres_schema(spec(), "test_other");
    EXPECT_EQ(notes(*mine_).size(), 1U);
    EXPECT_THROW(open_postgres(spec(), {.schema = "x; drop table notes"}), DatabaseUnavailable);
    EXPECT_THROW(drop_postgres_schema(spec(), ""), DatabaseUnavailable);
}

// --- a server that is killed ---

int free_port()
{
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
}

TEST(PostgresServer, KilledUnderLoadLosesNothingAcknowledgedAndComesBack)
{
    if (!std::getenv("TONGBAN_TEST_POSTGRES")) GTEST_SKIP() << "TONGBAN_TEST_POSTGRES is not set";
    const TemporaryFolder folder;
    const int port = free_port();
    const auto server = [&](const std::string& action) {
        return std::system(("TONGBAN_TEST_DURABLE=1 tests/postgres.sh " + action + " " + folder.path() + " " +
                            std::to_string(port) + " >/dev/null")
                               .c_str());
    };
    ASSERT_EQ(server("start"), 0);
    {
        const auto database =
            open_postgres("host=127.0.0.1 user=tongban dbname=tongban port=" + std::to_string(port), few);
        make_table(*database);
        std::mutex mutex;
        std::set<std::int64_t> acknowledged;
        std::atomic<bool> stop = false;
        std::atomic<int> unavailable = 0;
        std::vector<std::thread> clients;
        for (std::int64_t i = 0; i < 16; ++i) {
            clients.emplace_back([&, i] {
                for (std::int64_t id = i; !stop; id += 16) {
                    try {
                        if (!add_note(*database, id).has_value()) continue;
                        const std::lock_guard lock(mutex);
                        acknowledged.insert(id);
                    } catch (const DatabaseUnavailable&) {
                        ++unavailable;
                    }
                }
            });
        }
        std::size_t before = 0;
        for (int round = 0; round < 2; ++round) {
            std::this_thread::sleep_for(std::chrono::milliseconds(400));
            ASSERT_EQ(server("restart"), 0);
            const std::lock_guard lock(mutex);
            before = acknowledged.size();
            EXPECT_GT(before, 0U);
        }
        const auto recovered = [&] {
            const std::lock_guard lock(mutex);
            return acknowledged.size() > before;
        };
        for (int i = 0; i < 300 && !recovered(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop = true;
        for (std::thread& client : clients) client.join();
        EXPECT_GT(acknowledged.size(), before) << "did not recover";
        const auto stored = notes(*database);
        EXPECT_TRUE(std::ranges::includes(stored, acknowledged));
        RecordProperty("unavailable", unavailable);
        ASSERT_EQ(server("stop"), 0);
        EXPECT_THROW((void)add_note(*database, -1), DatabaseUnavailable);
    }
}

}  // namespace
}  // namespace tongban
