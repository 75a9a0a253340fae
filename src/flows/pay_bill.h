#pragma once
// Paying: the applicant is sent to the gateway's page, the gateway tells us by a signed notice, and the notice moves
// the case in the same transaction that books the money (domain.md 4.3: notices repeat, arrive late, arrive twice).

#include "base/clock.h"
#include "flows/case_steps.h"
#include "modules/access/core/api.h"
#include "modules/fees/bill_store.h"
#include "modules/fees/payment_gateway.h"

namespace tongban {

class PayBill {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        CaseStore& cases;
        CaseSteps& steps;
        BillStore& bills;
        PaymentGateway& gateway;
    };
    explicit PayBill(Parts parts) : parts_(parts) {}

    // Address of the page where the bill of the actor's own case is paid. Again and again the same order while it is
    // open. fees.no_bill, fees.already_paid, fees.bill_void, fees.gateway_unreachable, fees.gateway_refused.
    Result<std::string> start(const Actor& applicant);

    // Books a payment in a unit of the registry's lane and moves the case that it settles. fees.order_unknown.
    Result<PaymentOutcome> book(Sql& sql, Agency agency, const PaymentNotice& notice, Millis now);
    // The bill was settled: a case that waited for it goes on. One that is past that (a fee charged afterwards) stays.
    Result<void> move_case(Sql& sql, Agency agency, const Bill& bill, Millis now);

    // A notice of the gateway. Fine for a repeated one and for money that settles nothing (kept for refund).
    // fees.signature_wrong, fees.order_unknown, fees.amount_wrong.
    Result<void> take_notice(std::string_view body, std::string_view signature);

private:
    Parts parts_;
};

// POST /api/v1/public/tracked-case/payments, POST /api/v1/gateway/payments
void add_payment_routes(Api& api, PayBill& flow);

}  // namespace tongban
