#include "sandbox/payment_stand_in.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"
#include "base/money.h"
#include "sandbox/html.h"

namespace tongban {

namespace {

constexpr std::size_t orders_max = 10000;
constexpr int attempts_max = 12;

bool is_web_address(std::string_view url)
{
    return url.starts_with("http://") || url.starts_with("https://");
}

}  // namespace

PaymentStandIn::PaymentStandIn(HttpClient& client, Clock& clock, IdSource& ids, std::string page_url,
                               std::string secret)
    : client_(client), clock_(clock), ids_(ids), page_url_(std::move(page_url)), secret_(std::move(secret))
{
    repeater_ = std::thread([this] { repeat_callbacks(); });
}

PaymentStandIn::~PaymentStandIn()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    repeater_.join();
}

void PaymentStandIn::add_routes(Router& router)
{
    router.add({Method::post, "/pay/orders", [this](Request& r) { return take_order(r); }, {}, 64 * 1024});
    router.add({Method::get, "/pay/orders/{id}", [this](Request& r) { return show_page(r); }, {}, 0});
    router.add({Method::post, "/pay/orders/{id}", [this](Request& r) { return confirm(r); }, {}, 64 * 1024});
    router.add({Method::post, "/pay/refunds", [this](Request& r) { return take_refund(r); }, {}, 64 * 1024});
    router.add({Method::post, "/pay/refunds/{id}/refusal", [this](Request& r) { return refuse_refund(r); }, {}, 1024});
    router.add({Method::get, "/pay/statements/{agency}/{day}", [this](Request& r) { return statement(r); }, {}, 0});
}

Response PaymentStandIn::take_order(Request& request)
{
    if (!equal_in_constant_time(hmac_sm3_hex(secret_, request.body), request.headers.find("X-Merchant-Signature"))) {
        return Response::json(403, R"({"error":"signature"})");
    }
    const Result<json::value> value = parse_json(request.body);
    if (!value.has_value()) return problem_response(value.error(), request.trace);
    JsonReader in(*value);
    GatewayOrder order;
    order.id = in.text("order_id", {.max = 64});
    order.amount_fen = in.integer("amount_fen", {.min = 1});
    order.title = in.text("title");
    in.text("expires_at");
    order.callback_url = in.text("callback_url", {.max = 2000});
    order.return_url = in.text("return_url", {.max = 2000});
    if (!is_web_address(order.callback_url)) in.fail("callback_url", "url", "不是网址");
    if (!is_web_address(order.return_url)) in.fail("return_url", "url", "不是网址");
    const Result<void> read = in.finish();
    if (!read.has_value()) return problem_response(read.error(), request.trace);

    const std::lock_guard lock(mutex_);
    const std::string id = order.id;
    if (orders_.try_emplace(id, std::move(order)).second) order_of_arrival_.push_back(id);
    if (order_of_arrival_.size() > orders_max) {
        orders_.erase(order_of_arrival_.front());
        order_of_arrival_.pop_front();
    }
    return Response::json(201, json::serialize(json::object{
                                   {"order_id", id                         },
                                   {"pay_url",  page_url_ + "/orders/" + id}
    }));
}

Response PaymentStandIn::show_page(Request& request)
{
    const std::lock_guard lock(mutex_);
    const auto found = orders_.find(request.path_values.at("id"));
    if (found == orders_.end()) return html_page("没有这个订单", "<p>订单不存在或已过期。</p>", 404);
    const GatewayOrder& order = found->second;
    const bool paid = !order.payments.empty();
    std::string state;
    for (const GatewayPayment& one : order.payments) {
        state += fmt::format("<p>✔ 已支付，流水号 <code>{}</code></p>", one.reference);
    }
    if (paid) state += fmt::format("<p>通知平台 {} 次。</p>", order.told);
    return html_page(
        "非税收入缴费",
        fmt::format(
            "<div class=\"card\"><p>{}</p><p class=\"amount\">¥ {}</p><p class=\"quiet\">{}</p><p>订单号 "
            "<code>{}</code></p>{}<form method=\"post\" action=\"/pay/orders/{}\"><p><label><input "
            "type=\"checkbox\" name=\"twice\" value=\"1\"> "
            "通知平台两次（演示重复回调）</label></p><p><label><input type=\"checkbox\" name=\"silent\" "
            "value=\"1\"> 不通知平台（演示对账差异）</label></p><p><label><input type=\"checkbox\" name=\"again\" "
            "value=\"1\"> 已支付的再付一次（演示重复缴费）</label></p><button data-test=\"confirm-payment\" "
            "type=\"submit\">{}</button></form></div><p class=\"quiet\">这是支付平台的替身，不会扣款。</p>",
            html_text(order.title), money_text(order.amount_fen), money_chinese(order.amount_fen), html_text(order.id),
            state, html_text(order.id), paid ? "返回（演示）" : "确认支付（演示）"));
}

Response PaymentStandIn::confirm(Request& request)
{
    const std::string id = request.path_values.at("id");
    const bool twice = request.body.find("twice=1") != std::string::npos;
    const bool silent = request.body.find("silent=1") != std::string::npos;
    const bool again = request.body.find("again=1") != std::string::npos;
    std::string return_url;
    std::string reference;
    {
        const std::lock_guard lock(mutex_);
        const auto found = orders_.find(id);
        if (found == orders_.end()) return html_page("没有这个订单", "<p>订单不存在或已过期。</p>", 404);
        GatewayOrder& order = found->second;
        return_url = order.return_url;
        // A second click finds it paid: nothing is paid twice unless the person wants to see that.
        if (order.payments.empty() || again) {
            order.payments.push_back({"ZF" + china_date(clock_.now()) + "-" + ids_.secret(8), clock_.now()});
        }
        reference = order.payments.back().reference;
    }
    const int times = silent ? 0 : (twice ? 2 : 1);
    for (int i = 0; i < times; ++i) {
        if (tell(id, reference)) continue;
        const std::lock_guard lock(mutex_);
        untold_.push_back({id, reference, 1, clock_.now() + 500});
        wake_.notify_all();
    }
    return see_other(return_url);
}

Response PaymentStandIn::signed_answer(int status, const std::string& body) const
{
    Response answer = Response::json(status, body);
    answer.headers.set("X-Gateway-Signature", hmac_sm3_hex(secret_, body));
    return answer;
}

Response PaymentStandIn::take_refund(Request& request)
{
    if (!equal_in_constant_time(hmac_sm3_hex(secret_, request.body), request.headers.find("X-Merchant-Signature"))) {
        return Response::json(403, R"({"error":"signature"})");
    }
    const Result<json::value> value = parse_json(request.body);
    if (!value.has_value()) return problem_response(value.error(), request.trace);
    JsonReader in(*value);
    GatewayRefund asked;
    asked.id = in.text("refund_id", {.max = 64});
    asked.order_id = in.text("order_id", {.max = 64});
    asked.reference = in.text("reference", {.max = 64});
    asked.amount_fen = in.integer("amount_fen", {.min = 1});
    const Result<void> read = in.finish();
    if (!read.has_value()) return problem_response(read.error(), request.trace);

    const std::lock_guard lock(mutex_);
    const auto [there, fresh] = refunds_.try_emplace(asked.id, asked);
    GatewayRefund& refund = there->second;
    const auto order = orders_.find(refund.order_id);
    const bool paid = order != orders_.end() && order->second.amount_fen == refund.amount_fen &&
                      std::ranges::any_of(order->second.payments,
                                          [&](const GatewayPayment& one) { return one.reference == refund.reference; });
    if (!paid && refund.state == "processing") {
        refund.state = "refused";
        refund.message = "没有这笔支付，或者金额不符（演示）";
    }
    // Asked for the second time: the treasury has paid meanwhile.
    if (!fresh && refund.state == "processing") {
        refund.state = "done";
        refund.gateway_reference = "TF" + china_date(clock_.now()) + "-" + ids_.secret(8);
        refund.finished_at = clock_.now();
    }
    json::object out{
        {"refund_id",         refund.id               },
        {"state",             refund.state            },
        {"gateway_reference", refund.gateway_reference},
        {"message",           refund.message          }
    };
    if (refund.finished_at != 0) out["finished_at"] = utc_text(refund.finished_at);
    return signed_answer(200, json::serialize(out));
}

// For the demonstration and tests: the account is closed, the bank gives it back to the gateway.
Response PaymentStandIn::refuse_refund(Request& request)
{
    const std::lock_guard lock(mutex_);
    GatewayRefund& refund = refunds_.try_emplace(request.path_values.at("id")).first->second;
    if (refund.state == "done") return Response::json(409, R"({"error":"done"})");
    refund.id = request.path_values.at("id");
    refund.state = "refused";
    refund.message = "原支付账户已销户（演示）";
    return Response::json(200, R"({"refused":true})");
}

Response PaymentStandIn::statement(Request& request)
{
    const std::string& agency = request.path_values.at("agency");
    const std::string& day = request.path_values.at("day");
    if (!equal_in_constant_time(hmac_sm3_hex(secret_, agency + "/" + day),
                                request.headers.find("X-Merchant-Signature"))) {
        return Response::json(403, R"({"error":"signature"})");
    }
    if (day > china_date(clock_.now())) return Response::json(404, R"({"error":"not ready"})");
    json::array lines;
    std::int64_t sum = 0;
    const auto add = [&](std::string_view kind, const std::string& order, const std::string& reference,
                         std::int64_t fen, Millis at) {
        if (at == 0 || china_date(at) != day || !order.starts_with("PO" + agency)) return;
        lines.push_back(json::object{
            {"kind",       kind        },
            {"order_id",   order       },
            {"reference",  reference   },
            {"amount_fen", fen         },
            {"at",         utc_text(at)}
        });
        sum += kind == "payment" ? fen : -fen;
    };
    const std::lock_guard lock(mutex_);
    for (const auto& [id, order] : orders_) {
        for (const GatewayPayment& one : order.payments) {
            add("payment", id, one.reference, order.amount_fen, one.paid_at);
        }
    }
    for (const auto& [id, refund] : refunds_) {
        add("refund", refund.order_id, refund.reference, refund.amount_fen, refund.finished_at);
    }
    return signed_answer(200, json::serialize(json::object{
                                  {"agency",  agency          },
                                  {"day",     day             },
                                  {"sum_fen", sum             },
                                  {"lines",   std::move(lines)}
    }));
}

bool PaymentStandIn::tell(const std::string& order_id, const std::string& reference)
{
    std::string url;
    std::string body;
    {
        const std::lock_guard lock(mutex_);
        const auto found = orders_.find(order_id);
        if (found == orders_.end()) return true;
        const GatewayOrder& order = found->second;
        const auto payment = std::ranges::find(order.payments, reference, &GatewayPayment::reference);
        if (payment == order.payments.end()) return true;
        url = order.callback_url;
        body = json::serialize(json::object{
            {"order_id",   order.id                  },
            {"status",     "paid"                    },
            {"amount_fen", order.amount_fen          },
            {"reference",  reference                 },
            {"paid_at",    utc_text(payment->paid_at)}
        });
    }
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("X-Gateway-Signature", hmac_sm3_hex(secret_, body));
    int status = 0;
    try {
        status = client_.send(Method::post, url, headers, body).status;
    } catch (const Unreachable&) {
        status = 0;
    }
    const std::lock_guard lock(mutex_);
    const auto found = orders_.find(order_id);
    if (found == orders_.end()) return true;
    if (status >= 200 && status < 300) ++found->second.told;
    return status != 0 && status < 500 && status != 429;
}

void PaymentStandIn::repeat_callbacks()
{
    std::unique_lock lock(mutex_);
    while (!ending_) {
        const auto due = std::ranges::find_if(untold_, [&](const Callback& c) { return c.due <= clock_.now(); });
        if (due == untold_.end()) {
            wake_.wait_for(lock, std::chrono::milliseconds(200));
            continue;
        }
        const Callback callback = *due;
        untold_.erase(due);
        lock.unlock();
        const bool taken = tell(callback.order, callback.reference);
        lock.lock();
        if (taken || callback.attempt >= attempts_max) continue;
        untold_.push_back({callback.order, callback.reference, callback.attempt + 1,
                           clock_.now() + (500LL << std::min(callback.attempt, 7))});
    }
}

}  // namespace tongban
