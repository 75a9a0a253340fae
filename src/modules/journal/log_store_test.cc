// Sealing, proofs and witnesses over the real database and real keys; and what the check and a witness say when the
// database was really changed behind them.
#include "modules/journal/log_store.h"

#include <gmock/gmock.h>

#include <chrono>

#include "modules/journal/journal_store.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "platform/sql/open_database.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;

Millis real_now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}
constexpr Agency shinan = 370202;

// Keys are dear to make: once for all tests here.
struct Keys {
    Keys()
    {
        create_demo_ca(folder.path());
        for (const Agency agency : {lixia, shinan}) ensure_agency_key(folder.path(), agency, "登记中心");
    }
    TemporaryFolder folder;
};
const Keys& keys()
{
    static const Keys made;
    return made;
}

class LogStoreTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        clock_.set(real_now());  // the certificates are valid from today
        if (!IsSkipped()) log_ = std::make_unique<TransparencyLog>(parts(database()));
    }
    TransparencyLog::Parts parts(Database& database) { return {database, clock_, *signer_, *certificates_, *judge_}; }
    void append(Agency agency, int events)
    {
        std::vector<Event> all(static_cast<std::size_t>(events), {"case.opened", "{}"});
        const auto done = write(agency, [&](Sql& sql) -> Result<void> {
            journal_->append(sql, agency, {"case", std::to_string(++aggregates_)}, 1, all, "account-1", clock_.now());
            return {};
        });
        ASSERT_TRUE(done.has_value());
    }
    void change(const char* text, std::initializer_list<SqlValue> values)
    {
        ASSERT_TRUE(write(lixia, [&](Sql& sql) -> Result<void> {
                        sql.execute(Statement{"", text}, values);
                        return {};
                    }).has_value());
    }
    std::string checkpoint(std::uint64_t size = 0)
    {
        return read([&](Sql& sql) { return log_->checkpoint(sql, lixia, size); }).value();
    }
    Checkpoint parsed(std::uint64_t size = 0)
    {
        const CheckpointVerdict verdict =
            judge_checkpoint(checkpoint(size), {certificates_->pem(lixia), certificates_->pem(shinan)}, *judge_);
        EXPECT_TRUE(verdict.is_genuine());
        return *verdict.checkpoint;
    }
    TransparencyLog::Witnessed show(const std::string& note, std::uint64_t from, std::uint64_t size)
    {
        const merkle::Proof proof = read([&](Sql& sql) { return log_->consistency(sql, lixia, from, size); }).value();
        return write(shinan,
                     [&](Sql& sql) -> Result<TransparencyLog::Witnessed> {
                         return log_->witness(sql, shinan, note, from, proof);
                     })
            .value();
    }
    std::string fault() { return verify_log(database(), lixia, *certificates_, *judge_).value_or("intact"); }

    std::unique_ptr<Journal> journal_ = make_journal();
    std::unique_ptr<AgencySigner> signer_ = make_agency_signer(keys().folder.path());
    std::unique_ptr<AgencyCertificates> certificates_ = make_agency_certificates(keys().folder.path());
    std::unique_ptr<SignatureJudge> judge_ = make_signature_judge({root_certificate(keys().folder.path())});
    std::unique_ptr<TransparencyLog> log_;
    int aggregates_ = 0;
};
TONGBAN_ON_EACH_ENGINE(LogStoreTest);

TEST_P(LogStoreTest, SealsInBatchesAndProvesEveryEvent)
{
    EXPECT_EQ(log_->seal(lixia), 0U) << "no journal, nothing to seal";
    std::vector<std::uint64_t> sizes;
    for (const int events : {1, 2, 253, 1, 300, 7}) {
        append(lixia, events);
        EXPECT_EQ(log_->seal(lixia), static_cast<std::size_t>(events));
        sizes.push_back(parsed().size);
    }
    EXPECT_THAT(sizes, ::testing::ElementsAre(1, 3, 256, 257, 557, 564));
    EXPECT_EQ(fault(), "intact");
    std::vector<Checkpoint> checkpoints;
    for (const std::uint64_t size : sizes) checkpoints.push_back(parsed(size));
    const Checkpoint newest = checkpoints.back();
    const auto done = read([&](Sql& sql) -> Result<void> {
        const auto events = journal_->read(sql, lixia, {"case", "5"});
        for (const JournalEvent& event : events) {
            const auto seq = static_cast<std::uint64_t>(event.seq);
            const merkle::Proof proof = TRY(log_->inclusion(sql, lixia, seq, newest.size));
            EXPECT_TRUE(merkle::proves_inclusion(leaf_of(event.hash), seq - 1, newest.size, proof, newest.root));
        }
        for (const Checkpoint& before : checkpoints) {
            EXPECT_TRUE(merkle::proves_consistency(before.size, before.root, newest.size, newest.root,
                                                   TRY(log_->consistency(sql, lixia, before.size, newest.size))));
        }
        EXPECT_EQ(log_->inclusion(sql, lixia, 565, 565).error().code(), "journal.log_range");
        EXPECT_EQ(log_->inclusion(sql, lixia, 0, 5).error().code(), "journal.log_range");
        EXPECT_EQ(log_->consistency(sql, lixia, 6, 5).error().code(), "journal.log_range");
        EXPECT_EQ(log_->checkpoint(sql, shinan, 0).error().code(), "journal.log_no_checkpoint");
        EXPECT_EQ(log_->checkpoint(sql, lixia, 2).error().code(), "journal.log_no_checkpoint");
        EXPECT_EQ(log_->covering(sql, lixia, 4), 256U);
        EXPECT_EQ(log_->covering(sql, lixia, 565), std::nullopt);
        return {};
    });
    EXPECT_TRUE(done.has_value());
}

TEST_P(LogStoreTest, WhatWaitsIsVisible)
{
    append(lixia, 2);
    const Millis first = clock_.now();
    clock_.advance(5000);
    append(lixia, 1);
    ASSERT_EQ(log_->standings().size(), 1U);
    EXPECT_EQ(log_->standings()[0].events, 3U);
    EXPECT_EQ(log_->standings()[0].sealed, 0U);
    EXPECT_EQ(log_->standings()[0].waiting_since, first);
    log_->seal(lixia);
    EXPECT_EQ(log_->standings()[0].waiting_since, 0);
    EXPECT_EQ(log_->standings()[0].sealed, 3U);
}

TEST_P(LogStoreTest, TwoWorkersDoNotSealTheSameEvents)
{
    append(lixia, 3);
    change(
        "insert into log_heads (agency, size, root, sealed_at, asked_size, asked_at, leased_until)"
        " values ($1, 0, '', 0, 0, 0, $2)",
        {lixia, clock_.now() + 1000});
    EXPECT_EQ(log_->seal(lixia), 0U) << "another worker has it";
    clock_.advance(1000);
    EXPECT_EQ(log_->seal(lixia), 3U) << "it fell, its lease has ended";
}

TEST_P(LogStoreTest, TheCheckFindsWhatWasDoneToTheDatabase)
{
    append(lixia, 300);
    log_->seal(lixia);
    append(lixia, 300);
    log_->seal(lixia);
    ASSERT_EQ(fault(), "intact");
    // A clever forger: another hash with everything behind it linked anew would still be another leaf.
    const std::string other(64, 'a');
    change("update journal_events set hash = $2 where agency = $1 and seq = 17", {lixia, other});
    EXPECT_EQ(fault(), "tile 0 of level 0 is not made of the journal's events");
    // And with the tile changed as well, the signed checkpoint stands against it.
    change("delete from journal_events where agency = $1 and seq > 590", {lixia});
    EXPECT_NE(fault(), "intact");
    EXPECT_EQ(log_->standings()[0].is_shorter(), false) << "the head of the chain still says 600";
    change("update journal_heads set seq = 590 where agency = $1", {lixia});
    EXPECT_TRUE(log_->standings()[0].is_shorter());
}

TEST_P(LogStoreTest, ATruncatedJournalIsNamed)
{
    append(lixia, 20);
    log_->seal(lixia);
    change("delete from journal_events where agency = $1 and seq > 15", {lixia});
    EXPECT_EQ(fault(), "the journal ends at event 15, 20 are sealed");
}

TEST_P(LogStoreTest, AMissingOrForgedCheckpointIsNamed)
{
    append(lixia, 5);
    log_->seal(lixia);
    append(lixia, 5);
    log_->seal(lixia);
    change("update log_checkpoints set note = $2 where agency = $1 and size = 10", {lixia, checkpoint(5)});
    EXPECT_EQ(fault(), "the checkpoint of 10 events has another root than the journal");
    change("delete from log_checkpoints where agency = $1 and size = 10", {lixia});
    EXPECT_EQ(fault(), "the newest checkpoint is missing");
}

TEST_P(LogStoreTest, AWitnessSignsWhatGrowsAndNothingElse)
{
    append(lixia, 5);
    log_->seal(lixia);
    const std::string first = checkpoint();
    TransparencyLog::Witnessed word = show(first, 0, 5);
    EXPECT_FALSE(word.line.empty());
    append(lixia, 6);
    log_->seal(lixia);
    const std::string second = checkpoint();
    EXPECT_TRUE(show(second, 0, 11).line.empty()) << "it has seen 5 and wants a proof from there";
    EXPECT_EQ(show(second, 0, 11).known, 5U);
    word = show(second, 5, 11);
    ASSERT_FALSE(word.line.empty());

    write(lixia, [&](Sql& sql) -> Result<void> {
        TransparencyLog::Witnessed forged = word;
        forged.line[40] = forged.line[40] == 'A' ? 'B' : 'A';
        log_->take_witness(sql, lixia, shinan, 11, forged);
        return {};
    }).value();
    EXPECT_EQ(checkpoint(), second) << "a line that does not fit is dropped";
    write(lixia, [&](Sql& sql) -> Result<void> {
        log_->take_witness(sql, lixia, shinan, 11, word);
        return {};
    }).value();
    const CheckpointVerdict verdict =
        judge_checkpoint(checkpoint(), {certificates_->pem(lixia), certificates_->pem(shinan)}, *judge_);
    ASSERT_EQ(verdict.witnesses.size(), 1U);
    EXPECT_EQ(verdict.witnesses[0].witness, shinan);
    EXPECT_EQ(
        read([&](Sql& sql) -> Result<std::optional<std::uint64_t>> { return log_->covering(sql, lixia, 2); }).value(),
        11U)
        << "the witnessed one is preferred";

    EXPECT_EQ(show(first, 5, 5).alarm, "rollback");
    EXPECT_EQ(log_->alarms(10).size(), 1U);
}

// A registry that cuts its log and goes on differently: the keys are real, only the past is not.
TEST_P(LogStoreTest, AForkIsSeenByTheWitness)
{
    append(lixia, 5);
    log_->seal(lixia);
    ASSERT_FALSE(show(checkpoint(), 0, 5).line.empty());
    for (const char* table : {"journal_events", "journal_heads", "log_heads", "log_tiles", "log_checkpoints"})
        change(("delete from " + std::string(table) + " where agency = $1").c_str(), {lixia});
    append(lixia, 5);
    log_->seal(lixia);
    EXPECT_EQ(fault(), "intact") << "alone it looks as if nothing had happened";
    EXPECT_EQ(show(checkpoint(), 0, 5).alarm, "fork");
    append(lixia, 4);
    log_->seal(lixia);
    EXPECT_EQ(show(checkpoint(), 5, 9).alarm, "inconsistent");
    EXPECT_EQ(log_->alarms(10).size(), 2U);
}

TEST_P(LogStoreTest, AForeignSignatureIsRefused)
{
    append(shinan, 3);
    append(lixia, 3);
    log_->seal(lixia);
    const Checkpoint real = parsed();
    const auto facts = judge_->read(certificates_->pem(shinan));
    // Shinan's key under Lixia's name.
    const std::string text = checkpoint_text(real);
    std::string forged = signed_checkpoint({shinan, real.size, real.root, real.at}, *signer_, *facts);
    forged = text + forged.substr(forged.find("\n\n") + 1);
    EXPECT_EQ(show(forged, 0, 3).alarm, "bad_signature");
}

TEST(Checkpoint, IsReadInOneFormOnly)
{
    const Checkpoint made{lixia, 7, std::string(32, 'r'), 1795413909000};
    const std::string text = checkpoint_text(made);
    EXPECT_EQ(text, "tongban/log/370102\n7\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\ntime 1795413909000\n");
    ASSERT_TRUE(read_checkpoint(text).has_value());
    EXPECT_EQ(checkpoint_text(*read_checkpoint(text)), text);
    for (const char* wrong : {"", "tongban/log/370102\n", "tongban/log/37010\n7\ncnI=\ntime 1\n",
                              "tongban/log/370102\n07\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\ntime 1\n",
                              "tongban/log/370102\n7\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\ntime 1\nmore\n"})
        EXPECT_FALSE(read_checkpoint(wrong).has_value()) << wrong;
}

TEST(SignedNote, IsReadInOneFormOnly)
{
    const SignedNote note{
        "a\n\nb\n", {{"k1", "1234", "signature"}, {"k2", "5678", "s"}}
    };
    const std::string bytes = note_bytes(note);
    const auto again = read_note(bytes);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(note_bytes(*again), bytes);
    EXPECT_EQ(again->signatures[1].name, "k2");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto shorter = read_note(std::string_view(bytes).substr(0, i));
        if (shorter) {
            EXPECT_EQ(note_bytes(*shorter), bytes.substr(0, i)) << i;
        }
    }
    EXPECT_FALSE(read_note("a\n").has_value());
    EXPECT_FALSE(read_note("a\n\n").has_value()) << "nobody signed it";
    EXPECT_FALSE(read_note(std::string(100'000, 'a')).has_value());
}

}  // namespace
}  // namespace tongban
