// Whatever people, devices and the gateway do, no fen is lost or made: what came in is settled, given back, on its way
// back or waiting for a person. Random sequences; a failure prints the seed that plays it again.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "modules/fees/bill_store.h"
#include "modules/fees/fees_problems.h"
#include "modules/journal/journal_store.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;

struct Act {
    int what = 0;
    int which = 0;  // of the orders, payments or refunds there are
    int fen = 0;    // 0: the right amount
    int minutes = 0;
};

class MoneyPropertyTest : public DatabaseTest {
protected:
    std::unique_ptr<Journal> journal_ = make_journal();
    BillStore bills_{ids_, *journal_};
    std::vector<std::string> orders_;
    int cases_ = 0;
    int payments_ = 0;

    std::string case_of(int i) const { return "TB" + std::to_string(i); }

    void open(Sql& sql, const Act& act)
    {
        const int number = act.which % 3 == 0 ? ++cases_ : cases_;
        const std::string subject = case_of(number);
        const auto there = bills_.find_for_case(sql, lixia, subject);
        if (!there || there->state == BillState::void_) {
            bills_.issue(sql, lixia, {subject, "某人", {{"H", "登记费", 1, 8000, 8000}}, clock_.now()});
        }
        if (const auto order = bills_.open_order(sql, lixia, subject, clock_.now())) orders_.push_back(order->id);
    }
    void pay(Sql& sql, const Act& act)
    {
        if (orders_.empty()) return;
        const std::string& order = orders_[static_cast<std::size_t>(act.which) % orders_.size()];
        const std::int64_t fen = act.fen == 0 ? 8000 : act.fen;
        const std::string reference = "R" + std::to_string(act.minutes % 3 == 0 ? payments_ : ++payments_);
        (void)bills_.take(sql, lixia, {order, fen, reference, clock_.now()}, clock_.now());
    }
    void step(Sql& sql, const Act& act)
    {
        RefundStore& refunds = bills_.refunds();
        const auto unmatched = refunds.unmatched(sql, lixia, 0, "", 100);
        const auto all = refunds.page(sql, lixia, "", clock_.now() + 1, "", 100);
        const std::size_t which = static_cast<std::size_t>(act.which);
        switch (act.what) {
        case 0:
        case 1: return open(sql, act);
        case 2:
        case 3:
        case 4: return pay(sql, act);
        case 5: return bills_.void_due(sql, lixia, case_of(cases_ == 0 ? 0 : act.which % (cases_ + 1)));
        case 6:
            return bills_.refund_paid(sql, lixia, case_of(cases_ == 0 ? 0 : act.which % (cases_ + 1)), "a",
                                      clock_.now());
        case 7:
            if (!unmatched.empty()) {
                (void)bills_.match(sql, lixia, unmatched[which % unmatched.size()].reference, "a", "r", clock_.now());
            }
            return;
        case 8:
            if (!unmatched.empty()) {
                const UnmatchedPayment& one = unmatched[which % unmatched.size()];
                refunds.request(sql, lixia, {one.reference, one.order_id, one.case_number, one.amount_fen, one.cause},
                                "a", "r", clock_.now());
            }
            return;
        default: break;
        }
        if (all.empty()) return;
        const Refund& refund = all[which % all.size()];
        constexpr RefundAct acts[] = {RefundAct::take, RefundAct::finish, RefundAct::refuse};
        if (act.what == 9) {
            refunds.take_answer(sql, lixia, refund, {acts[act.minutes % 3], "TF", "", clock_.now()}, clock_.now());
        } else {
            (void)refunds.act(sql, lixia, refund, act.minutes % 2 == 0 ? RefundAct::retry : RefundAct::settle, "a", "r",
                              clock_.now());
        }
    }
};
TONGBAN_ON_EACH_ENGINE(MoneyPropertyTest);

TEST_P(MoneyPropertyTest, NoFenIsLostOrMade)
{
    (void)database();
    ::setenv("RC_PARAMS", "max_success=8", 0);  // every step is a durable commit
    const auto one = rc::gen::build<Act>(rc::gen::set(&Act::what, rc::gen::inRange(0, 11)),
                                         rc::gen::set(&Act::which, rc::gen::inRange(0, 50)),
                                         rc::gen::set(&Act::fen, rc::gen::element(0, 0, 0, 1, 7999, 16000)),
                                         rc::gen::set(&Act::minutes, rc::gen::inRange(0, 40)));
    const bool kept = rc::check("received = settled + refunded + returning + undecided", [&] {
        const auto acts = *rc::gen::container<std::vector<Act>>(40, one);
        for (const Act& act : acts) {
            clock_.advance(act.minutes * 60 * 1000LL + 1);
            const auto done = write(lixia, [&](Sql& sql) -> Result<void> {
                step(sql, act);
                RC_ASSERT(bills_.check_books(sql, lixia) == "");
                return {};
            });
            RC_ASSERT(done.has_value());
        }
    });
    EXPECT_TRUE(kept);
}

}  // namespace
}  // namespace tongban
