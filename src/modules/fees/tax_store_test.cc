#include "modules/fees/tax_store.h"

#include <gtest/gtest.h>

#include "modules/journal/journal_store.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;

class TaxStoreTest : public DatabaseTest {
protected:
    TaxSettlement keep(TaxState state, std::int64_t fen, const std::string& receipt = {}, Agency agency = lixia)
    {
        TaxSettlement fresh;
        fresh.case_number = "TB1";
        fresh.answer.state = state;
        fresh.answer.reference = "SB1";
        fresh.answer.amount_fen = fen;
        fresh.answer.lines = {
            {TaxKind::deed,  100, 1000, fen, "依据"},
            {TaxKind::stamp, 100, 0,    0,   "免征"}
        };
        fresh.answer.tax_date = "2024-11-30";
        fresh.answer.receipt = receipt;
        fresh.answer.pay_url = "http://tax/1";
        fresh.basis = "basis";
        fresh.asked_at = clock_.now();
        fresh.asked_by = "a1";
        return write(agency, [&](Sql& sql) -> Result<TaxSettlement> { return taxes_.keep(sql, agency, fresh); })
            .value();
    }
    std::optional<TaxSettlement> kept(Agency agency = lixia)
    {
        return read([&](Sql& sql) -> Result<std::optional<TaxSettlement>> {
                   return taxes_.find_for_case(sql, agency, "TB1");
               })
            .value();
    }

    std::unique_ptr<Journal> journal_ = make_journal();
    TaxStore taxes_{*journal_};
};
TONGBAN_ON_EACH_ENGINE(TaxStoreTest);

TEST_P(TaxStoreTest, KeepsTheLastAnswerAndItsWholeContent)
{
    EXPECT_FALSE(kept());
    EXPECT_EQ(keep(TaxState::assessed, 1).version, 1);
    clock_.advance(1000);
    EXPECT_EQ(keep(TaxState::paid, 1, "R1").version, 2);
    const std::optional<TaxSettlement> last = kept();
    ASSERT_TRUE(last);
    EXPECT_EQ(last->version, 2);
    EXPECT_EQ(last->answer.state, TaxState::paid);
    EXPECT_EQ(last->answer.reference, "SB1");
    EXPECT_EQ(last->answer.amount_fen, 1);
    ASSERT_EQ(last->answer.lines.size(), 2U);
    EXPECT_EQ(last->answer.lines[1].kind, TaxKind::stamp);
    EXPECT_EQ(last->answer.lines[0].basis, "依据");
    EXPECT_EQ(last->answer.tax_date, "2024-11-30");
    EXPECT_EQ(last->answer.receipt, "R1");
    EXPECT_EQ(last->answer.pay_url, "http://tax/1");
    EXPECT_EQ(last->basis, "basis");
    EXPECT_EQ(last->asked_at, clock_.now());
    EXPECT_EQ(last->asked_by, "a1");
}

TEST_P(TaxStoreTest, EveryAnswerStandsInTheJournal)
{
    keep(TaxState::assessed, 1);
    keep(TaxState::paid, 1, "R1");
    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
                            return journal_->read(sql, lixia, {"tax", "TB1"});
                        }).value();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].type, "tax.answered");
    EXPECT_NE(events[0].body.find("assessed"), std::string::npos);
    EXPECT_NE(events[1].body.find("R1"), std::string::npos);
    EXPECT_EQ(events[1].actor, "a1");
}

TEST_P(TaxStoreTest, AnotherRegistrySeesNothing)
{
    keep(TaxState::paid, 1, "R1");
    EXPECT_FALSE(kept(370103));
}

}  // namespace
}  // namespace tongban
