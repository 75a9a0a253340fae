#include "sandbox/tax_stand_in.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "sandbox/demo_people.h"
#include "testing/fakes.h"

namespace tongban {
namespace {

constexpr std::int64_t million = 100'000'000;  // yuan, in fen
constexpr std::int64_t square_metre = 10'000;

TaxedSale sale(std::int64_t square_metres, int homes_owned, std::string_view date = "2026-11-01")
{
    return {.contract_date = date,
            .price_fen = million,
            .home = true,
            .square_centimetres = square_metres * square_metre,
            .person = true,
            .homes_owned = homes_owned,
            .exempt = false};
}

TEST(TaxRates, FollowTheFamilysHomesAndTheArea)
{
    EXPECT_EQ(tax_due(sale(140, 0)).deed_fen, million / 100);
    EXPECT_EQ(tax_due(sale(141, 0)).deed_fen, million * 15 / 1000);
    EXPECT_EQ(tax_due(sale(140, 1)).deed_fen, million / 100);
    EXPECT_EQ(tax_due(sale(141, 1)).deed_fen, million * 2 / 100);
    EXPECT_EQ(tax_due(sale(60, 2)).deed_fen, million * 3 / 100);
    TaxedSale shop = sale(60, 0);
    shop.home = false;
    EXPECT_EQ(tax_due(shop).deed_fen, million * 3 / 100);
    TaxedSale company = sale(60, 0);
    company.person = false;
    EXPECT_EQ(tax_due(company).deed_fen, million * 3 / 100);
    TaxedSale exempt = sale(60, 0);
    exempt.exempt = true;
    EXPECT_EQ(tax_due(exempt).deed_fen, 0);
}

// H44, and the worked example of domain.md 4.2: a second home of 120 m² for a million.
TEST(TaxRates, AreThoseOfTheDayOfTheContract)
{
    EXPECT_EQ(tax_due(sale(120, 1, "2024-12-01")).deed_fen, 1'000'000);
    EXPECT_EQ(tax_due(sale(120, 1, "2024-11-30")).deed_fen, 2'000'000);
    EXPECT_EQ(tax_due(sale(90, 0, "2024-11-30")).deed_fen, 1'000'000);
    EXPECT_EQ(tax_due(sale(91, 0, "2024-11-30")).deed_fen, 1'500'000);
}

TEST(TaxRates, SparePersonsStampDutyOnHomes)
{
    EXPECT_EQ(tax_due(sale(120, 0)).stamp_fen, 0);
    TaxedSale shop = sale(120, 0);
    shop.home = false;
    EXPECT_EQ(tax_due(shop).stamp_fen, million * 5 / 10'000);
    TaxedSale company = sale(120, 0);
    company.person = false;
    EXPECT_EQ(tax_due(company).stamp_fen, million * 5 / 10'000);
}

TEST(TaxRates, ReadAreas)
{
    EXPECT_EQ(square_centimetres("89.50"), 895'000);
    EXPECT_EQ(square_centimetres("140"), 1'400'000);
    EXPECT_EQ(square_centimetres("140.0001"), 1'400'001);
    EXPECT_EQ(square_centimetres("about 90"), 0);
}

class TaxStandInTest : public ::testing::Test {
protected:
    TaxStandInTest() { tax_.add_routes(router_); }

    Response call(Method method, const std::string& path, std::string body = {})
    {
        Request request;
        request.method = method;
        request.path = path;
        request.body = std::move(body);
        Router::Match match = router_.match(method, path);
        TONGBAN_ASSERT(match.route != nullptr);
        request.path_values = match.path_values;
        return match.route->handler(request);
    }
    json::object declare(std::string_view buyer, std::string_view number = "370202190006060029",
                         std::int64_t price = million)
    {
        json::object person;
        person["kind"] = "person";
        person["name"] = buyer;
        person["number"] = number;
        json::object body;
        body["case_number"] = "TB1";
        body["registry"] = "370102";
        body["unit_number"] = "U1";
        body["location"] = "坐落";
        body["use"] = "home";
        body["area"] = "105.00";
        body["contract_number"] = "H1";
        body["contract_date"] = "2026-11-01";
        body["price_fen"] = price;
        body["sellers"] = json::array{person};
        body["buyers"] = json::array{person};
        const Response response = call(Method::post, "/tax/declarations", json::serialize(body));
        EXPECT_EQ(response.status, 200) << response.body;
        return parse_json(response.body).value().as_object();
    }

    FakeClock clock_;
    TaxStandIn tax_{clock_, "http://sandbox/tax"};
    Router router_;
};

TEST_F(TaxStandInTest, AssessesIsPaidOnceAndGivesAReceipt)
{
    const json::object first = declare("孙示例");
    EXPECT_EQ(first.at("state"), "assessed");
    EXPECT_EQ(first.at("amount_fen"), 1'000'000);
    EXPECT_EQ(first.at("tax_date"), "2026-11-01");
    const std::string page = "/tax/declarations/" + std::string(first.at("reference").as_string());
    EXPECT_EQ(first.at("pay_url"), json::value("http://sandbox" + page));
    EXPECT_NE(call(Method::get, page).body.find("演示"), std::string::npos);
    EXPECT_EQ(declare("孙示例").at("reference"), first.at("reference"));

    EXPECT_EQ(call(Method::post, page).status, 303);
    const json::object paid = declare("孙示例");
    EXPECT_EQ(paid.at("state"), "paid");
    EXPECT_NE(paid.at("receipt"), "");
    EXPECT_EQ(call(Method::post, page).status, 303);
    EXPECT_EQ(declare("孙示例").at("receipt"), paid.at("receipt"));
    EXPECT_NE(call(Method::get, page).body.find(std::string(paid.at("receipt").as_string())), std::string::npos);
}

TEST_F(TaxStandInTest, AnotherPriceIsAnotherDeclaration)
{
    const json::object first = declare("孙示例");
    const json::object second = declare("孙示例", "370202190006060029", 2 * million);
    EXPECT_NE(first.at("reference"), second.at("reference"));
    EXPECT_EQ(second.at("amount_fen"), 2'000'000);
}

TEST_F(TaxStandInTest, NamesAskForOtherAnswers)
{
    EXPECT_EQ(declare("孙待核").at("state"), "declared");
    EXPECT_EQ(declare("孙税务退回").at("state"), "rejected");
    const json::object exempt = declare("孙免税");
    EXPECT_EQ(exempt.at("state"), "exempt");
    EXPECT_EQ(exempt.at("amount_fen"), 0);
    EXPECT_NE(exempt.at("receipt"), "");
    const DemoPerson& owner = *find_demo_person("owner");  // of many homes
    EXPECT_EQ(declare(owner.name, owner.number).at("amount_fen"), 3'000'000);
}

TEST_F(TaxStandInTest, KnowsNoOtherDeclarations)
{
    EXPECT_EQ(call(Method::get, "/tax/declarations/SB1").status, 404);
    EXPECT_EQ(call(Method::post, "/tax/declarations/SB1").status, 404);
    EXPECT_EQ(call(Method::post, "/tax/declarations", "{}").status, 422);
}

}  // namespace
}  // namespace tongban
