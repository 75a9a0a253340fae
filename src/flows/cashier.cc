#include "flows/cashier.h"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "base/codes.h"
#include "base/json.h"
#include "flows/register_facts.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/fees/fees_problems.h"

namespace tongban {
namespace {

Result<std::string> read_reason(const ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    std::string reason = in.text("reason", {.min = 2, .max = 500, .lines = Lines::many});
    TRY(in.finish());
    return reason;
}

Error wrong_cursor()
{
    return Error{base_problem::invalid_fields, {}, {{"/cursor", "unknown", "请从第一页重新开始"}}};
}

// "<milliseconds> <id>"
struct Place {
    Millis at = 0;
    std::string id;
};

Result<Place> place_of(const std::string& cursor, const Place& start)
{
    if (cursor.empty()) return start;
    const std::size_t blank = cursor.find(' ');
    const bool digits = blank != std::string::npos && blank > 0 && blank < 16 &&
                        std::all_of(cursor.begin(), cursor.begin() + static_cast<std::ptrdiff_t>(blank),
                                    [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return wrong_cursor();
    return Place{std::stoll(cursor.substr(0, blank)), cursor.substr(blank + 1)};
}

json::object unmatched_json(const UnmatchedPayment& money)
{
    return {
        {"reference",   money.reference            },
        {"order_id",    money.order_id             },
        {"case_number", money.case_number          },
        {"amount_fen",  money.amount_fen           },
        {"cause",       to_text(money.cause)       },
        {"paid_at",     utc_text(money.paid_at)    },
        {"received_at", utc_text(money.received_at)}
    };
}

template <class Row, class Show, class Cursor>
Response list_response(std::vector<Row> rows, int limit, std::string_view name, const Show& show, const Cursor& cursor)
{
    json::object out;
    if (rows.size() > static_cast<std::size_t>(limit)) {
        rows.resize(static_cast<std::size_t>(limit));
        out["next_cursor"] = cursor(rows.back());
    }
    json::array shown;
    for (const Row& row : rows) shown.push_back(show(row));
    out[name] = std::move(shown);
    return Response::json(200, json::serialize(out));
}

Response json_response(const json::object& body)
{
    return Response::json(200, json::serialize(body));
}

Result<std::string> day_in(const ApiRequest& request, Millis now)
{
    const std::string& day = request.path("day");
    if (!is_date(day) || day > china_date(now)) {
        return Error{base_problem::invalid_fields, {}, {{"/day", "date", "请选择今天或者以前的一天"}}};
    }
    return day;
}

}  // namespace

Result<Response> Cashier::command(ApiRequest& request, const Work& work)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::settle_money, actor.agency));
    return parts_.commands.run(actor.agency, {request.idempotency_key, actor.account, request.body_digest},
                               [&](Sql& sql) { return work(sql, parts_.clock.now()); });
}

Result<Response> Cashier::refunds(ApiRequest& request)
{
    const Agency agency = request.actor.agency;
    TRY(authorise(request.actor, Action::read_money, agency));
    const ApiRequest::Page asked = TRY(request.page());
    const std::string state = request.http.query_value("state").value_or("");
    if (!state.empty() && find_refund_state(state) == nullptr) {
        return Error{base_problem::invalid_fields, {}, {{"/state", "choice", "没有这种退款状态"}}};
    }
    const Place from = TRY(place_of(asked.cursor, {std::numeric_limits<Millis>::max(), {}}));
    std::vector<Refund> rows;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        rows = parts_.bills.refunds().page(sql, agency, state, from.at, from.id, asked.limit + 1);
        return {};
    }));
    return list_response(
        std::move(rows), asked.limit, "refunds", [](const Refund& row) { return to_json(row); },
        [](const Refund& row) { return std::to_string(row.requested_at) + " " + row.id; });
}

Result<Response> Cashier::decide_refund(ApiRequest& request, RefundAct act)
{
    const std::string reason = TRY(read_reason(request));
    return command(request, [&](Sql& sql, Millis now) -> Result<Response> {
        RefundStore& refunds = parts_.bills.refunds();
        const Agency agency = request.actor.agency;
        const Refund before = TRY(refunds.load(sql, agency, request.path("id")));
        if (before.version != request.version()) return Error{fees_problem::refund_changed};
        const Refund now_there = TRY(refunds.act(sql, agency, before, act, request.actor.account, reason, now));
        return json_response(to_json(now_there));
    });
}

Result<Response> Cashier::retry_refund(ApiRequest& request)
{
    return decide_refund(request, RefundAct::retry);
}

Result<Response> Cashier::settle_refund(ApiRequest& request)
{
    return decide_refund(request, RefundAct::settle);
}

Result<Response> Cashier::unmatched(ApiRequest& request)
{
    const Agency agency = request.actor.agency;
    TRY(authorise(request.actor, Action::read_money, agency));
    const ApiRequest::Page asked = TRY(request.page());
    const Place from = TRY(place_of(asked.cursor, {}));
    std::vector<UnmatchedPayment> rows;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        rows = parts_.bills.refunds().unmatched(sql, agency, from.at, from.id, asked.limit + 1);
        return {};
    }));
    return list_response(std::move(rows), asked.limit, "payments", unmatched_json, [](const UnmatchedPayment& row) {
        return std::to_string(row.received_at) + " " + row.reference;
    });
}

Result<Response> Cashier::match(ApiRequest& request)
{
    const std::string reason = TRY(read_reason(request));
    Response answer = TRY(command(request, [&](Sql& sql, Millis now) -> Result<Response> {
        const Agency agency = request.actor.agency;
        const TakenPayment taken =
            TRY(parts_.bills.match(sql, agency, request.path("reference"), request.actor.account, reason, now));
        TRY(parts_.pay.move_case(sql, agency, taken.bill, now));
        return json_response(to_json(taken.bill).as_object());
    }));
    parts_.steps.wake();
    return answer;
}

Result<Response> Cashier::give_back(ApiRequest& request)
{
    const std::string reason = TRY(read_reason(request));
    return command(request, [&](Sql& sql, Millis now) -> Result<Response> {
        RefundStore& refunds = parts_.bills.refunds();
        const Agency agency = request.actor.agency;
        const UnmatchedPayment money = TRY(refunds.find_unmatched(sql, agency, request.path("reference")));
        const Refund refund = refunds.request(
            sql, agency, {money.reference, money.order_id, money.case_number, money.amount_fen, money.cause},
            request.actor.account, reason, now);
        return json_response(to_json(refund));
    });
}

Result<Response> Cashier::days(ApiRequest& request)
{
    const Agency agency = request.actor.agency;
    TRY(authorise(request.actor, Action::read_money, agency));
    const ApiRequest::Page asked = TRY(request.page());
    if (!asked.cursor.empty() && !is_date(asked.cursor)) return wrong_cursor();
    std::vector<ReconciledDay> rows;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        rows = ReconciliationStore::page(sql, agency, asked.cursor, asked.limit + 1);
        return {};
    }));
    return list_response(
        std::move(rows), asked.limit, "days", [](const ReconciledDay& row) { return to_json(row); },
        [](const ReconciledDay& row) { return row.day; });
}

Result<Response> Cashier::day_answer(Sql& sql, Agency agency, const std::string& day)
{
    json::object out = to_json(TRY(ReconciliationStore::load(sql, agency, day)));
    json::array items;
    for (const ReconciliationItem& item : ReconciliationStore::items(sql, agency, day)) items.push_back(to_json(item));
    out["differences"] = std::move(items);
    // Until the day is over, more may come.
    out["provisional"] = day >= china_date(parts_.clock.now());
    return json_response(out);
}

Result<Response> Cashier::day(ApiRequest& request)
{
    const Agency agency = request.actor.agency;
    TRY(authorise(request.actor, Action::read_money, agency));
    const std::string day = TRY(day_in(request, parts_.clock.now()));
    Response answer;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        answer = TRY(day_answer(sql, agency, day));
        return {};
    }));
    return answer;
}

// The statement is fetched before the unit; comparing the same day twice does no harm.
Result<Response> Cashier::compare(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::settle_money, actor.agency));
    const std::string day = TRY(day_in(request, parts_.clock.now()));
    TRY(compare_day(actor.agency, day, {0, actor.account, actor.name}));
    return command(request, [&](Sql& sql, Millis) { return day_answer(sql, actor.agency, day); });
}

Result<Response> Cashier::resolve(ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    ItemKey key;
    key.day = TRY(day_in(request, parts_.clock.now()));
    const std::string kind = in.choice("kind", {"payment", "refund"});
    key.reference = in.text("reference", {.max = 64});
    const std::string resolution = in.choice("resolution", {"explained", "booked"});
    const std::string reason = in.text("reason", {.min = 2, .max = 500, .lines = Lines::many});
    TRY(in.finish());
    key.kind = *find_money_kind(kind);
    Response answer = TRY(command(request, [&](Sql& sql, Millis now) -> Result<Response> {
        const Actor& actor = request.actor;
        const ReconciliationItem item = TRY(ReconciliationStore::item(sql, actor.agency, key));
        const MoneyDifference& found = item.difference;
        if (resolution == "booked") {
            // The gateway's notice never reached us: the statement, signed as well, stands for it.
            const bool bookable = found.kind == MoneyKind::payment && found.verdict == Mismatch::only_theirs;
            if (!bookable) return Error{fees_problem::item_not_bookable};
            TRY(parts_.pay.book(sql, actor.agency, {found.order_id, *found.theirs_fen, found.reference, found.at},
                                now));
        }
        TRY(ReconciliationStore::resolve(sql, actor.agency, key, resolution, reason, {now, actor.account, actor.name}));
        return day_answer(sql, actor.agency, key.day);
    }));
    parts_.steps.wake();
    return answer;
}

// What the case would have owed without any reduction.
std::vector<BillLine> Cashier::unreduced(Sql& sql, const Case& subject)
{
    const Result<const Item*> item = parts_.catalog.item_version(subject.item, subject.catalog_version);
    TONGBAN_ASSERT(item);
    const RegisterView unit =
        parts_.register_book.find_unit(sql, subject.agency, subject.dossier.application->unit_number);
    FeeRule fee = (*item)->fee;
    fee.reductions.clear();
    const Facts facts = facts_of_case(subject, **item, unit, 0, {}, china_date(subject.filed_at));
    std::vector<BillLine> lines;
    for (const Charge& charge : charges_of(fee, facts).lines) {
        lines.push_back({charge.code, charge.name, charge.quantity, charge.price, charge.quantity * charge.price});
    }
    return lines;
}

Result<Response> Cashier::recover(ApiRequest& request)
{
    const std::string reason = TRY(read_reason(request));
    return command(request, [&](Sql& sql, Millis now) -> Result<Response> {
        const Agency agency = request.actor.agency;
        const Case subject = TRY(parts_.cases.load(sql, agency, request.path("number")));
        const std::optional<Bill> there = parts_.bills.find_for_case(sql, agency, subject.number);
        const bool charged = there && there->state != BillState::void_;
        if (subject.state != CaseState::registered || charged || !subject.dossier.application) {
            return Error{fees_problem::nothing_to_recover};
        }
        NewBill bill;
        bill.case_number = subject.number;
        const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
        bill.payer = names_in_role(subject.dossier, *find_party_role(item->fee.payer));
        bill.lines = unreduced(sql, subject);
        bill.issued_at = now;
        if (bill.lines.empty()) return Error{fees_problem::nothing_to_recover};
        const Bill issued = parts_.bills.issue(sql, agency, bill);
        parts_.bills.note(sql, agency, issued, "bill.recovered", reason, request.actor.account, now);
        return json_response(to_json(issued).as_object());
    });
}

void add_money_routes(Api& api, Cashier& flow)
{
    using Call = Result<Response> (Cashier::*)(ApiRequest&);
    const auto add = [&](Method method, const std::string& path, Action action, Call call, const ApiRules& rules = {}) {
        api.add(
            method, "/api/v1" + path, action, [&flow, call](ApiRequest& request) { return (flow.*call)(request); },
            rules);
    };
    ApiRules versioned;
    versioned.needs_if_match = true;
    add(Method::get, "/money/refunds", Action::read_money, &Cashier::refunds);
    add(Method::post, "/money/refunds/{id}/retry", Action::settle_money, &Cashier::retry_refund, versioned);
    add(Method::post, "/money/refunds/{id}/settlement", Action::settle_money, &Cashier::settle_refund, versioned);
    add(Method::get, "/money/unmatched", Action::read_money, &Cashier::unmatched);
    add(Method::post, "/money/unmatched/{reference}/match", Action::settle_money, &Cashier::match);
    add(Method::post, "/money/unmatched/{reference}/refund", Action::settle_money, &Cashier::give_back);
    add(Method::get, "/money/days", Action::read_money, &Cashier::days);
    add(Method::get, "/money/days/{day}", Action::read_money, &Cashier::day);
    add(Method::post, "/money/days/{day}/comparison", Action::settle_money, &Cashier::compare);
    add(Method::post, "/money/days/{day}/resolution", Action::settle_money, &Cashier::resolve);
    add(Method::post, "/cases/{number}/fee-recovery", Action::settle_money, &Cashier::recover);
}

}  // namespace tongban
