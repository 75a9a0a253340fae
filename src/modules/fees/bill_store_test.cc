#include "modules/fees/bill_store.h"

#include <gtest/gtest.h>

#include "modules/fees/fees_problems.h"
#include "modules/journal/journal_store.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
const std::string case_number = "TB37010220261123000001";

class BillStoreTest : public DatabaseTest {
protected:
    Bill issue()
    {
        return write(lixia,
                     [&](Sql& sql) -> Result<Bill> {
                         return bills_.issue(sql, lixia,
                                             {case_number, "演示银行", {{"H", "登记费", 1, 8000, 8000}}, clock_.now()});
                     })
            .value();
    }
    Result<PaymentOrder> order()
    {
        return write(lixia, [&](Sql& sql) { return bills_.open_order(sql, lixia, case_number, clock_.now()); });
    }
    Result<TakenPayment> take(const std::string& order_id, const std::string& reference, std::int64_t fen = 8000,
                              Millis paid_at = 0)
    {
        return write(lixia, [&](Sql& sql) {
            return bills_.take(sql, lixia, {order_id, fen, reference, paid_at == 0 ? clock_.now() : paid_at},
                               clock_.now());
        });
    }
    std::vector<Refund> refunds()
    {
        return read([&](Sql& sql) -> Result<std::vector<Refund>> {
                   return bills_.refunds().page(sql, lixia, "", clock_.now() + 1, "", 100);
               })
            .value();
    }
    std::vector<UnmatchedPayment> unmatched()
    {
        return read([&](Sql& sql) -> Result<std::vector<UnmatchedPayment>> {
                   return bills_.refunds().unmatched(sql, lixia, 0, "", 100);
               })
            .value();
    }
    Result<Refund> person(const Refund& refund, RefundAct act)
    {
        return write(lixia, [&](Sql& sql) {
            return bills_.refunds().act(sql, lixia, refund, act, "cashier", "已核实", clock_.now());
        });
    }
    Refund gateway(const RefundAnswer& answer)
    {
        const Refund before = refunds().at(0);
        (void)write(lixia, [&](Sql& sql) -> Result<void> {
            bills_.refunds().take_answer(sql, lixia, before, answer, clock_.now());
            return {};
        });
        return refunds().at(0);
    }
    Result<TakenPayment> match(const std::string& reference)
    {
        return write(
            lixia, [&](Sql& sql) { return bills_.match(sql, lixia, reference, "cashier", "金额相符", clock_.now()); });
    }
    void void_due()
    {
        (void)write(lixia, [&](Sql& sql) -> Result<void> {
            bills_.void_due(sql, lixia, case_number);
            return {};
        });
    }
    Bill bill()
    {
        return read([&](Sql& sql) -> Result<std::optional<Bill>> {
                   return bills_.find_for_case(sql, lixia, case_number);
               })
            .value()
            .value();
    }
    std::vector<RefundablePayment> to_refund()
    {
        return read([&](Sql& sql) -> Result<std::vector<RefundablePayment>> {
                   return bills_.to_refund(sql, lixia, 100);
               })
            .value();
    }
    std::string books()
    {
        return read([&](Sql& sql) -> Result<std::string> { return bills_.check_books(sql, lixia); }).value();
    }

    std::unique_ptr<Journal> journal_ = make_journal();
    BillStore bills_{ids_, *journal_};
};
TONGBAN_ON_EACH_ENGINE(BillStoreTest);

TEST_P(BillStoreTest, OrderIdsTellTheirRegistry)
{
    issue();
    EXPECT_EQ(agency_of_order(order()->id), lixia);
    EXPECT_EQ(agency_of_order("PO37010X00000000000000000000000000000000"), 0);
    EXPECT_EQ(agency_of_order("370102"), 0);
}

TEST_P(BillStoreTest, APaymentSettlesTheBillOnce)
{
    issue();
    const std::string id = order()->id;
    EXPECT_EQ(take(id, "R1")->outcome, PaymentOutcome::settled);
    EXPECT_EQ(bill().state, BillState::paid);
    EXPECT_EQ(bill().gateway_reference, "R1");
    EXPECT_EQ(take(id, "R1")->outcome, PaymentOutcome::repeated);
    EXPECT_TRUE(to_refund().empty());
    EXPECT_EQ(books(), "");
    EXPECT_EQ(order().error().problem, &fees_problem::already_paid);
}

TEST_P(BillStoreTest, OneOpenOrderUntilItExpires)
{
    EXPECT_EQ(order().error().problem, &fees_problem::no_bill);
    issue();
    const std::string first = order()->id;
    EXPECT_EQ(order()->id, first);
    clock_.advance(31 * 60 * 1000);
    EXPECT_NE(order()->id, first);
}

// Two devices: the first order had expired for one of them, whose payment the gateway took in time.
TEST_P(BillStoreTest, H43PaidTwiceTheSecondPaymentGoesBackByItself)
{
    issue();
    const std::string first = order()->id;
    const Millis in_time = clock_.now();
    clock_.advance(31 * 60 * 1000);
    const std::string second = order()->id;
    EXPECT_EQ(take(first, "R1", 8000, in_time)->outcome, PaymentOutcome::settled) << "paid in time, told late";
    EXPECT_EQ(take(second, "R2")->outcome, PaymentOutcome::surplus);
    ASSERT_EQ(refunds().size(), 1U);
    EXPECT_EQ(refunds()[0].reference, "R2");
    EXPECT_EQ(refunds()[0].cause, RefundCause::paid_twice);
    EXPECT_EQ(refunds()[0].state, RefundState::requested);
    EXPECT_TRUE(unmatched().empty()) << "nobody has to decide about it";
    EXPECT_EQ(take(second, "R2")->outcome, PaymentOutcome::repeated);
    ASSERT_EQ(to_refund().size(), 1U);
    EXPECT_EQ(to_refund()[0].reference, "R2");
    EXPECT_EQ(to_refund()[0].amount_fen, 8000);
    EXPECT_EQ(bill().gateway_reference, "R1");
    EXPECT_EQ(books(), "");
}

TEST_P(BillStoreTest, MoneyForAVoidBillIsKeptForRefund)
{
    issue();
    const std::string id = order()->id;
    void_due();
    EXPECT_EQ(bill().state, BillState::void_);
    EXPECT_EQ(order().error().problem, &fees_problem::bill_void);
    EXPECT_EQ(take(id, "R1")->outcome, PaymentOutcome::surplus);
    EXPECT_EQ(bill().state, BillState::void_);
    EXPECT_EQ(to_refund().size(), 1U);
    EXPECT_EQ(books(), "");
}

TEST_P(BillStoreTest, AWrongAmountNeverPaysABill)
{
    issue();
    const std::string id = order()->id;
    EXPECT_EQ(take(id, "R1", 1)->outcome, PaymentOutcome::wrong_amount);
    EXPECT_EQ(take(id, "R1", 1)->outcome, PaymentOutcome::wrong_amount) << "the same answer again";
    EXPECT_EQ(bill().state, BillState::due);
    EXPECT_EQ(to_refund().size(), 1U);
    EXPECT_EQ(take(id, "R2")->outcome, PaymentOutcome::settled);
    EXPECT_EQ(take("PO37010200000000000000000000000000000000", "R3").error().problem, &fees_problem::order_unknown);
}

TEST_P(BillStoreTest, ThePaymentOfACaseThatEndedIsListedForRefundOnce)
{
    const auto refund = [&] {
        const auto done = write(lixia, [&](Sql& sql) -> Result<void> {
            bills_.refund_paid(sql, lixia, case_number, "acceptor", clock_.now());
            return {};
        });
        ASSERT_TRUE(done.has_value());
    };
    issue();
    refund();
    EXPECT_TRUE(to_refund().empty()) << "nothing was paid";
    take(order()->id, "R1").value();
    EXPECT_EQ(bill().refund_due_at, 0);
    refund();
    ASSERT_EQ(to_refund().size(), 1U);
    EXPECT_EQ(to_refund()[0].reference, "R1");
    EXPECT_EQ(to_refund()[0].outcome, "settled");
    EXPECT_EQ(bill().state, BillState::paid);
    const Millis since = bill().refund_due_at;
    EXPECT_EQ(since, clock_.now());
    clock_.advance(1000);
    refund();
    EXPECT_EQ(bill().refund_due_at, since);
    EXPECT_EQ(to_refund().size(), 1U);
    EXPECT_EQ(books(), "");
    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
        return journal_->read(sql, lixia, {"payment", "R1"});
    });
    ASSERT_EQ(events->size(), 2U);
    EXPECT_EQ(events->at(1).type, "payment.refund_due");
}

TEST_P(BillStoreTest, ACaseHasOneBillInForce)
{
    issue();
    EXPECT_THROW(issue(), UniqueViolation);
    void_due();
    clock_.advance(1000);
    issue();
    EXPECT_EQ(bill().state, BillState::due);
}

TEST_P(BillStoreTest, H46MoneyAfterTheOrderExpiredWaitsForAPerson)
{
    issue();
    const std::string id = order()->id;
    clock_.advance(31 * 60 * 1000);
    EXPECT_EQ(take(id, "R1")->outcome, PaymentOutcome::late);
    EXPECT_EQ(take(id, "R1")->outcome, PaymentOutcome::repeated);
    EXPECT_EQ(bill().state, BillState::due) << "an expired rate is never taken by itself";
    ASSERT_EQ(unmatched().size(), 1U);
    EXPECT_EQ(unmatched()[0].cause, RefundCause::late);
    EXPECT_TRUE(refunds().empty());
    EXPECT_EQ(books(), "");
    const Result<TakenPayment> matched = match("R1");
    ASSERT_TRUE(matched.has_value());
    EXPECT_EQ(bill().state, BillState::paid);
    EXPECT_EQ(bill().gateway_reference, "R1");
    EXPECT_TRUE(unmatched().empty());
    EXPECT_EQ(match("R1").error().problem, &fees_problem::payment_not_unmatched);
    EXPECT_EQ(books(), "");
}

TEST_P(BillStoreTest, AWrongAmountIsNeverMatched)
{
    issue();
    take(order()->id, "R1", 1).value();
    ASSERT_EQ(unmatched().size(), 1U);
    EXPECT_EQ(match("R1").error().problem, &fees_problem::not_matchable);
    EXPECT_EQ(match("nothing").error().problem, &fees_problem::payment_not_unmatched);
    clock_.advance(31 * 60 * 1000);
    take(order()->id, "R2").value();
    clock_.advance(1);
    EXPECT_EQ(bill().state, BillState::paid);
    EXPECT_EQ(match("R1").error().problem, &fees_problem::not_matchable);
    EXPECT_EQ(books(), "");
}

TEST_P(BillStoreTest, H42ThePaymentOfAnEndedCaseGoesBackAndItsReceiptIsReversed)
{
    issue();
    take(order()->id, "R1").value();
    const std::string receipt = bill().receipt_number;
    EXPECT_EQ(receipt.size(), 18U);
    EXPECT_EQ(bill().reversal_number, "");
    (void)write(lixia, [&](Sql& sql) -> Result<void> {
        bills_.refund_paid(sql, lixia, case_number, "acceptor", clock_.now());
        bills_.refund_paid(sql, lixia, case_number, "acceptor", clock_.now());
        return {};
    });
    EXPECT_EQ(bill().receipt_number, receipt) << "the receipt stays, with its reversal beside it";
    EXPECT_NE(bill().reversal_number, "");
    EXPECT_NE(bill().reversal_number, receipt);
    ASSERT_EQ(refunds().size(), 1U);
    EXPECT_EQ(bill().refund_state, "requested");
    EXPECT_EQ(gateway({RefundAct::take, "", "", 0}).state, RefundState::sent);
    const Refund done = gateway({RefundAct::finish, "TF1", "", clock_.now()});
    EXPECT_EQ(done.state, RefundState::done);
    EXPECT_EQ(done.gateway_reference, "TF1");
    EXPECT_EQ(gateway({RefundAct::refuse, "", "晚到", 0}).state, RefundState::done) << "money that is back stays back";
    EXPECT_EQ(bill().refund_state, "done");
    EXPECT_TRUE(to_refund().empty());
    EXPECT_EQ(books(), "");
    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
        return journal_->read(sql, lixia, {"refund", done.id});
    });
    ASSERT_EQ(events->size(), 3U);
    EXPECT_EQ(events->at(2).type, "refund.done");
}

TEST_P(BillStoreTest, ARefundThatTheGatewayRefusesIsAPersonsMatter)
{
    issue();
    take(order()->id, "R1").value();
    (void)write(lixia, [&](Sql& sql) -> Result<void> {
        bills_.refund_paid(sql, lixia, case_number, "acceptor", clock_.now());
        return {};
    });
    EXPECT_EQ(person(refunds()[0], RefundAct::settle).error().problem, &fees_problem::refund_state);
    const Refund refused = gateway({RefundAct::refuse, "", "账户已销户", 0});
    EXPECT_EQ(refused.state, RefundState::refused);
    EXPECT_EQ(refused.message, "账户已销户");
    EXPECT_EQ(books(), "");
    EXPECT_EQ(person(refused, RefundAct::retry)->state, RefundState::requested);
    const Refund again = gateway({RefundAct::refuse, "", "账户已销户", 0});
    EXPECT_EQ(person(again, RefundAct::settle)->state, RefundState::by_hand);
    EXPECT_TRUE(to_refund().empty());
    EXPECT_EQ(books(), "");
    EXPECT_EQ(person(refunds()[0], RefundAct::retry).error().problem, &fees_problem::refund_state);
}

}  // namespace
}  // namespace tongban
