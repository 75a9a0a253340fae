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
    Result<TakenPayment> take(const std::string& order_id, const std::string& reference, std::int64_t fen = 8000)
    {
        return write(lixia, [&](Sql& sql) {
            return bills_.take(sql, lixia, {order_id, fen, reference, clock_.now()}, clock_.now());
        });
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

TEST_P(BillStoreTest, PaidTwiceIsKeptForRefund)
{
    issue();
    const std::string first = order()->id;
    clock_.advance(31 * 60 * 1000);
    const std::string second = order()->id;
    EXPECT_EQ(take(first, "R1")->outcome, PaymentOutcome::settled) << "late, but the bill is due";
    EXPECT_EQ(take(second, "R2")->outcome, PaymentOutcome::surplus);
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

}  // namespace
}  // namespace tongban
