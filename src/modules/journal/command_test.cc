#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "modules/journal/journal_problems.h"
#include "modules/journal/journal_store.h"
#include "platform/sql/open_database.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
constexpr Statement stored_body{"test_stored_body", "select body from commands where agency = $1"};

// Not a cipher: shows only that clear text is not what gets stored.
class BackwardsVault : public Vault {
public:
    std::string seal(Agency, std::string_view plain) override { return {plain.rbegin(), plain.rend()}; }
    std::string open(Agency, std::string_view sealed) override { return {sealed.rbegin(), sealed.rend()}; }
    std::string digest(Agency, std::string_view plain) override { return std::string(plain); }
};

class CommandTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (!IsSkipped()) commands_ = make_commands(database(), clock_, vault_);
    }
    // Counts how often the work really runs.
    Result<Response> run(const CommandKey& key, const std::string& body = "done")
    {
        return commands_->run(lixia, key, [&](Sql&) -> Result<Response> {
            ++runs_;
            Response response = Response{201, {}, body, nullptr, {}};
            response.headers.set("ETag", "\"1\"");
            return response;
        });
    }

    BackwardsVault vault_;
    std::unique_ptr<Commands> commands_;
    std::atomic<int> runs_ = 0;
};
TONGBAN_ON_EACH_ENGINE(CommandTest);

TEST_P(CommandTest, TheSameKeyIsAnsweredAndNotDoneAgain)
{
    const CommandKey key{"k1", "account", "digest"};
    ASSERT_TRUE(run(key, "first").has_value());
    const auto again = run(key, "second");
    EXPECT_EQ(runs_, 1);
    EXPECT_EQ(again.value().status, 201);
    EXPECT_EQ(again.value().body, "first");
    EXPECT_EQ(again.value().headers.find("etag"), "\"1\"");
    EXPECT_EQ(again.value().headers.find("Idempotency-Replayed"), "true");
    const auto stored =
        read([](Sql& sql) -> Result<std::string> { return sql.find(stored_body, {std::int64_t{lixia}})->text(0); });
    EXPECT_EQ(stored.value(), "tsrif");
}

TEST_P(CommandTest, AnotherBodyWithTheSameKeyIsRefused)
{
    ASSERT_TRUE(run({"k1", "account", "digest"}).has_value());
    EXPECT_EQ(run({"k1", "account", "other"}).error().code(), "journal.key_reused");
    EXPECT_TRUE(run({"k1", "somebody else", "other"}).has_value());
    EXPECT_EQ(run({std::string(201, 'k'), "account", "digest"}).error().code(), "journal.key_too_long");
}

TEST_P(CommandTest, WithoutAKeyItJustRuns)
{
    run({}).value();
    run({}).value();
    EXPECT_EQ(runs_, 2);
}

TEST_P(CommandTest, AnErrorIsNotStored)
{
    const CommandKey key{"k1", "account", "digest"};
    const auto refused =
        commands_->run(lixia, key, [](Sql&) -> Result<Response> { return Error(base_problem::invalid_fields); });
    EXPECT_EQ(refused.error().code(), "base.invalid_fields");
    EXPECT_TRUE(run(key).has_value());
    EXPECT_EQ(runs_, 1);
}

TEST_P(CommandTest, ManyAtOnceWithOneKeyRunOnce)
{
    std::vector<std::thread> clients;
    for (int i = 0; i < 16; ++i) {
        clients.emplace_back([&] { EXPECT_EQ(run({"k1", "account", "digest"}).value().body, "done"); });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(runs_, 1);
}

TEST_P(CommandTest, OldAnswersArePurgedInBoundedSteps)
{
    for (const char* key : {"a", "b", "c"}) run({key, "account", "digest"}).value();
    clock_.advance(1000);
    run({"d", "account", "digest"}).value();
    EXPECT_EQ(commands_->purge(lixia, clock_.now(), 2), 2);
    EXPECT_EQ(commands_->purge(lixia, clock_.now(), 2), 1);
    EXPECT_EQ(commands_->purge(lixia, clock_.now(), 2), 0);
    run({"d", "account", "digest"}).value();
    EXPECT_EQ(runs_, 4);
    run({"a", "account", "digest"}).value();
    EXPECT_EQ(runs_, 5);
}

// Two nodes write to one registry, each with lanes of its own.
class TwoNodes : public CommandTest {
protected:
    void SetUp() override
    {
        CommandTest::SetUp();
        if (IsSkipped()) return;
        other_ = open_database(spec());
        others_ = make_commands(*other_, clock_, vault_);
    }
    // The first node comes to its end only when the second has looked for the key, and before it writes.
    std::pair<Result<Response>, Result<Response>> both(const CommandKey& first, const CommandKey& second)
    {
        std::promise<void> looked;
        std::promise<void> committed;
        std::atomic<int> tries = 0;
        auto later = std::async(std::launch::async, [&] {
            return others_->run(lixia, second, [&](Sql&) -> Result<Response> {
                if (++tries == 1) {
                    looked.set_value();
                    committed.get_future().wait();
                }
                if (stale_) return Error(base_problem::invalid_fields);
                return Response{201, {}, "second", nullptr, {}};
            });
        });
        looked.get_future().wait();
        auto earlier = run(first, "first");
        committed.set_value();
        return {std::move(earlier), later.get()};
    }
    std::unique_ptr<Database> other_;
    std::unique_ptr<Commands> others_;
    bool stale_ = false;
};
INSTANTIATE_TEST_SUITE_P(On, TwoNodes, ::testing::Values("postgres"),
                         [](const ::testing::TestParamInfo<std::string>& i) { return i.param; });

TEST_P(TwoNodes, GiveOneAnswerToOneKey)
{
    const auto [first, second] = both({"k1", "account", "digest"}, {"k1", "account", "digest"});
    EXPECT_EQ(first->body, "first");
    ASSERT_TRUE(second.has_value()) << second.error().code();
    EXPECT_EQ(second->body, "first");
    EXPECT_EQ(second->headers.find("Idempotency-Replayed"), "true");
}

TEST_P(TwoNodes, RefuseOneKeyForTwoBodies)
{
    const auto [first, second] = both({"k1", "account", "digest"}, {"k1", "account", "other"});
    EXPECT_TRUE(first.has_value());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code(), "journal.key_reused");
}

TEST_P(TwoNodes, ReplayEvenWhenTheActCannotBeDoneTwice)
{
    stale_ = true;
    const auto [first, second] = both({"k1", "account", "digest"}, {"k1", "account", "digest"});
    EXPECT_TRUE(first.has_value());
    ASSERT_TRUE(second.has_value()) << second.error().code();
    EXPECT_EQ(second->body, "first");
}

}  // namespace
}  // namespace tongban
