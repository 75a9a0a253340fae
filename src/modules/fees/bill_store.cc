#include "modules/fees/bill_store.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "base/json.h"
#include "base/text_table.h"
#include "modules/fees/fees_problems.h"
#include "sql/bill_sql.h"
#include "sql/receipt_sql.h"
#include "sql/refund_sql.h"

namespace tongban {

namespace {

// The gateway closes its page after this time; a payment that still arrives later is kept all the same.
constexpr Millis order_lifetime = 30 * 60 * 1000;

constexpr TextTable<OrderState, 3> order_states{
    {{{OrderState::open, "open"}, {OrderState::paid, "paid"}, {OrderState::expired, "expired"}}}};
constexpr TextTable<PaymentOutcome, 5> outcomes{{{{PaymentOutcome::settled, "settled"},
                                                  {PaymentOutcome::repeated, "repeated"},
                                                  {PaymentOutcome::surplus, "surplus"},
                                                  {PaymentOutcome::wrong_amount, "wrong_amount"},
                                                  {PaymentOutcome::late, "late"}}}};

std::string text(std::string_view view)
{
    return std::string(view);
}

std::string text_or_empty(const SqlRow& row, std::size_t i)
{
    return row.is_null(i) ? std::string{} : row.text(i);
}

Bill bill_of(const SqlRow& row)
{
    const BillState* state = find_bill_state(row.text(3));
    TONGBAN_ASSERT(state != nullptr);
    return {row.text(0),
            row.text(1),
            row.text(2),
            *state,
            row.integer(4),
            lines_from_json(boost::json::parse(row.text(5))),
            row.integer(6),
            row.is_null(7) ? 0 : row.integer(7),
            row.text(8),
            row.is_null(9) ? 0 : row.integer(9),
            text_or_empty(row, 10),
            text_or_empty(row, 11),
            text_or_empty(row, 12)};
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
    // The gateway's notice may come late; what counts is when the money was paid.
    if (notice.paid_at > order.expires_at) return PaymentOutcome::late;
    return PaymentOutcome::settled;
}

// Why it settled nothing, as the column says it; the table's `outcome` knows late money as a surplus.
std::string cause_of(PaymentOutcome outcome, const Bill& bill)
{
    switch (outcome) {
    case PaymentOutcome::settled:
    case PaymentOutcome::repeated: return {};
    case PaymentOutcome::wrong_amount: return text(to_text(RefundCause::wrong_amount));
    case PaymentOutcome::late: return text(to_text(RefundCause::late));
    case PaymentOutcome::surplus: break;
    }
    return text(to_text(bill.state == BillState::paid ? RefundCause::paid_twice : RefundCause::void_bill));
}

std::string outcome_text(PaymentOutcome outcome)
{
    return text(outcomes.text(outcome == PaymentOutcome::late ? PaymentOutcome::surplus : outcome));
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
              0,
              {},
              {},
              {}};
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
    // The payment's second event, the first was its arrival; its third when a person had matched it.
    const std::int64_t version = marked->text(3).empty() ? 2 : 3;
    journal_.append(sql, agency, {"payment", marked->text(0)}, version, events, actor, now);
    sql.execute(sql::receipt_reverse, {agency, bill->id, receipt_number(sql, agency, now), now});
    refunds_.request(sql, agency,
                     {marked->text(0), marked->text(1), bill->case_number, marked->integer(2), RefundCause::ended},
                     actor, {}, now);
}

std::string BillStore::receipt_number(Sql& sql, Agency agency, Millis now)
{
    const int year = china_year(now);
    const std::optional<SqlRow> row = sql.find(sql::receipt_count, {agency, std::int64_t{year}});
    TONGBAN_ASSERT(row.has_value());
    const std::string serial = std::to_string(row->integer(0));
    constexpr std::size_t digits = 8;
    return std::to_string(agency) + std::to_string(year) + std::string(digits - std::min(digits, serial.size()), '0') +
           serial;
}

void BillStore::settle(Sql& sql, Agency agency, Bill& bill, const std::string& reference, Millis paid_at, Millis now)
{
    const std::optional<SqlRow> paid = sql.find(sql::bill_pay, {agency, bill.id, paid_at, reference});
    TONGBAN_ASSERT(paid.has_value());
    sql.execute(sql::payment_order_expire_open, {agency, bill.id});
    bill.state = BillState::paid;
    bill.paid_at = paid_at;
    bill.gateway_reference = reference;
    bill.receipt_number = receipt_number(sql, agency, now);
    sql.execute(sql::receipt_add,
                {agency, bill.receipt_number, bill.id, bill.case_number, bill.payer, bill.amount_fen, now});
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
    const std::string cause = cause_of(taken.outcome, taken.bill);
    sql.execute(sql::payment_add, {agency, notice.reference, order.id, order.bill_id, order.case_number,
                                   notice.amount_fen, outcome_text(taken.outcome), notice.paid_at, now, cause});
    const std::array<Event, 1> events{
        Event{"payment." + outcome, json::serialize(json::object{{"order_id", order.id},
                                                                 {"bill_id", order.bill_id},
                                                                 {"case_number", order.case_number},
                                                                 {"amount_fen", notice.amount_fen},
                                                                 {"paid_at", utc_text(notice.paid_at)}})}
    };
    journal_.append(sql, agency, {"payment", notice.reference}, 1, events, "payment gateway", now);
    if (taken.outcome == PaymentOutcome::surplus) {
        refunds_.request(sql, agency,
                         {notice.reference, order.id, order.case_number, notice.amount_fen, *find_refund_cause(cause)},
                         "system", {}, now);
    }
    if (taken.outcome != PaymentOutcome::settled) return taken;
    sql.execute(sql::payment_order_set_state, {agency, order.id, text(order_states.text(OrderState::paid))});
    settle(sql, agency, taken.bill, notice.reference, notice.paid_at, now);
    return taken;
}

Result<TakenPayment> BillStore::match(Sql& sql, Agency agency, std::string_view reference, std::string_view actor,
                                      std::string_view reason, Millis now)
{
    const UnmatchedPayment money = TRY(refunds_.find_unmatched(sql, agency, reference));
    const std::optional<SqlRow> order_row = sql.find(sql::payment_order_get, {agency, money.order_id});
    TONGBAN_ASSERT(order_row.has_value());
    const std::optional<SqlRow> bill_row = sql.find(sql::bill_get, {agency, order_of(*order_row).bill_id});
    TONGBAN_ASSERT(bill_row.has_value());
    TakenPayment taken{PaymentOutcome::settled, bill_of(*bill_row)};
    const bool fits = money.cause == RefundCause::late && taken.bill.state == BillState::due &&
                      taken.bill.amount_fen == money.amount_fen;
    if (!fits) return Error{fees_problem::not_matchable};
    const std::optional<SqlRow> matched = sql.find(sql::payment_match, {agency, money.reference});
    TONGBAN_ASSERT(matched.has_value());
    settle(sql, agency, taken.bill, money.reference, money.paid_at, now);
    const std::array<Event, 1> events{
        Event{"payment.matched", json::serialize(json::object{{"bill_id", taken.bill.id},
                                                              {"case_number", taken.bill.case_number},
                                                              {"amount_fen", money.amount_fen},
                                                              {"reason", reason}})}
    };
    journal_.append(sql, agency, {"payment", money.reference}, 2, events, actor, now);
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

void BillStore::note(Sql& sql, Agency agency, const Bill& bill, std::string_view what, std::string_view reason,
                     std::string_view actor, Millis now)
{
    const std::array<Event, 1> events{
        Event{text(what),
              json::serialize(json::object{
                  {"case_number", bill.case_number}, {"amount_fen", bill.amount_fen}, {"reason", reason}})}
    };
    journal_.append(sql, agency, {"bill", bill.id}, 1, events, actor, now);
}

std::string BillStore::check_books(Sql& sql, Agency agency)
{
    const SqlRows rows = sql.query(sql::payments_balance, {agency});
    const std::int64_t settled = rows.at(0).integer(0);
    const std::int64_t paid = rows.at(0).integer(1);
    if (settled != paid) {
        return "payments settled " + std::to_string(settled) + " fen, but bills say " + std::to_string(paid);
    }
    const MoneyBalance money = refunds_.balance(sql, agency);
    if (money.holds()) return {};
    return "of " + std::to_string(money.received) + " fen received, " + std::to_string(money.settled) + " settled, " +
           std::to_string(money.refunded) + " given back, " + std::to_string(money.returning) +
           " on the way back and " + std::to_string(money.undecided) + " undecided";
}

}  // namespace tongban
