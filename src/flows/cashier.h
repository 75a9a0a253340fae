#pragma once
// The money of a registry after it was paid (domain.md 4.3; H42, H43, H45, H46): giving back, deciding about money that
// nobody could place, comparing each day with the gateway's statement, and charging again what was wrongly exempt. The
// platform never gives tax back: that is the tax office's (H41).

#include "base/clock.h"
#include "flows/case_steps.h"
#include "flows/pay_bill.h"
#include "modules/access/core/api.h"
#include "modules/fees/bill_store.h"
#include "modules/fees/payment_gateway.h"
#include "modules/fees/reconciliation_store.h"
#include "modules/journal/core/commands.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

class Cashier {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        Commands& commands;
        const Catalog& catalog;
        CaseStore& cases;
        CaseSteps& steps;
        RegisterReader& register_book;
        BillStore& bills;
        PaymentGateway& gateway;
        PayBill& pay;
    };
    explicit Cashier(const Parts& parts) : parts_(parts) {}

    // ---- workers. One round over all registries; gives how much moved. Asking the gateway is outside every lane.
    int give_back_round();
    // Yesterday, for every registry that has not compared it yet.
    int reconcile_round();

    // ---- people, api/fragments/46-money.yaml
    Result<Response> refunds(ApiRequest& request);
    Result<Response> retry_refund(ApiRequest& request);
    Result<Response> settle_refund(ApiRequest& request);
    Result<Response> unmatched(ApiRequest& request);
    Result<Response> match(ApiRequest& request);
    Result<Response> give_back(ApiRequest& request);
    Result<Response> days(ApiRequest& request);
    Result<Response> day(ApiRequest& request);
    Result<Response> compare(ApiRequest& request);
    Result<Response> resolve(ApiRequest& request);
    // The exemption was not deserved: the case stays as it is, and what it would have owed is charged (H45).
    Result<Response> recover(ApiRequest& request);

private:
    using Work = std::function<Result<Response>(Sql&, Millis now)>;
    Result<Response> command(ApiRequest& request, const Work& work);
    Result<Response> decide_refund(ApiRequest& request, RefundAct act);
    Result<void> ask_gateway(const RefundToAsk& due);
    Result<void> compare_day(Agency agency, const std::string& day, Stamp by);
    Result<Response> day_answer(Sql& sql, Agency agency, const std::string& day);
    std::vector<BillLine> unreduced(Sql& sql, const Case& subject);

    Parts parts_;
};

void add_money_routes(Api& api, Cashier& flow);

}  // namespace tongban
