#include "sandbox/sandbox.h"

#include <gtest/gtest.h>

#include <set>

#include "base/codes.h"
#include "base/crypto.h"
#include "base/json.h"
#include "sandbox/demo_people.h"
#include "sandbox/html.h"
#include "testing/fakes.h"

namespace tongban {
namespace {

class ListeningClient : public HttpClient {
public:
    Response send(Method, const std::string& url, const Headers& headers, std::string body) override
    {
        const std::lock_guard lock(mutex);
        urls.push_back(url);
        bodies.push_back(body);
        signatures.emplace_back(headers.find("X-Gateway-Signature"));
        if (failures-- > 0) throw Unreachable("down");
        return Response::no_content();
    }
    std::size_t calls()
    {
        const std::lock_guard lock(mutex);
        return bodies.size();
    }
    std::mutex mutex;
    int failures = 0;
    std::vector<std::string> urls, bodies, signatures;
};

class SandboxTest : public ::testing::Test {
protected:
    SandboxTest() { sandbox_.add_routes(router_); }

    Response ask(Method method, const std::string& path, std::string body = {}, const std::string& query = {})
    {
        Request request;
        request.method = method;
        request.path = path;
        request.query = query;
        request.body = std::move(body);
        request.headers.set("X-Merchant-Signature", hmac_sm3_hex("secret", request.body));
        Router::Match match = router_.match(method, path);
        TONGBAN_ASSERT(match.route != nullptr);
        request.path_values = match.path_values;
        return match.route->handler(request);
    }
    json::object object(const Response& response) { return parse_json(response.body).value().as_object(); }
    json::object checked(const std::string& document, std::string_view name, std::string_view number)
    {
        const json::object question{
            {"kind",          document == "credit_code" ? "organisation" : "person"},
            {"document_type", document                                             },
            {"name",          name                                                 },
            {"number",        number                                               },
            {"purpose",       "test"                                               }
        };
        return object(ask(Method::post, "/police/identity-checks", json::serialize(question)));
    }
    std::string identity(const std::string& kind, const std::string& name, const std::string& number)
    {
        const json::object answer = checked(kind == "person" ? "citizen_card" : "credit_code", name, number);
        return std::string(answer.at("result").as_string());
    }
    Response order(const std::string& id = "PO1")
    {
        return ask(Method::post, "/pay/orders",
                   json::serialize(json::object{
                       {"order_id",     id                          },
                       {"amount_fen",   8000                        },
                       {"title",        "登记费 <b>"             },
                       {"expires_at",   "2026-11-23T06:05:09.000Z"  },
                       {"callback_url", "http://platform/callback"  },
                       {"return_url",   "http://platform/pay/return"}
        }));
    }

    FakeClock clock_;
    CountingIds ids_;
    ListeningClient client_;
    Sandbox sandbox_{
        client_, clock_, ids_, {"http://sandbox", "secret", "liveness"}
    };
    Router router_;
};

TEST(DemoPeople, HaveValidNumbers)
{
    for (const DemoPerson& person : demo_persons()) {
        EXPECT_TRUE(check_mobile(person.phone));
        if (!person.has_card()) continue;
        const CheckedCode code = check_citizen_number(person.number);
        ASSERT_TRUE(code) << person.number;
        EXPECT_EQ(citizen_birth_date(code.value), person.birth_date);
        EXPECT_EQ(citizen_is_male(code.value), person.sex == "男");
    }
    for (const DemoOrganisation& organisation : demo_organisations()) {
        EXPECT_TRUE(check_credit_code(organisation.number)) << organisation.number;
    }
    std::set<std::string_view> numbers;
    for (const DemoUnit& unit : demo_units()) {
        EXPECT_TRUE(check_unit_number(unit.unit_number)) << unit.unit_number;
        const bool moved = unit.state == DemoState::old_county;
        EXPECT_EQ(unit_division(unit.unit_number), moved ? 371202 : unit.agency);
        EXPECT_TRUE(find_demo_person(unit.owner) != nullptr || find_demo_organisation(unit.owner) != nullptr);
        EXPECT_TRUE(numbers.insert(unit.unit_number).second) << unit.unit_number;
    }
}

TEST(DemoPeople, TellWhatTestsAskFor)
{
    const json::object people = demo_people_json();
    for (const char* key :
         {"owner", "agent", "bank", "unit", "units", "seized_unit", "mortgaged_unit", "shop_unit", "unit_in_state"}) {
        EXPECT_TRUE(people.contains(key)) << key;
    }
    EXPECT_GE(people.at("units").as_array().size(), 10U);
}

TEST_F(SandboxTest, PoliceKnowTheDemoPeople)
{
    EXPECT_EQ(identity("person", "王示范", "370202190003150037"), "matched");
    EXPECT_EQ(identity("person", "别人", "370202190003150037"), "mismatched");
    EXPECT_EQ(identity("person", "赵不符", "370103190004040017"), "mismatched");
    EXPECT_EQ(identity("person", "钱查无", "370112190007070015"), "not_found");
    EXPECT_EQ(identity("organisation", "演示银行股份有限公司济南历下支行", "91370100MA3C000465"), "matched");
    EXPECT_EQ(ask(Method::post, "/police/identity-checks", "{}").status, 422);
}

// Every document that a party may prove himself by is answered, by the authority that issues it.
TEST_F(SandboxTest, EveryDemoPersonIsKnownByHisOwnDocument)
{
    std::set<std::string_view> documents;
    for (const DemoPerson& person : demo_persons()) {
        if (person.key == "mismatch" || person.key == "unknown") continue;
        documents.insert(person.document);
        const json::object answer = checked(std::string(person.document), person.name, person.number);
        EXPECT_EQ(answer.at("result"), "matched") << person.key;
        EXPECT_EQ(answer.at("source"), person.has_card() ? "police" : "immigration") << person.key;
    }
    EXPECT_EQ(documents.size(), 5U);
    for (const DemoOrganisation& organisation : demo_organisations()) {
        const json::object answer = checked("credit_code", organisation.name, organisation.number);
        EXPECT_EQ(answer.at("result"), "matched") << organisation.key;
        EXPECT_EQ(answer.at("source"), "market");
    }
    EXPECT_EQ(checked("passport", "SOMEBODY ELSE", "E0000001A").at("result"), "mismatched");
    EXPECT_EQ(checked("passport", "SOMEBODY ELSE", "E9999999A").at("result"), "not_found");
    EXPECT_EQ(checked("travel_permit", "DEMO MARIA", "E0000001A").at("result"), "not_found") << "another document";
    EXPECT_EQ(checked("citizen_card", "张三", "370102190003071238").at("result"), "not_found") << "check digit";
}

TEST_F(SandboxTest, AChangedNameMatchesAndItsFormerNameIsTold)
{
    const DemoPerson& renamed = *find_demo_person("renamed");
    const json::object now = checked("citizen_card", renamed.name, renamed.number);
    EXPECT_EQ(now.at("result"), "matched");
    EXPECT_EQ(now.at("former_names"), (json::array{json::value(renamed.former_name)}));
    const json::object before = checked("citizen_card", renamed.former_name, renamed.number);
    EXPECT_EQ(before.at("result"), "mismatched");
    EXPECT_FALSE(before.contains("former_names")) << "told to nobody who does not know the name";
    EXPECT_FALSE(checked("citizen_card", "王示范", "370202190003150037").contains("former_names"));
    const DemoOrganisation& company = *find_demo_organisation("company");
    EXPECT_EQ(checked("credit_code", company.name, company.number).at("former_names"),
              (json::array{json::value(company.former_name)}));
}

TEST_F(SandboxTest, TheReaderGivesOwnerAndAgentInTurn)
{
    EXPECT_EQ(object(ask(Method::get, "/id-reader/cards/current")).at("name").as_string(), "王示范");
    EXPECT_EQ(object(ask(Method::get, "/id-reader/cards/current")).at("name").as_string(), "李样例");
    EXPECT_EQ(object(ask(Method::get, "/id-reader/cards/current")).at("name").as_string(), "王示范");
    EXPECT_EQ(object(ask(Method::get, "/id-reader/cards/current", {}, "person=debtor")).at("name").as_string(),
              "吴虚构");
    EXPECT_EQ(ask(Method::get, "/id-reader/cards/current", {}, "person=nobody").status, 404);
    EXPECT_EQ(ask(Method::get, "/id-reader/cards/current", {}, "person=foreigner").status, 404);
}

TEST_F(SandboxTest, MessagesAreShownNewestFirstAndOnce)
{
    ask(Method::post, "/sms/messages", R"({"id":"a","phone":"13900000001","text":"验证码 123456"})");
    ask(Method::post, "/sms/messages", R"({"id":"a","phone":"13900000001","text":"验证码 123456"})");
    ask(Method::post, "/sms/messages", R"({"id":"b","phone":"13900000002","text":"<script>"})");
    const json::object all = object(ask(Method::get, "/sms/messages"));
    ASSERT_EQ(all.at("messages").as_array().size(), 2U);
    EXPECT_EQ(all.at("messages").at(0).at("text").as_string(), "<script>");
    const json::object one = object(ask(Method::get, "/sms/messages", {}, "phone=13900000001"));
    EXPECT_EQ(one.at("messages").as_array().size(), 1U);
    const std::string page = ask(Method::get, "/sms").body;
    EXPECT_EQ(page.find("<script>"), std::string::npos);
    EXPECT_NE(page.find("演示"), std::string::npos);
}

TEST_F(SandboxTest, PayingTellsThePlatformAndADoubleClickPaysOnce)
{
    EXPECT_EQ(object(order()).at("pay_url").as_string(), "http://sandbox/pay/orders/PO1");
    order();
    const std::string page = ask(Method::get, "/pay/orders/PO1").body;
    EXPECT_NE(page.find("确认支付（演示）"), std::string::npos);
    EXPECT_NE(page.find("80.00"), std::string::npos);
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    const Response first = ask(Method::post, "/pay/orders/PO1");
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(first.headers.find("Location"), "http://platform/pay/return");
    ask(Method::post, "/pay/orders/PO1");
    ASSERT_EQ(client_.calls(), 2U);
    EXPECT_EQ(client_.bodies[0], client_.bodies[1]) << "the same payment, told again";
    EXPECT_EQ(client_.signatures[0], hmac_sm3_hex("secret", client_.bodies[0]));
    ask(Method::post, "/pay/orders/PO1", "twice=1");
    EXPECT_EQ(client_.calls(), 4U);
    EXPECT_EQ(ask(Method::post, "/pay/orders/none").status, 404);
}

TEST_F(SandboxTest, AnUnansweredCallbackIsRepeated)
{
    order();
    client_.failures = 2;
    ask(Method::post, "/pay/orders/PO1");
    for (int i = 0; i < 100 && client_.calls() < 3; ++i) {
        clock_.advance(1000);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(client_.calls(), 3U);
}

TEST_F(SandboxTest, AnUnsignedOrderIsRefused)
{
    Request request;
    request.body = "{}";
    Router::Match match = router_.match(Method::post, "/pay/orders");
    EXPECT_EQ(match.route->handler(request).status, 403);
}

}  // namespace
}  // namespace tongban
