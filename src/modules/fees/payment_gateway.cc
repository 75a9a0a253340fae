#include "modules/fees/payment_gateway.h"

#include <array>
#include <charconv>
#include <chrono>

#include "base/crypto.h"
#include "base/json.h"
#include "modules/fees/fees_problems.h"

namespace tongban {

namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count)
{
    int value = 0;
    const char* const end = text.data() + at + count;
    const auto [stopped, failed] = std::from_chars(text.data() + at, end, value);
    if (failed != std::errc{} || stopped != end || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Millis> parse_utc_text(std::string_view text)
{
    constexpr std::string_view with_millis = "dddd-dd-ddTdd:dd:dd.dddZ";
    constexpr std::string_view without = "dddd-dd-ddTdd:dd:ddZ";
    const std::string_view form = text.size() == without.size() ? without : with_millis;
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'd' ? (text[i] >= '0' && text[i] <= '9') : text[i] == form[i];
        if (!fits) return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day day{year{*digits(text, 0, 4)}, month{static_cast<unsigned>(*digits(text, 5, 2))},
                             std::chrono::day{static_cast<unsigned>(*digits(text, 8, 2))}};
    const int hour = *digits(text, 11, 2);
    const int minute = *digits(text, 14, 2);
    const int second = *digits(text, 17, 2);
    if (!day.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const int millis = form == with_millis ? *digits(text, 20, 3) : 0;
    const auto at = sys_days{day} + hours{hour} + minutes{minute} + seconds{second} + milliseconds{millis};
    return duration_cast<milliseconds>(at.time_since_epoch()).count();
}

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
