// The monitor over real logs whose database is really forked, cut and rolled back.
#include "modules/journal/core/log_monitor.h"

#include <gmock/gmock.h>

#include <chrono>

#include "modules/journal/journal_store.h"
#include "modules/journal/log_store.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;

Millis real_now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

struct Keys {
    Keys()
    {
        create_demo_ca(folder.path());
        ensure_agency_key(folder.path(), lixia, "登记中心");
        create_demo_ca(foreign.path());
    }
    TemporaryFolder folder;
    TemporaryFolder foreign;
};
const Keys& keys()
{
    static const Keys made;
    return made;
}

class LogMonitorTest : public DatabaseTest, public LogSource {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        clock_.set(real_now());  // the certificates are valid from today
        if (!IsSkipped()) log_.emplace(TransparencyLog::Parts{database(), clock_, *signer_, *certificates_, *judge_});
    }
    void grow(int events)
    {
        const std::vector<Event> all(static_cast<std::size_t>(events), {"case.opened", "{}"});
        ASSERT_TRUE(
            write(lixia, [&](Sql& sql) -> Result<void> {
                journal_->append(sql, lixia, {"case", std::to_string(++aggregates_)}, 1, all, "a", clock_.now());
                return {};
            }).has_value());
        log_->seal(lixia);
        clock_.advance(1000);
    }
    void change(const char* text, std::initializer_list<SqlValue> values)
    {
        ASSERT_TRUE(write(lixia, [&](Sql& sql) -> Result<void> {
                        sql.execute(Statement{"", text}, values);
                        return {};
                    }).has_value());
    }
    void forget_everything()
    {
        for (const char* table : {"journal_events", "journal_heads", "log_heads", "log_tiles", "log_checkpoints"})
            change(("delete from " + std::string(table) + " where agency = $1").c_str(), {lixia});
    }
    // "" or the words of all findings.
    std::string look(SignatureJudge* judge = nullptr)
    {
        std::string words;
        const MonitorRound round = follow_logs(*this, state_, judge == nullptr ? *judge_ : *judge,
                                               {.now = clock_.now(), .stale_after = 60'000});
        for (const MonitorFinding& finding : round.findings) words += std::string(to_text(finding.fault)) + ";";
        return words;
    }

    std::vector<LogListing> logs() override
    {
        std::vector<LogListing> all;
        for (const LogStanding& log : log_->standings())
            all.push_back({log.agency, log.waiting_since, log.is_shorter()});
        return all;
    }
    std::string checkpoint(Agency agency) override
    {
        if (!replayed_.empty()) return replayed_;
        const auto note = read([&](Sql& sql) { return log_->checkpoint(sql, agency, 0); });
        if (!note) throw SourceFailed("none");
        return *note;
    }
    std::string certificate(Agency agency) override { return certificates_->pem(agency); }
    std::string tile(Agency agency, TileName name, std::uint64_t width) override
    {
        return read([&](Sql& sql) -> Result<std::string> { return log_->tile(sql, agency, name); })
            .value()
            .substr(0, width * merkle::hash_bytes);
    }
    merkle::Proof consistency(Agency agency, std::uint64_t from, std::uint64_t size) override
    {
        return read([&](Sql& sql) { return log_->consistency(sql, agency, from, size); }).value();
    }

    std::unique_ptr<Journal> journal_ = make_journal();
    std::unique_ptr<AgencySigner> signer_ = make_agency_signer(keys().folder.path());
    std::unique_ptr<AgencyCertificates> certificates_ = make_agency_certificates(keys().folder.path());
    std::unique_ptr<SignatureJudge> judge_ = make_signature_judge({root_certificate(keys().folder.path())});
    std::optional<TransparencyLog> log_;
    MonitorState state_;
    std::string replayed_;
    int aggregates_ = 0;
};
TONGBAN_ON_EACH_ENGINE(LogMonitorTest);

TEST_P(LogMonitorTest, FollowsAGrowingLog)
{
    for (const int events : {3, 250, 10, 600}) {
        grow(events);
        EXPECT_EQ(look(), "");
    }
    EXPECT_EQ(state_.logs.at(0).size, 863);
    EXPECT_EQ(look(), "") << "nothing new is fine too";
}

TEST_P(LogMonitorTest, SeesARollback)
{
    grow(5);
    const std::string old = checkpoint(lixia);
    grow(5);
    ASSERT_EQ(look(), "");
    replayed_ = old;
    EXPECT_EQ(look(), "rollback;");
    EXPECT_EQ(state_.logs.at(0).size, 10) << "it does not unlearn";
    replayed_.clear();
    EXPECT_EQ(look(), "");
}

TEST_P(LogMonitorTest, SeesAForkOfTheSameLength)
{
    grow(5);
    ASSERT_EQ(look(), "");
    forget_everything();
    grow(5);
    EXPECT_EQ(look(), "fork;");
}

TEST_P(LogMonitorTest, SeesARewrittenPastUnderALongerLog)
{
    grow(5);
    ASSERT_EQ(look(), "");
    forget_everything();
    grow(9);
    EXPECT_EQ(look(), "inconsistent;");
    EXPECT_EQ(state_.logs.at(0).size, 5);
}

TEST_P(LogMonitorTest, SeesATileThatIsNotUnderTheRoot)
{
    grow(5);
    ASSERT_EQ(look(), "");
    grow(5);
    change("update log_tiles set hashes = $2 where agency = $1 and level = 0",
           {lixia, state_.logs.at(0).edge[0] + std::string(9 * 64, 'a')});
    EXPECT_NE(look(), "");
}

TEST_P(LogMonitorTest, SeesATruncatedAndAVanishedLog)
{
    grow(5);
    ASSERT_EQ(look(), "");
    change("update journal_heads set seq = 3 where agency = $1", {lixia});
    EXPECT_EQ(look(), "shorter;");
    forget_everything();
    EXPECT_EQ(look(), "vanished;");
}

TEST_P(LogMonitorTest, SeesABadSignatureAForeignRootAndNonsense)
{
    grow(5);
    const std::string good = checkpoint(lixia);
    replayed_ = good;
    replayed_[good.find("time ") + 5] = '2';
    EXPECT_EQ(look(), "bad_signature;");
    replayed_ = "not a checkpoint";
    EXPECT_EQ(look(), "malformed;");
    replayed_.clear();
    const auto stranger = make_signature_judge({root_certificate(keys().foreign.path())});
    EXPECT_EQ(look(stranger.get()), "unknown_root;");
    EXPECT_TRUE(state_.logs.empty()) << "nothing of this was believed";
    EXPECT_EQ(look(), "");
}

TEST_P(LogMonitorTest, SeesThatNothingIsSealed)
{
    grow(5);
    ASSERT_TRUE(write(lixia, [&](Sql& sql) -> Result<void> {
                    const Event one{"case.opened", "{}"};
                    journal_->append(sql, lixia, {"case", "late"}, 1, std::span(&one, 1), "a", clock_.now());
                    return {};
                }).has_value());
    EXPECT_EQ(look(), "");
    clock_.advance(60'001);
    EXPECT_EQ(look(), "stale;");
}

}  // namespace
}  // namespace tongban
