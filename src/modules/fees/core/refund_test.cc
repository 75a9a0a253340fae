#include "modules/fees/core/refund.h"

#include <gtest/gtest.h>

#include "modules/fees/core/reconcile.h"

namespace tongban {
namespace {

TEST(Refunds, MoveOnlyAsTheTableSays)
{
    using enum RefundState;
    using enum RefundAct;
    EXPECT_EQ(after(requested, take), sent);
    EXPECT_EQ(after(requested, finish), done) << "the answer to an earlier question was lost";
    EXPECT_EQ(after(sent, finish), done);
    EXPECT_EQ(after(sent, refuse), refused);
    EXPECT_EQ(after(refused, retry), requested);
    EXPECT_EQ(after(refused, settle), by_hand);
    for (const RefundAct act : {take, finish, refuse, retry, settle}) {
        EXPECT_EQ(after(done, act), std::nullopt);
        EXPECT_EQ(after(by_hand, act), std::nullopt);
    }
    EXPECT_EQ(after(sent, settle), std::nullopt) << "nobody pays what the gateway may be paying";
    EXPECT_EQ(after(refused, finish), std::nullopt);
}

TEST(Refunds, AreAskedAboutMoreAndMoreSeldom)
{
    EXPECT_EQ(refund_pause(1), 30'000);
    EXPECT_EQ(refund_pause(2), 60'000);
    EXPECT_EQ(refund_pause(100), 3'600'000);
}

MoneyLine paid(std::string reference, std::int64_t fen)
{
    return {MoneyKind::payment, std::move(reference), "PO", fen, 1};
}

TEST(Reconcile, TellsWhatEachSideAloneHas)
{
    const Reconciliation result =
        reconcile({paid("a", 100), paid("b", 200), paid("d", 400)}, {paid("b", 200), paid("c", 300), paid("d", 401)});
    EXPECT_EQ(result.matched, 1);
    EXPECT_EQ(result.ours_fen, 700);
    EXPECT_EQ(result.theirs_fen, 901);
    ASSERT_EQ(result.differences.size(), 3U);
    EXPECT_EQ(result.differences[0].verdict, Mismatch::only_ours);
    EXPECT_EQ(result.differences[0].reference, "a");
    EXPECT_EQ(result.differences[1].verdict, Mismatch::only_theirs);
    EXPECT_EQ(result.differences[1].theirs_fen, 300);
    EXPECT_EQ(result.differences[2].verdict, Mismatch::amounts_differ);
    EXPECT_EQ(result.differences[2].ours_fen, 400);
}

TEST(Reconcile, KeepsPaymentsAndRefundsApartAndSeesWhatStandsTwice)
{
    const MoneyLine back{MoneyKind::refund, "a", "PO", 100, 1};
    EXPECT_TRUE(reconcile({paid("a", 100), back}, {back, paid("a", 100)}).differences.empty());
    EXPECT_EQ(reconcile({paid("a", 100), back}, {paid("a", 100)}).differences.size(), 1U);
    EXPECT_EQ(reconcile({paid("a", 100), back}, {}).ours_fen, 0);
    const Reconciliation twice = reconcile({paid("a", 100)}, {paid("a", 100), paid("a", 100)});
    ASSERT_EQ(twice.differences.size(), 1U);
    EXPECT_EQ(twice.differences[0].verdict, Mismatch::amounts_differ);
    EXPECT_EQ(twice.differences[0].theirs_fen, 200);
}

}  // namespace
}  // namespace tongban
