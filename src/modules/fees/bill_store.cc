#include "modules/fees/bill_store.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "base/json.h"
#include "base/text_table.h"
#include "modules/fees/fees_problems.h"
#include "sql/bill_sql.h"

namespace tongban {

namespace {

// The gateway closes its page after this time; a payment that still arrives later is kept all the same.
constexpr Millis order_lifetime = 30 * 60 * 1000;

constexpr TextTable<OrderState, 3> order_states{
    {{{OrderState::open, "open"}, {OrderState::paid, "paid"}, {OrderState::expired, "expired"}}}};
constexpr TextTable<PaymentOutcome, 4> outcomes{{{{PaymentOutcome::settled, "settled"},
                                                  {PaymentOutcome::repeated, "repeated"},
                                                  {PaymentOutcome::surplus, "surplus"},
                                                  {PaymentOutcome::wrong_amount, "wrong_amount"}}}};

std::string text(std::string_view view)
{
    return std::string(view);
}

Bill bill_of(const SqlRow& row)
{
    const BillState* state = find_bill_state(row.text(3));
    TONGBAN_ASSERT(state != nullptr);
    return {row.text(0),    row.text(1),
            row.text(2),    *state,
            row.integer(4), lines_from_json(boost::json::parse(row.text(5))),
            row.integer(6), row.is_null(7) ? 0 : row.integer(7),
            row.text(8),    row.is_null(9) ? 0 : row.integer(9)};
}

PaymentOrder order_of(const SqlRow& row)
{
    const OrderState* state = order_states.find(row.text(4));
    TONGBAN_ASSERT(state != nullptr);
    return {row.text(0), row.text(1), row.text(2), row.integer(3), *state, row.integer(5), row.integer(6)};
}

PaymentOutcome outcome_of(const Bill& bill, const PaymentOrder& order, const PaymentNotice& notice)
{
    if (notice.amount_fen != order.amount_fen) return PaymentOutcome::wrong_amount;
    if (bill.state != BillState::due) return PaymentOutcome::surplus;
    return PaymentOutcome::settled;
}

}  // namespace

Agency agency_of_order(std::string_view order_id)
{
    if (order_id.size() != 40 || !order_id.starts_with("PO")) return 0;
    Agency agency = 0;
    const char* const end = order_id.data() + 8;
    const auto [stopped, failed] = std::from_chars(order_id.data() + 2, end, agency);
    return failed == std::errc{} && stopped == end && agency > 0 ? agency : 0;
}

Bill BillStore::issue(Sql& sql, Agency agency, const NewBill& fresh)
{
    Bill bill{ids_.next(),
              fresh.case_number,
              fresh.payer,
              BillState::due,
              total_fen(fresh.lines),
              fresh.lines,
              fresh.issued_at,
              0,
              {},
              0};
    sql.execute(sql::bill_add, {agency, bill.id, bill.case_number, bill.payer, bill.amount_fen,
                                json::serialize(to_json(bill.lines)), bill.issued_at});
    return bill;
}

std::optional<Bill> BillStore::find_for_case(Sql& sql, Agency agency, std::string_view case_number)
{
    const std::optional<SqlRow> row = sql.find(sql::bill_of_case, {agency, text(case_number)});
    if (!row) return std::nullopt;
    return bill_of(*row);
}

void BillStore::void_due(Sql& sql, Agency agency, std::string_view case_number)
{
    const std::optional<Bill> bill = find_for_case(sql, agency, case_number);
    if (!bill || bill->state != BillState::due) return;
    sql.execute(sql::bill_void, {agency, bill->case_number});
    sql.execute(sql::payment_order_expire_open, {agency, bill->id});
}

void BillStore::refund_paid(Sql& sql, Agency agency, std::string_view case_number, std::string_view actor, Millis now)
{
    const std::optional<Bill> bill = find_for_case(sql, agency, case_number);
    if (!bill || bill->state != BillState::paid) return;
    const std::optional<SqlRow> marked = sql.find(sql::payment_refund, {agency, bill->id, now});
    if (!marked) return;
    const std::array<Event, 1> events{
        Event{"payment.refund_due", json::serialize(json::object{{"order_id", marked->text(1)},
                                                                 {"bill_id", bill->id},
                                                                 {"case_number", bill->case_number},
                                                                 {"amount_fen", marked->integer(2)}})}
    };
    // The payment's second event: the first was its arrival.
    journal_.append(sql, agency, {"payment", marked->text(0)}, 2, events, actor, now);
}

Result<PaymentOrder> BillStore::open_order(Sql& sql, Agency agency, std::string_view case_number, Millis now)
{
    const std::optional<Bill> bill = find_for_case(sql, agency, case_number);
    if (!bill) return Error{fees_problem::no_bill};
    if (bill->state == BillState::paid) return Error{fees_problem::already_paid};
    if (bill->state == BillState::void_) return Error{fees_problem::bill_void};
    if (bill->amount_fen == 0) return Error{fees_problem::no_bill};
    if (const std::optional<SqlRow> row = sql.find(sql::payment_order_open, {agency, bill->id})) {
        PaymentOrder open = order_of(*row);
        if (open.expires_at > now) return open;
        sql.execute(sql::payment_order_set_state, {agency, open.id, text(order_states.text(OrderState::expired))});
    }
    std::string unique = ids_.next();
    std::erase(unique, '-');
    PaymentOrder order{"PO" + std::to_string(agency) + unique,
                       bill->id,
                       bill->case_number,
                       bill->amount_fen,
                       OrderState::open,
                       now,
                       now + order_lifetime};
    sql.execute(sql::payment_order_add, {agency, order.id, order.bill_id, order.case_number, order.amount_fen,
                                         order.created_at, order.expires_at});
    return order;
}

Result<TakenPayment> BillStore::take(Sql& sql, Agency agency, const PaymentNotice& notice, Millis now)
{
    const std::optional<SqlRow> order_row = sql.find(sql::payment_order_get, {agency, notice.order_id});
    if (!order_row) return Error{fees_problem::order_unknown};
    const PaymentOrder order = order_of(*order_row);
    const std::optional<SqlRow> bill_row = sql.find(sql::bill_get, {agency, order.bill_id});
    TONGBAN_ASSERT(bill_row.has_value());
    TakenPayment taken{PaymentOutcome::repeated, bill_of(*bill_row)};
    if (const std::optional<SqlRow> known = sql.find(sql::payment_find, {agency, notice.reference})) {
        if (known->text(0) == outcomes.text(PaymentOutcome::wrong_amount)) taken.outcome = PaymentOutcome::wrong_amount;
        return taken;
    }

    taken.outcome = outcome_of(taken.bill, order, notice);
    const std::string outcome = text(outcomes.text(taken.outcome));
    sql.execute(sql::payment_add, {agency, notice.reference, order.id, order.bill_id, order.case_number,
                                   notice.amount_fen, outcome, notice.paid_at, now});
    const std::array<Event, 1> events{
        Event{"payment." + outcome, json::serialize(json::object{{"order_id", order.id},
                                                                 {"bill_id", order.bill_id},
                                                                 {"case_number", order.case_number},
                                                                 {"amount_fen", notice.amount_fen},
                                                                 {"paid_at", utc_text(notice.paid_at)}})}
    };
    journal_.append(sql, agency, {"payment", notice.reference}, 1, events, "payment gateway", now);
    if (taken.outcome != PaymentOutcome::settled) return taken;

    const std::optional<SqlRow> paid =
        sql.find(sql::bill_pay, {agency, order.bill_id, notice.paid_at, notice.reference});
    TONGBAN_ASSERT(paid.has_value());
    sql.execute(sql::payment_order_set_state, {agency, order.id, text(order_states.text(OrderState::paid))});
    sql.execute(sql::payment_order_expire_open, {agency, order.bill_id});
    taken.bill.state = BillState::paid;
    taken.bill.paid_at = notice.paid_at;
    taken.bill.gateway_reference = notice.reference;
    return taken;
}

std::vector<RefundablePayment> BillStore::to_refund(Sql& sql, Agency agency, int rows_max)
{
    std::vector<RefundablePayment> all;
    for (const SqlRow& row : sql.query(sql::payments_to_refund, {agency, rows_max})) {
        all.push_back({row.text(0), row.text(1), row.text(2), row.integer(3), row.text(4), row.integer(5)});
    }
    return all;
}

std::string BillStore::check_books(Sql& sql, Agency agency)
{
    const SqlRows rows = sql.query(sql::payments_balance, {agency});
    const std::int64_t settled = rows.at(0).integer(0);
    const std::int64_t paid = rows.at(0).integer(1);
    if (settled == paid) return {};
    return "payments settled " + std::to_string(settled) + " fen, but bills say " + std::to_string(paid);
}

}  // namespace tongban
