#include "modules/fees/payment_gateway.h"

#include <limits>

#include "base/crypto.h"
#include "base/json.h"
#include "base/utc_text.h"
#include "modules/fees/fees_problems.h"

namespace tongban {

Result<std::string> PaymentGateway::order(const PaymentOrder& order, std::string_view title)
{
    const std::string body = json::serialize(json::object{
        {"order_id",     order.id                  },
        {"amount_fen",   order.amount_fen          },
        {"title",        title                     },
        {"expires_at",   utc_text(order.expires_at)},
        {"callback_url", config_.callback_url      },
        {"return_url",   config_.return_url        }
    });
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("X-Merchant-Signature", hmac_sm3_hex(config_.secret, body));
    Response answer;
    try {
        answer = client_.send(Method::post, config_.gateway_url + "/orders", headers, body);
    } catch (const Unreachable&) {
        return Error{fees_problem::gateway_unreachable};
    }
    if (answer.status != 200 && answer.status != 201) return Error{fees_problem::gateway_refused};
    const Result<json::value> value = parse_json(answer.body);
    if (!value.has_value()) return Error{fees_problem::gateway_refused};
    JsonReader in(*value);
    const std::string order_id = in.text("order_id");
    std::string pay_url = in.text("pay_url", {.max = 2000});
    const Result<void> read = in.finish();
    // A page that is no page must not become a redirect of our user's browser.
    const bool is_page = pay_url.starts_with("http://") || pay_url.starts_with("https://");
    if (!read.has_value() || order_id != order.id || !is_page) return Error{fees_problem::gateway_refused};
    return pay_url;
}

Result<RefundAnswer> PaymentGateway::refund(const Refund& refund)
{
    const std::string body = json::serialize(json::object{
        {"refund_id",  refund.id        },
        {"order_id",   refund.order_id  },
        {"reference",  refund.reference },
        {"amount_fen", refund.amount_fen}
    });
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("X-Merchant-Signature", hmac_sm3_hex(config_.secret, body));
    Response answer;
    try {
        answer = client_.send(Method::post, config_.gateway_url + "/refunds", headers, body);
    } catch (const Unreachable&) {
        return Error{fees_problem::gateway_unreachable};
    }
    const bool proven =
        equal_in_constant_time(hmac_sm3_hex(config_.secret, answer.body), answer.headers.find("X-Gateway-Signature"));
    if ((answer.status != 200 && answer.status != 201) || !proven) return Error{fees_problem::gateway_refused};
    const Result<json::value> value = parse_json(answer.body);
    if (!value.has_value()) return Error{fees_problem::gateway_refused};
    JsonReader in(*value);
    const std::string id = in.text("refund_id", {.max = 64});
    const std::string state = in.choice("state", {"processing", "done", "refused"});
    RefundAnswer given;
    given.act = state == "done" ? RefundAct::finish : state == "refused" ? RefundAct::refuse : RefundAct::take;
    given.gateway_reference = in.optional_text("gateway_reference", {.min = 0, .max = 64});
    given.message = in.optional_text("message", {.min = 0, .max = 300});
    const std::string at = in.optional_text("finished_at", {.min = 0, .max = 40});
    const Result<void> read = in.finish();
    const std::optional<Millis> finished = parse_utc_text(at);
    // Money that is said to be back names when and by which movement.
    const bool whole = given.act != RefundAct::finish || (finished && !given.gateway_reference.empty());
    if (!read.has_value() || id != refund.id || !whole) return Error{fees_problem::gateway_refused};
    given.at = finished.value_or(0);
    return given;
}

Result<std::vector<MoneyLine>> PaymentGateway::statement(Agency agency, std::string_view day)
{
    const std::string asked = std::to_string(agency) + "/" + std::string(day);
    Headers headers;
    headers.set("X-Merchant-Signature", hmac_sm3_hex(config_.secret, asked));
    Response answer;
    try {
        answer = client_.send(Method::get, config_.gateway_url + "/statements/" + asked, headers, {});
    } catch (const Unreachable&) {
        return Error{fees_problem::gateway_unreachable};
    }
    if (answer.status == 404 || answer.status == 409) return Error{fees_problem::statement_not_ready};
    if (answer.status != 200) return Error{fees_problem::gateway_refused};
    if (!equal_in_constant_time(hmac_sm3_hex(config_.secret, answer.body),
                                answer.headers.find("X-Gateway-Signature"))) {
        return Error{fees_problem::statement_wrong};
    }
    const Result<json::value> value = parse_json(answer.body);
    if (!value.has_value()) return Error{fees_problem::statement_wrong};
    constexpr std::size_t lines_max = 100000;
    JsonReader in(*value);
    const std::string of = in.text("agency", {.max = 6}) + "/" + in.text("day", {.max = 10});
    const std::int64_t said = in.integer("sum_fen", {.min = std::numeric_limits<std::int64_t>::min()});
    std::vector<MoneyLine> lines;
    std::int64_t sum = 0;
    in.list("lines", lines_max, [&](JsonReader& one) {
        MoneyLine line;
        const std::string kind = one.choice("kind", {"payment", "refund"});
        if (const MoneyKind* known = find_money_kind(kind)) line.kind = *known;
        line.reference = one.text("reference", {.max = 64});
        line.order_id = one.text("order_id", {.max = 64});
        line.amount_fen = one.integer("amount_fen", {.min = 1});
        line.at = parse_utc_text(one.text("at", {.max = 40})).value_or(0);
        sum += line.kind == MoneyKind::payment ? line.amount_fen : -line.amount_fen;
        lines.push_back(std::move(line));
    });
    const Result<void> read = in.finish();
    if (!read.has_value() || of != asked || sum != said) return Error{fees_problem::statement_wrong};
    return lines;
}

Result<PaymentNotice> PaymentGateway::read_notice(std::string_view body, std::string_view signature) const
{
    if (!equal_in_constant_time(hmac_sm3_hex(config_.secret, body), signature)) {
        return Error{fees_problem::signature_wrong};
    }
    const json::value value = TRY(parse_json(body));
    JsonReader in(value);
    PaymentNotice notice;
    notice.order_id = in.text("order_id", {.max = 64});
    in.choice("status", {"paid"});
    notice.amount_fen = in.integer("amount_fen", {.min = 1});
    notice.reference = in.text("reference", {.max = 64});
    const std::optional<Millis> paid_at = parse_utc_text(in.text("paid_at", {.max = 40}));
    if (paid_at) {
        notice.paid_at = *paid_at;
    } else {
        in.fail("paid_at", "time", "时间格式不正确");
    }
    TRY(in.finish());
    return notice;
}

}  // namespace tongban
