#pragma once
// Bills, payment orders and payments in the database. Every function runs inside a transaction of the caller, in the
// lane of the home registry.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "modules/fees/core/bills.h"
#include "modules/fees/refund_store.h"
#include "modules/journal/core/journal.h"

namespace tongban {

enum class OrderState { open, paid, expired };

struct PaymentOrder {
    std::string id;  // "PO", the registry's six digits, 32 hex digits: the callback finds its lane by it
    std::string bill_id;
    std::string case_number;
    std::int64_t amount_fen = 0;
    OrderState state = OrderState::open;
    Millis created_at = 0;
    Millis expires_at = 0;
};

// The registry in an order id; 0 when it has not our form.
Agency agency_of_order(std::string_view order_id);

// What the gateway told us, already proven to come from it.
struct PaymentNotice {
    std::string order_id;
    std::int64_t amount_fen = 0;
    std::string reference;  // of the gateway, unique per payment
    Millis paid_at = 0;
};

enum class PaymentOutcome {
    settled,       // the bill is paid by this payment: the case may go on
    repeated,      // known already: nothing was changed
    surplus,       // the bill was paid or void: goes back by itself
    wrong_amount,  // not what was ordered: people decide
    late           // paid after the order had expired: people decide, an expired rate is never taken by itself (H46)
};

struct TakenPayment {
    PaymentOutcome outcome = PaymentOutcome::repeated;
    Bill bill;
};

struct RefundablePayment {
    std::string reference;
    std::string order_id;
    std::string case_number;
    std::int64_t amount_fen = 0;
    std::string outcome;  // settled: it paid the bill of a case that ended without an entry; surplus, wrong_amount
    Millis paid_at = 0;
};

// Thread-safe.
class BillStore final : public Bills {
public:
    BillStore(IdSource& ids, Journal& journal) : ids_(ids), journal_(journal), refunds_(ids, journal) {}

    Bill issue(Sql& sql, Agency agency, const NewBill& bill) override;
    std::optional<Bill> find_for_case(Sql& sql, Agency agency, std::string_view case_number) override;
    void void_due(Sql& sql, Agency agency, std::string_view case_number) override;
    void refund_paid(Sql& sql, Agency agency, std::string_view case_number, std::string_view actor,
                     Millis now) override;

    // The open order of the case's bill, or a new one; an expired one is replaced. fees.no_bill, fees.already_paid,
    // fees.bill_void.
    Result<PaymentOrder> open_order(Sql& sql, Agency agency, std::string_view case_number, Millis now);

    // Takes a payment exactly once per reference. What settles the bill gets its fiscal receipt; a surplus is sent
    // back. fees.order_unknown.
    Result<TakenPayment> take(Sql& sql, Agency agency, const PaymentNotice& notice, Millis now);

    // A person takes a late payment for the bill after all. fees.payment_not_unmatched, fees.not_matchable.
    Result<TakenPayment> match(Sql& sql, Agency agency, std::string_view reference, std::string_view actor,
                               std::string_view reason, Millis now);
    RefundStore& refunds() { return refunds_; }
    // Why a person did something to a bill, in the journal (aggregate "bill").
    void note(Sql& sql, Agency agency, const Bill& bill, std::string_view what, std::string_view reason,
              std::string_view actor, Millis now);

    // Everything that people must give back, oldest first.
    std::vector<RefundablePayment> to_refund(Sql& sql, Agency agency, int rows_max);
    // Empty, or what is wrong with the books of the registry: for check-data.
    std::string check_books(Sql& sql, Agency agency);

private:
    void settle(Sql& sql, Agency agency, Bill& bill, const std::string& reference, Millis paid_at, Millis now);
    // The next number of the registry and year: receipts and their reversals count together.
    std::string receipt_number(Sql& sql, Agency agency, Millis now);

    IdSource& ids_;
    Journal& journal_;
    RefundStore refunds_;
};

}  // namespace tongban
