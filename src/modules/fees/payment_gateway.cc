#include "modules/fees/payment_gateway.h"

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
