// Taxes of the transfer of a new home, over the real port and the demonstration's authority.

#include "flows/settle_tax.h"

#include <gmock/gmock.h>

#include "flows/main_path_fixture_test.h"
#include "flows/register_and_issue.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/fees/fees_problems.h"
#include "modules/fees/tax_port_http.h"
#include "sandbox/tax_stand_in.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The stand-in as the network would reach it.
class TaxOffice : public HttpClient {
public:
    explicit TaxOffice(Clock& clock) : stand_in_(clock, "http://sandbox/tax") { stand_in_.add_routes(router_); }

    Response send(Method method, const std::string& url, const Headers&, std::string body) override
    {
        ++asked;
        if (down) throw Unreachable("the tax office does not answer");
        Request request;
        request.method = method;
        request.path = url.substr(std::string("http://sandbox").size());
        request.body = std::move(body);
        Router::Match match = router_.match(method, request.path);
        TONGBAN_ASSERT(match.route != nullptr);
        request.path_values = match.path_values;
        return match.route->handler(request);
    }
    bool down = false;
    int asked = 0;

private:
    TaxStandIn stand_in_;
    Router router_;
};

class SettleTaxTest : public MainPathTest {
protected:
    void SetUp() override
    {
        MainPathTest::SetUp();
        if (IsSkipped()) return;
        flow_ = std::make_unique<SettleTax>(SettleTax::Parts{database(), clock_, *vault_, *platform_->commands,
                                                             catalog_, *cases_, register_, taxes_, port_});
        filed_sale();
    }
    void TearDown() override
    {
        flow_.reset();
        MainPathTest::TearDown();
    }

    Participant participant(PartyRole role, PartyKind kind, std::string_view name, std::string_view number,
                            std::string_view phone)
    {
        PartyInput input;
        input.role = role;
        input.kind = kind;
        input.name = name;
        input.document_type = kind == PartyKind::person ? DocumentType::citizen_card : DocumentType::credit_code;
        input.number = number;
        input.phone = phone;
        return {make_party(*vault_, home, ids_.next(), input), {}, {}};
    }
    Dossier sale(const std::string& price_fen)
    {
        const DemoOrganisation& developer = *find_demo_organisation("developer");
        const DemoPerson& buyer = *find_demo_person("agent");
        Dossier dossier;
        Application application;
        application.unit_number = unit_in_state(DemoState::unsold);
        application.values = {
            {"sale.contract_number", "演合1号"},
            {"sale.contract_date",   "2024-11-30"},
            {"sale.price_fen",       price_fen   },
            {"sale.property_kind",   "ordinary"  },
            {"sale.co_ownership",    "sole"      },
            {"sale.certificates",    "1"         }
        };
        dossier.application = application;
        dossier.parties.push_back(
            participant(PartyRole::seller, PartyKind::organisation, developer.name, developer.number, developer.phone));
        dossier.parties.push_back(
            participant(PartyRole::buyer, PartyKind::person, buyer.name, buyer.number, buyer.phone));
        return dossier;
    }
    void step(const CaseCommand& command)
    {
        const Result<Case> done = write(home, [&](Sql& sql) -> Result<Case> {
            Case subject;
            subject.agency = home;
            if (!std::holds_alternative<case_command::Open>(command)) subject = TRY(cases_->load(sql, home, number_));
            return platform_->steps.take(sql, subject, command, platform_facts(clock_.now()));
        });
        ASSERT_TRUE(done.has_value()) << done.error().code();
    }
    void file(const std::string& price_fen)
    {
        step(case_command::File{sale(price_fen), "digest", "collection-1", "坐落", "home"});
    }
    void filed_sale()
    {
        number_ = write(home, [&](Sql& sql) -> Result<std::string> {
                      return cases_->next_number(sql, home, clock_.now());
                  }).value();
        const Item* item = catalog_.item_in_force(home, "XF-01", china_date(clock_.now())).value();
        step(case_command::Open{
            ids_.next(), number_, "XF-01", item->version, {window, "collection-1", "DS1", "窗口"}
        });
        file("100000000");
    }

    Answer ask(const Actor& actor, const std::string& key = {})
    {
        return call(*flow_, &SettleTax::ask, actor,
                    {
                        {"number", number_}
        },
                    "", 0, key);
    }
    void pay_at_the_office()
    {
        const Answer told = ask(acceptor_);
        ASSERT_EQ(told.code, "");
        const json::value* page = told.body.if_contains("pay_url");
        ASSERT_NE(page, nullptr) << told.text;
        office_.send(Method::post, std::string(page->as_string()), {}, "");
        clock_.advance(60'000);
        ASSERT_EQ(ask(acceptor_).body.at("state"), "paid");
    }
    // The authority says something else now.
    void answered(TaxState state)
    {
        const auto done = write(home, [&](Sql& sql) -> Result<void> {
            TaxSettlement other = *taxes_.find_for_case(sql, home, number_);
            other.answer.state = state;
            other.answer.receipt.clear();
            taxes_.keep(sql, home, other);
            return {};
        });
        ASSERT_TRUE(done.has_value());
    }
    json::object tax() { return sheet(acceptor_).at("tax").as_object(); }
    json::object rule()
    {
        const json::object shown = sheet(acceptor_);
        for (const json::value& check : shown.at("checks").as_array()) {
            if (check.at("rule") == "XF-01-02") return check.as_object();
        }
        ADD_FAILURE() << "nobody judged XF-01-02";
        return {};
    }
    bool rule_passes() { return rule().at("passed").as_bool(); }
    std::string accept() { return problem_of(decide(&DecideCase::accept, acceptor_, R"({"remark":"已核实"})")); }
    static std::string problem_of(const Answer& answer)
    {
        return answer.code.empty() ? "" : answer.code + " " + answer.text;
    }
    std::string enter()
    {
        RegisterAndIssue registration(
            {clock_, *platform_->commands, *cases_, platform_->steps, register_, certificates_, catalog_, taxes_},
            [](Sql&, const Actor&, Agency, const std::string&) -> Result<Response> {
                return Response::json(200, "{}");
            },
            [] {});
        const Result<Response> answer =
            registration.enter(registrar_, number_, sheet(registrar_).at("version").as_int64(), {}, "已核实");
        return answer ? "" : std::string(answer.error().code()) + " " + answer.error().detail;
    }
    void accepted_and_paid_for()
    {
        ASSERT_EQ(accept(), "");
        ASSERT_EQ(problem_of(decide(&DecideCase::approve, reviewer_, R"({"remark":"同意"})")), "");
        const json::object bill = sheet(acceptor_).at("bill").as_object();
        step(case_command::RecordPayment{std::string(bill.at("id").as_string()), bill.at("amount_fen").as_int64(),
                                         "R1"});
    }

    TaxOffice office_{clock_};
    HttpTaxPort port_{office_, "http://sandbox/tax"};
    std::unique_ptr<SettleTax> flow_;
    Actor registrar_ = staff("a3", "王登簿", home, {Duty::registrar});
};
TONGBAN_ON_EACH_ENGINE(SettleTaxTest);

// 契税法 11 asks for the tax before the entry: the case is accepted and reviewed meanwhile.
TEST_P(SettleTaxTest, NoTransferIsEnteredBeforeTheTaxIsPaid)
{
    EXPECT_EQ(tax().at("state"), "undeclared");
    EXPECT_FALSE(rule_passes());
    EXPECT_EQ(rule().at("severity"), "inform") << "told, and stops nobody yet";
    accepted_and_paid_for();
    EXPECT_EQ(rule().at("severity"), "block") << "the entry is next";
    EXPECT_THAT(enter(), HasSubstr("cases.blocked XF-01-02"));

    ASSERT_EQ(ask(acceptor_).code, "");
    EXPECT_EQ(tax().at("state"), "assessed");  // and not the sheet kept a moment ago
    EXPECT_THAT(enter(), HasSubstr("XF-01-02"));

    pay_at_the_office();
    EXPECT_EQ(tax().at("state"), "paid");
    EXPECT_NE(tax().at("receipt"), "");
    EXPECT_TRUE(rule_passes());
    EXPECT_EQ(enter(), "");
}

// 105 m², the only home. The day of the contract lies before the new rates, the case after: 1.5 % and not 1 %.
TEST_P(SettleTaxTest, H44TheRateIsThatOfTheTaxDateAndBothDatesShow)
{
    ASSERT_EQ(ask(acceptor_).code, "");
    const json::object shown = tax();
    EXPECT_EQ(shown.at("tax_date"), "2024-11-30");
    EXPECT_EQ(shown.at("asked_at"), json::value(utc_text(clock_.now())));
    EXPECT_EQ(shown.at("amount_fen"), 1'500'000);
    ASSERT_EQ(shown.at("lines").as_array().size(), 2U);
    EXPECT_EQ(shown.at("lines").at(0).at("kind"), "deed");
    EXPECT_EQ(shown.at("lines").at(0).at("rate"), 1500);
    EXPECT_EQ(shown.at("lines").at(1).at("kind"), "stamp");
    EXPECT_EQ(shown.at("lines").at(1).at("amount_fen"), 0);
}

// The platform keeps the reference and the receipt, gives the refusal, and leaves the money to the tax office.
TEST_P(SettleTaxTest, H41TaxPaidForARefusedCaseIsTheTaxOfficesToGiveBack)
{
    pay_at_the_office();
    const json::object paid = tax();
    EXPECT_FALSE(paid.contains("refund_at_tax_office"));
    ASSERT_EQ(accept(), "");
    ASSERT_EQ(problem_of(decide(&DecideCase::refuse, reviewer_, R"({"ground":"ownership_dispute","reason":"有争议"})")),
              "");
    const json::object after = tax();
    EXPECT_EQ(after.at("refund_at_tax_office"), true);
    EXPECT_EQ(after.at("reference"), paid.at("reference"));
    EXPECT_EQ(after.at("receipt"), paid.at("receipt"));
    EXPECT_THAT(document("refusal.pdf"), Not(HasSubstr("cases.")));
    // The number of the tax office's refund is followed, the money never passes through here.
    const Answer told = call(*flow_, &SettleTax::note_refund, acceptor_,
                             {
                                 {"number", number_}
    },
                             R"({"reference":"退税2026-0001"})", 0, "tax-refund");
    EXPECT_EQ(told.code, "") << told.text;
    EXPECT_EQ(tax().at("refund_reference"), "退税2026-0001");
    const int before = office_.asked;
    EXPECT_EQ(ask(acceptor_).code, "fees.tax_closed");
    EXPECT_EQ(office_.asked, before);
    EXPECT_EQ(read([&](Sql& sql) -> Result<std::size_t> { return bills_.to_refund(sql, home, 10).size(); }).value(),
              0U);
}

// What was paid for another price proves nothing.
TEST_P(SettleTaxTest, ACorrectionMakesTheOldProofWorthless)
{
    pay_at_the_office();
    ASSERT_TRUE(rule_passes());
    ASSERT_EQ(problem_of(decide(&DecideCase::request_supplement, acceptor_, R"({"lines":[{"text":"价款有误"}]})")), "");
    file("200000000");
    EXPECT_EQ(tax().at("current"), false);
    EXPECT_FALSE(rule_passes());
    accepted_and_paid_for();
    EXPECT_THAT(enter(), HasSubstr("XF-01-02"));
    pay_at_the_office();
    EXPECT_EQ(tax().at("current"), true);
    EXPECT_EQ(tax().at("amount_fen"), 3'000'000);
    EXPECT_EQ(enter(), "");
}

TEST_P(SettleTaxTest, TheRegistrarIsStoppedWhenTheProofWasTakenBack)
{
    pay_at_the_office();
    accepted_and_paid_for();
    answered(TaxState::assessed);
    EXPECT_THAT(enter(), HasSubstr("cases.blocked XF-01-02"));
}

TEST_P(SettleTaxTest, AnAuthorityThatDoesNotAnswerLeavesWhatWasKnown)
{
    office_.down = true;
    EXPECT_EQ(ask(acceptor_).code, "fees.tax_unreachable");
    EXPECT_EQ(tax().at("state"), "undeclared");
    office_.down = false;
    pay_at_the_office();
    office_.down = true;
    EXPECT_EQ(ask(acceptor_).code, "fees.tax_unreachable");
    EXPECT_EQ(tax().at("state"), "paid");
}

TEST_P(SettleTaxTest, TheSameRequestAsksOnce)
{
    ASSERT_EQ(ask(acceptor_, "key-1").code, "");
    const int asked = office_.asked;
    EXPECT_EQ(ask(acceptor_, "key-1").body.at("state"), "assessed");
    EXPECT_EQ(office_.asked, asked);
}

TEST_P(SettleTaxTest, OnlyThoseWhoseCaseItIsAsk)
{
    Actor applicant{.account = "applicant:" + number_ + ":p",
                    .name = "李样例",
                    .agency = home,
                    .duties = {Duty::applicant},
                    .case_number = number_,
                    .party = "p"};
    EXPECT_EQ(ask(applicant).code, "");
    EXPECT_EQ(ask(registrar_).code, "");
    applicant.case_number = "TB1";
    EXPECT_EQ(ask(applicant).code, "access.out_of_scope");
    EXPECT_EQ(ask(reviewer_).code, "access.forbidden");
    EXPECT_EQ(ask(staff("w1", "周代收", home, {Duty::collector})).code, "access.forbidden");
    EXPECT_EQ(ask(staff("b1", "外人", window, {Duty::acceptor})).code, "cases.not_found");
}

TEST_P(SettleTaxTest, ItemsWithoutTaxHaveNone)
{
    file_case(unit_);
    EXPECT_FALSE(sheet(acceptor_).contains("tax"));
    EXPECT_EQ(ask(acceptor_).code, "fees.tax_not_asked");
}

}  // namespace
}  // namespace tongban
