#include "modules/fees/refund_store.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/utc_text.h"
#include "modules/fees/fees_problems.h"
#include "modules/fees/payment_gateway.h"
#include "sql/refund_sql.h"

namespace tongban {
namespace {

namespace json = boost::json;

std::string text(std::string_view view)
{
    return std::string(view);
}

Refund refund_of(const SqlRow& row)
{
    const RefundCause* cause = find_refund_cause(row.text(6));
    const RefundState* state = find_refund_state(row.text(7));
    TONGBAN_ASSERT(cause != nullptr && state != nullptr);
    Refund refund;
    refund.id = row.text(0);
    refund.version = row.integer(1);
    refund.reference = row.text(2);
    refund.order_id = row.text(3);
    refund.case_number = row.text(4);
    refund.amount_fen = row.integer(5);
    refund.cause = *cause;
    refund.state = *state;
    refund.requested_at = row.integer(8);
    refund.requested_by = row.text(9);
    refund.ask_at = row.integer(10);
    refund.attempts = static_cast<int>(row.integer(11));
    refund.finished_at = row.is_null(12) ? 0 : row.integer(12);
    refund.gateway_reference = row.text(13);
    refund.message = row.text(14);
    return refund;
}

std::string body_of(const Refund& refund)
{
    return json::serialize(json::object{
        {"reference",         refund.reference        },
        {"case_number",       refund.case_number      },
        {"amount_fen",        refund.amount_fen       },
        {"cause",             to_text(refund.cause)   },
        {"state",             to_text(refund.state)   },
        {"gateway_reference", refund.gateway_reference},
        {"message",           refund.message          }
    });
}

UnmatchedPayment unmatched_of(const SqlRow& row)
{
    const RefundCause* cause = find_refund_cause(row.text(4));
    TONGBAN_ASSERT(cause != nullptr);
    return {row.text(0), row.text(1), row.text(2), row.integer(3), *cause, row.integer(5), row.integer(6)};
}

}  // namespace

std::pair<Millis, Millis> span_of_day(std::string_view day)
{
    constexpr Millis hour = 60 * 60 * 1000;
    const std::optional<Millis> utc = parse_utc_text(std::string(day) + "T00:00:00Z");
    TONGBAN_ASSERT(utc.has_value());
    const Millis midnight = *utc - 8 * hour;
    return {midnight, midnight + 24 * hour};
}

Refund RefundStore::request(Sql& sql, Agency agency, const MoneyToReturn& money, std::string_view actor,
                            std::string_view reason, Millis now)
{
    if (const std::optional<SqlRow> known = sql.find(sql::refund_of_payment, {agency, money.reference})) {
        return load(sql, agency, known->text(0)).value();
    }
    std::string unique = ids_.next();
    std::erase(unique, '-');
    Refund refund;
    refund.id = "RF" + std::to_string(agency) + unique;
    refund.version = 1;
    refund.reference = money.reference;
    refund.order_id = money.order_id;
    refund.case_number = money.case_number;
    refund.amount_fen = money.amount_fen;
    refund.cause = money.cause;
    refund.requested_at = now;
    refund.requested_by = actor;
    refund.ask_at = now;
    refund.message = reason;
    sql.execute(sql::refund_add,
                {agency, refund.id, refund.reference, refund.order_id, refund.case_number, refund.amount_fen,
                 text(to_text(refund.cause)), now, refund.requested_by, refund.message});
    const std::array<Event, 1> events{
        Event{"refund.requested", body_of(refund)}
    };
    journal_.append(sql, agency, {"refund", refund.id}, 1, events, actor, now);
    return refund;
}

Result<Refund> RefundStore::load(Sql& sql, Agency agency, std::string_view id)
{
    const std::optional<SqlRow> row = sql.find(sql::refund_get, {agency, text(id)});
    if (!row) return Error{fees_problem::refund_not_found};
    return refund_of(*row);
}

// `refund`: as it is to be, still with the version it had.
void RefundStore::save(Sql& sql, Agency agency, const Refund& refund, std::string_view event, std::string_view actor,
                       Millis now)
{
    const SqlValue finished = refund.finished_at == 0 ? SqlValue{} : SqlValue{refund.finished_at};
    const std::optional<SqlRow> saved =
        sql.find(sql::refund_set, {agency, refund.id, refund.version, text(to_text(refund.state)), refund.ask_at,
                                   std::int64_t{refund.attempts}, finished, refund.gateway_reference, refund.message});
    TONGBAN_ASSERT(saved.has_value());
    const std::array<Event, 1> events{
        Event{text(event), body_of(refund)}
    };
    journal_.append(sql, agency, {"refund", refund.id}, refund.version + 1, events, actor, now);
}

void RefundStore::take_answer(Sql& sql, Agency agency, const Refund& before, const RefundAnswer& answer, Millis now)
{
    const Result<Refund> loaded = load(sql, agency, before.id);
    if (!loaded || loaded->version != before.version) return;
    const std::optional<RefundState> state = after(loaded->state, answer.act);
    if (!state) return;
    Refund refund = *loaded;
    const bool moved = refund.state != *state;
    refund.state = *state;
    ++refund.attempts;
    refund.ask_at = now + refund_pause(refund.attempts);
    refund.gateway_reference = answer.gateway_reference;
    if (!answer.message.empty()) refund.message = answer.message;
    if (answer.act == RefundAct::finish) refund.finished_at = answer.at;
    if (moved) return save(sql, agency, refund, "refund." + text(to_text(*state)), "payment gateway", now);
    save(sql, agency, refund, "refund.asked", "payment gateway", now);
}

void RefundStore::postpone(Sql& sql, Agency agency, const Refund& before, Millis now)
{
    const Result<Refund> loaded = load(sql, agency, before.id);
    if (!loaded || loaded->version != before.version) return;
    Refund refund = *loaded;
    ++refund.attempts;
    refund.ask_at = now + refund_pause(refund.attempts);
    save(sql, agency, refund, "refund.not_reached", "system", now);
}

Result<Refund> RefundStore::act(Sql& sql, Agency agency, const Refund& before, RefundAct wanted, std::string_view actor,
                                std::string_view reason, Millis now)
{
    const std::optional<RefundState> state = after(before.state, wanted);
    if (!state) return Error{fees_problem::refund_state};
    Refund refund = before;
    refund.state = *state;
    refund.message = reason;
    refund.ask_at = now;
    refund.attempts = 0;
    if (*state == RefundState::by_hand) refund.finished_at = now;
    save(sql, agency, refund, "refund." + text(to_text(*state)), actor, now);
    return load(sql, agency, refund.id);
}

std::vector<Refund> RefundStore::page(Sql& sql, Agency agency, std::string_view state, Millis before_at,
                                      std::string_view before_id, int rows_max)
{
    std::vector<Refund> all;
    for (const SqlRow& row :
         sql.query(sql::refunds_page, {agency, before_at, text(before_id), text(state), std::int64_t{rows_max}})) {
        all.push_back(refund_of(row));
    }
    return all;
}

std::vector<RefundToAsk> RefundStore::to_ask(Sql& sql, Millis now, int rows_max)
{
    std::vector<RefundToAsk> all;
    for (const SqlRow& row : sql.query(sql::report_refunds_to_ask, {now, std::int64_t{rows_max}})) {
        all.push_back({static_cast<Agency>(row.integer(0)), row.text(1)});
    }
    return all;
}

std::vector<UnmatchedPayment> RefundStore::unmatched(Sql& sql, Agency agency, Millis after_at,
                                                     std::string_view after_reference, int rows_max)
{
    std::vector<UnmatchedPayment> all;
    for (const SqlRow& row :
         sql.query(sql::payments_unmatched, {agency, after_at, text(after_reference), std::int64_t{rows_max}})) {
        all.push_back(unmatched_of(row));
    }
    return all;
}

Result<UnmatchedPayment> RefundStore::find_unmatched(Sql& sql, Agency agency, std::string_view reference)
{
    const std::optional<SqlRow> row = sql.find(sql::payment_get, {agency, text(reference)});
    if (!row || row->text(5) == "settled" || sql.find(sql::refund_of_payment, {agency, text(reference)})) {
        return Error{fees_problem::payment_not_unmatched};
    }
    const RefundCause* cause = find_refund_cause(row->text(6));
    if (cause == nullptr || (*cause != RefundCause::late && *cause != RefundCause::wrong_amount)) {
        return Error{fees_problem::payment_not_unmatched};
    }
    return UnmatchedPayment{row->text(0), row->text(1), row->text(3), row->integer(4), *cause, row->integer(7), 0};
}

std::vector<MoneyLine> RefundStore::moved_on(Sql& sql, Agency agency, std::string_view day)
{
    const auto [begin, end] = span_of_day(day);
    std::vector<MoneyLine> lines;
    const auto read = [&](const Statement& statement, MoneyKind kind) {
        for (const SqlRow& row : sql.query(statement, {agency, begin, end})) {
            lines.push_back({kind, row.text(0), row.text(1), row.integer(2), row.integer(3)});
        }
    };
    read(sql::payments_of_day, MoneyKind::payment);
    read(sql::refunds_of_day, MoneyKind::refund);
    return lines;
}

MoneyBalance RefundStore::balance(Sql& sql, Agency agency)
{
    const SqlRows rows = sql.query(sql::money_balance, {agency});
    const SqlRow& row = rows.at(0);
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
}

}  // namespace tongban
