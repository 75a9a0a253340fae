#include "modules/fees/tax_port_http.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "modules/fees/fees_problems.h"

namespace tongban {
namespace {

class ScriptedTax : public HttpClient {
public:
    Response send(Method, const std::string& url, const Headers&, std::string body) override
    {
        asked_url = url;
        asked_body = std::move(body);
        if (unreachable) throw Unreachable("no answer");
        return Response::json(status, answer);
    }
    bool unreachable = false;
    int status = 200;
    std::string answer;
    std::string asked_url, asked_body;
};

class TaxPortTest : public ::testing::Test {
protected:
    std::string ask(const std::string& answer)
    {
        client_.answer = answer;
        const Result<TaxAnswer> got = port_.declare(declaration_);
        if (!got) return std::string(got.error().code());
        last_ = *got;
        return "";
    }
    static std::string assessed(const std::string& change_from = {}, const std::string& change_to = {})
    {
        std::string text = R"({"case_number":"TB1","state":"assessed","reference":"SB1","amount_fen":150,"lines":[)"
                           R"({"kind":"deed","base_fen":10000,"rate":1000,"amount_fen":100,"basis":"公告"},)"
                           R"({"kind":"stamp","base_fen":10000,"rate":500,"amount_fen":50}],)"
                           R"("tax_date":"2026-11-01","receipt":"","pay_url":"http://tax/1"})";
        if (!change_from.empty()) {
            const std::size_t at = text.find(change_from);
            EXPECT_NE(at, std::string::npos) << change_from;
            text.replace(at, change_from.size(), change_to);
        }
        return text;
    }
    TaxDeclaration declaration_{.case_number = "TB1",
                                .agency = 370102,
                                .unit_number = "U1",
                                .location = "坐落",
                                .home = true,
                                .area = "89.50",
                                .contract_number = "H1",
                                .contract_date = "2026-11-01",
                                .price_fen = 10000,
                                .sellers = {{PartyKind::organisation, "演示置业", "91"}},
                                .buyers = {{PartyKind::person, "孙示例", "37"}}};
    ScriptedTax client_;
    HttpTaxPort port_{client_, "http://outside/tax"};
    TaxAnswer last_;
};

TEST_F(TaxPortTest, DeclaresAndReadsTwoLines)
{
    ASSERT_EQ(ask(assessed()), "");
    EXPECT_EQ(client_.asked_url, "http://outside/tax/declarations");
    const json::object sent = parse_json(client_.asked_body).value().as_object();
    EXPECT_EQ(sent.at("case_number"), "TB1");
    EXPECT_EQ(sent.at("registry"), "370102");
    EXPECT_EQ(sent.at("use"), "home");
    EXPECT_EQ(sent.at("contract_date"), "2026-11-01");
    EXPECT_EQ(sent.at("price_fen"), 10000);
    EXPECT_EQ(sent.at("buyers").at(0).at("number"), "37");
    EXPECT_EQ(sent.at("sellers").at(0).at("kind"), "organisation");
    EXPECT_EQ(last_.state, TaxState::assessed);
    ASSERT_EQ(last_.lines.size(), 2U);
    EXPECT_EQ(last_.lines[1].kind, TaxKind::stamp);
    EXPECT_EQ(last_.amount_fen, 150);
    EXPECT_EQ(last_.pay_url, "http://tax/1");
}

// What is not the agreed answer never opens the register.
TEST_F(TaxPortTest, AnAnswerOfAnotherFormIsNone)
{
    EXPECT_EQ(ask(assessed("\"TB1\"", "\"TB2\"")), "fees.tax_refused");
    EXPECT_EQ(ask(assessed("\"assessed\"", "\"paid\"")), "fees.tax_refused");
    EXPECT_EQ(ask(assessed("\"assessed\"", "\"done\"")), "fees.tax_refused");
    EXPECT_EQ(ask(assessed(":150", ":149")), "fees.tax_refused");
    EXPECT_EQ(ask(assessed("http://tax/1", "javascript:1")), "fees.tax_refused");
    EXPECT_EQ(ask(assessed("\"receipt\"", "\"unknown\"")), "fees.tax_refused");
    EXPECT_EQ(ask("no JSON"), "fees.tax_refused");
    client_.status = 500;
    EXPECT_EQ(ask(assessed()), "fees.tax_refused");
    client_.unreachable = true;
    EXPECT_EQ(ask(assessed()), "fees.tax_unreachable");
}

}  // namespace
}  // namespace tongban
