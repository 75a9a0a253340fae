#include "modules/fees/core/tax.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tongban {
namespace {

TaxAnswer answer_of(TaxState state, std::int64_t fen, std::string receipt = {})
{
    TaxAnswer answer;
    answer.state = state;
    answer.amount_fen = fen;
    answer.lines = {
        {TaxKind::deed, 100'000'000, 1000, fen, "依据"}
    };
    answer.receipt = std::move(receipt);
    return answer;
}

TEST(Tax, HalfAnAnswerIsNone)
{
    EXPECT_TRUE(is_consistent(answer_of(TaxState::assessed, 100)));
    EXPECT_TRUE(is_consistent(answer_of(TaxState::paid, 100, "R")));
    EXPECT_TRUE(is_consistent(answer_of(TaxState::exempt, 0, "R")));
    EXPECT_FALSE(is_consistent(answer_of(TaxState::paid, 100)));
    EXPECT_FALSE(is_consistent(answer_of(TaxState::exempt, 0)));
    EXPECT_FALSE(is_consistent(answer_of(TaxState::exempt, 100, "R")));
    EXPECT_FALSE(is_consistent(answer_of(TaxState::paid, 0, "R")));
    EXPECT_FALSE(is_consistent(answer_of(TaxState::assessed, 100, "R")));
    TaxAnswer wrong_sum = answer_of(TaxState::assessed, 100);
    wrong_sum.amount_fen = 99;
    EXPECT_FALSE(is_consistent(wrong_sum));
}

TEST(Tax, ProvesOnlyWhatItWasAskedFor)
{
    const std::string basis = tax_basis("U1", "2026-11-01", 100, {"a", "b"});
    EXPECT_EQ(tax_basis("U1", "2026-11-01", 100, {"b", "a"}), basis);
    EXPECT_NE(tax_basis("U2", "2026-11-01", 100, {"a", "b"}), basis);
    EXPECT_NE(tax_basis("U1", "2026-11-02", 100, {"a", "b"}), basis);
    EXPECT_NE(tax_basis("U1", "2026-11-01", 101, {"a", "b"}), basis);
    EXPECT_NE(tax_basis("U1", "2026-11-01", 100, {"a"}), basis);

    EXPECT_FALSE(proves_tax(std::nullopt, basis));
    TaxSettlement settlement{"TB1", 1, answer_of(TaxState::paid, 100, "R"), basis, 0, ""};
    EXPECT_TRUE(proves_tax(settlement, basis));
    EXPECT_FALSE(proves_tax(settlement, "other"));
    for (const TaxState open : {TaxState::declared, TaxState::assessed, TaxState::rejected}) {
        settlement.answer.state = open;
        EXPECT_FALSE(proves_tax(settlement, basis)) << to_text(open);
    }
    settlement.answer.state = TaxState::exempt;
    EXPECT_TRUE(proves_tax(settlement, basis));
}

// The page where one pays is shown only while something is to be paid.
TEST(Tax, SaysWhereThePayerGoesNext)
{
    TaxSettlement settlement{"TB1", 1, answer_of(TaxState::assessed, 100), "basis", 0, ""};
    settlement.answer.pay_url = "http://tax/1";
    EXPECT_TRUE(to_json(settlement, true, false).contains("pay_url"));
    EXPECT_FALSE(to_json(settlement, true, true).contains("pay_url"));
    EXPECT_FALSE(to_json(settlement, true, true).contains("refund_at_tax_office"));
    settlement.answer = answer_of(TaxState::paid, 100, "R");
    settlement.answer.pay_url = "http://tax/1";
    EXPECT_FALSE(to_json(settlement, true, false).contains("pay_url"));
    EXPECT_FALSE(to_json(settlement, true, false).contains("refund_at_tax_office"));
    EXPECT_TRUE(to_json(settlement, true, true).contains("refund_at_tax_office"));
}

}  // namespace
}  // namespace tongban
