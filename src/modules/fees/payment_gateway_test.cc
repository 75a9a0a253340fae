#include "modules/fees/payment_gateway.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/json.h"
#include "modules/fees/fees_problems.h"

namespace tongban {
namespace {

class ScriptedClient : public HttpClient {
public:
    Response send(Method, const std::string& url, const Headers& headers, std::string body) override
    {
        asked_url = url;
        asked_signature = headers.find("X-Merchant-Signature");
        asked_body = std::move(body);
        if (unreachable) throw Unreachable("no answer");
        return Response::json(status, answer);
    }
    bool unreachable = false;
    int status = 200;
    std::string answer;
    std::string asked_url, asked_signature, asked_body;
};

class PaymentGatewayTest : public ::testing::Test {
protected:
    const PaymentOrder order_{"PO370102aaaa", "bill", "TB1", 8000, OrderState::open, 0, 1800000};
    ScriptedClient client_;
    PaymentGateway gateway_{
        client_, {"http://gateway/pay", "http://us/callback", "http://us/return", "secret"}
    };
    std::string notice_ = R"({"order_id":"PO370102aaaa","status":"paid","amount_fen":8000,)"
                          R"("reference":"R1","paid_at":"2026-11-23T06:05:09.123Z"})";
};

TEST_F(PaymentGatewayTest, OrdersAndGivesThePage)
{
    client_.answer = R"({"order_id":"PO370102aaaa","pay_url":"http://gateway/pay/orders/PO370102aaaa"})";
    EXPECT_EQ(gateway_.order(order_, "登记费").value(), "http://gateway/pay/orders/PO370102aaaa");
    EXPECT_EQ(client_.asked_url, "http://gateway/pay/orders");
    EXPECT_EQ(client_.asked_signature, hmac_sm3_hex("secret", client_.asked_body));
}

TEST_F(PaymentGatewayTest, SaysWhyThereIsNoPage)
{
    client_.unreachable = true;
    EXPECT_EQ(gateway_.order(order_, "登记费").error().problem, &fees_problem::gateway_unreachable);
    client_.unreachable = false;
    client_.status = 500;
    EXPECT_EQ(gateway_.order(order_, "登记费").error().problem, &fees_problem::gateway_refused);
    client_.status = 200;
    for (const char* bad : {"", "{}", R"({"order_id":"other","pay_url":"http://x/"})",
                            R"x({"order_id":"PO370102aaaa","pay_url":"javascript:alert(1)"})x"}) {
        client_.answer = bad;
        EXPECT_EQ(gateway_.order(order_, "登记费").error().problem, &fees_problem::gateway_refused) << bad;
    }
}

TEST_F(PaymentGatewayTest, TakesOnlySignedNotices)
{
    const PaymentNotice notice = gateway_.read_notice(notice_, hmac_sm3_hex("secret", notice_)).value();
    EXPECT_EQ(notice.order_id, "PO370102aaaa");
    EXPECT_EQ(notice.amount_fen, 8000);
    EXPECT_EQ(notice.paid_at, 1795413909123);
    EXPECT_EQ(gateway_.read_notice(notice_, hmac_sm3_hex("other", notice_)).error().problem,
              &fees_problem::signature_wrong);
    EXPECT_EQ(gateway_.read_notice(notice_, "").error().problem, &fees_problem::signature_wrong);
    std::string changed = notice_;
    changed[changed.find("8000")] = '9';
    EXPECT_EQ(gateway_.read_notice(changed, hmac_sm3_hex("secret", notice_)).error().problem,
              &fees_problem::signature_wrong);
}

TEST_F(PaymentGatewayTest, NamesWhatIsWrongInASignedNotice)
{
    const auto read = [&](std::string body) {
        return std::string(gateway_.read_notice(body, hmac_sm3_hex("secret", body)).error().code());
    };
    EXPECT_EQ(read("no json"), "base.malformed_json");
    EXPECT_EQ(read("{}"), "base.invalid_fields");
    EXPECT_EQ(
        read(
            R"({"order_id":"a","status":"paid","amount_fen":-1,"reference":"r","paid_at":"2026-11-23T06:05:09.123Z"})"),
        "base.invalid_fields");
}

}  // namespace
}  // namespace tongban
