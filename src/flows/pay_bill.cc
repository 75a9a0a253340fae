#include "flows/pay_bill.h"

#include "base/json.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/fees/fees_problems.h"

namespace tongban {

Result<std::string> PayBill::start(const Actor& applicant)
{
    PaymentOrder order;
    TRY(parts_.database.write(applicant.agency, [&](Sql& sql) -> Result<void> {
        const Case subject = TRY(parts_.cases.load(sql, applicant.agency, applicant.case_number));
        TRY(authorise(applicant, Action::pay_case,
                      Owner{.agency = subject.agency, .account = {}, .case_number = subject.number}));
        if (subject.state == CaseState::suspended) return Error{cases_problem::suspended};
        order = TRY(parts_.bills.open_order(sql, subject.agency, subject.number, parts_.clock.now()));
        return {};
    }));
    // Outside the lane: the gateway may be slow. The order is ours already, so a lost answer is asked for again.
    return parts_.gateway.order(order, "不动产登记费（办件 " + order.case_number + "）");
}

Result<void> PayBill::move_case(Sql& sql, Agency agency, const Bill& bill, Millis now)
{
    const Case subject = TRY(parts_.cases.load(sql, agency, bill.case_number));
    if (is_final(subject.state)) return {};
    TRY(parts_.steps.take(sql, subject, case_command::RecordPayment{bill.id, bill.amount_fen, bill.gateway_reference},
                          platform_facts(now)));
    return {};
}

Result<PaymentOutcome> PayBill::book(Sql& sql, Agency agency, const PaymentNotice& notice, Millis now)
{
    const TakenPayment taken = TRY(parts_.bills.take(sql, agency, notice, now));
    if (taken.outcome == PaymentOutcome::settled) TRY(move_case(sql, agency, taken.bill, now));
    return taken.outcome;
}

Result<void> PayBill::take_notice(std::string_view body, std::string_view signature)
{
    const PaymentNotice notice = TRY(parts_.gateway.read_notice(body, signature));
    const Agency agency = agency_of_order(notice.order_id);
    if (agency == 0) return Error{fees_problem::order_unknown};
    PaymentOutcome outcome = PaymentOutcome::repeated;
    TRY(parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        outcome = TRY(book(sql, agency, notice, parts_.clock.now()));
        return {};
    }));
    switch (outcome) {
    case PaymentOutcome::settled: parts_.steps.wake(); return {};
    case PaymentOutcome::repeated:
    case PaymentOutcome::late:
    case PaymentOutcome::surplus: return {};
    case PaymentOutcome::wrong_amount: return Error{fees_problem::amount_wrong};
    }
    throw BrokenInvariant("a payment outcome that nobody answers");
}

void add_payment_routes(Api& api, PayBill& flow)
{
    api.add(Method::post, "/api/v1/public/tracked-case/payments", Action::follow_case,
            [&flow](ApiRequest& request) -> Result<Response> {
                const std::string page = TRY(flow.start(request.actor));
                return Response::json(200, json::serialize(json::object{
                                               {"redirect_url", page}
                }));
            });
    api.add(Method::post, "/api/v1/gateway/payments", Action::receive_callback,
            [&flow](ApiRequest& request) -> Result<Response> {
                TRY(flow.take_notice(request.http.body, request.http.headers.find("X-Gateway-Signature")));
                return Response::json(200, R"({"taken":true})");
            },
            {.needs_idempotency_key = false,
             .needs_csrf_token = false,
             .uses_session = false,
             .body_bytes_max = 16 * 1024});
}

}  // namespace tongban
