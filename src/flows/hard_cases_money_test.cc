// Hard cases of docs/hard-cases.md about money, over the real stores and the demonstration's payment gateway: each test
// reads like its row.
#include <gmock/gmock.h>

#include "flows/after_approval_fixture_test.h"
#include "flows/cashier.h"
#include "sandbox/payment_stand_in.h"

namespace tongban::after_approval {
namespace {

using ::testing::HasSubstr;

// The stand-in as the network would reach it; its notices come back to the platform.
class GatewayOffice : public HttpClient {
public:
    GatewayOffice(Clock& clock, IdSource& ids) : stand_in_(*this, clock, ids, "http://gateway/pay", "secret")
    {
        stand_in_.add_routes(router_);
    }
    Response send(Method method, const std::string& url, const Headers& headers, std::string body) override
    {
        if (down) throw Unreachable("the gateway does not answer");
        if (url == "http://us/callback") {
            const Result<void> taken = notice(body, headers.find("X-Gateway-Signature"));
            return Response::json(taken ? 200 : 422, "{}");
        }
        Request request;
        request.method = method;
        request.path = url.substr(std::string("http://gateway").size());
        request.headers = headers;
        request.body = std::move(body);
        Router::Match match = router_.match(method, request.path);
        TONGBAN_ASSERT(match.route != nullptr);
        request.path_values = match.path_values;
        Response answer = match.route->handler(request);
        if (forged) answer.body += " ";
        return answer;
    }
    bool down = false;
    bool forged = false;
    std::function<Result<void>(std::string_view, std::string_view)> notice;

private:
    Router router_;
    PaymentStandIn stand_in_;
};

struct Answer {
    std::string code;  // of the problem; empty: it went well
    json::object body;
};

class MoneyCasesTest : public AfterApproval {
protected:
    void SetUp() override
    {
        AfterApproval::SetUp();
        office_.notice = [this](std::string_view body, std::string_view signature) {
            return flow_.take_notice(body, signature);
        };
    }
    // The page of the gateway where this case is paid.
    std::string page(const std::string& number)
    {
        Actor payer = applicant();
        payer.case_number = number;
        return flow_.start(payer).value();
    }
    void pay_at(const std::string& page, const char* form = "") { (void)office_.send(Method::post, page, {}, form); }
    Answer call(Result<Response> (Cashier::*action)(ApiRequest&), const Actor& actor,
                std::map<std::string, std::string> path, const std::string& body = {}, std::int64_t version = 0)
    {
        Request http;
        http.path_values = std::move(path);
        http.body = body;
        ApiRequest request{http, actor, "key-" + std::to_string(++keys_), sm3_hex(body), version};
        const Result<Response> response = (cashier_.*action)(request);
        if (!response) return {std::string(response.error().code()), {}};
        return {{}, parse_json(response->body).value().as_object()};
    }
    Answer call(Result<Response> (Cashier::*action)(ApiRequest&), std::map<std::string, std::string> path,
                const std::string& body = {}, std::int64_t version = 0)
    {
        return call(action, cashier_person_, std::move(path), body, version);
    }
    json::array refunds() { return call(&Cashier::refunds, {}).body.at("refunds").as_array(); }
    json::array unmatched() { return call(&Cashier::unmatched, {}).body.at("payments").as_array(); }
    json::object bill(const std::string& number)
    {
        return read([&](Sql& sql) -> Result<json::object> {
                   return to_json(bills_.find_for_case(sql, home, number).value()).as_object();
               })
            .value();
    }
    std::string books()
    {
        return read([&](Sql& sql) -> Result<std::string> { return bills_.check_books(sql, home); }).value();
    }
    // As DecideCase does when a case ends without an entry.
    void end_without_entry(const std::string& number)
    {
        const auto done = write(home, [&](Sql& sql) -> Result<void> {
            CaseFacts facts;
            facts.actor = reviewer_;
            facts.now = clock_.now();
            const Case subject = TRY(cases_->load(sql, home, number));
            TRY(steps_.take(sql, subject, case_command::Refuse{"ownership_dispute", "有争议"}, facts));
            bills_.void_due(sql, home, number);
            bills_.refund_paid(sql, home, number, reviewer_.account, clock_.now());
            return {};
        });
        ASSERT_TRUE(done.has_value());
    }
    void gateway_answers(int times)
    {
        for (int i = 0; i < times; ++i) {
            EXPECT_EQ(cashier_.give_back_round(), 1);
            clock_.advance(3'600'000);
        }
    }

    GatewayOffice office_{clock_, ids_};
    PaymentGateway real_gateway_{
        office_, {"http://gateway/pay", "http://us/callback", "http://us/return", "secret"}
    };
    PayBill flow_{
        {lazy_, clock_, *cases_, steps_, bills_, real_gateway_}
    };
    Cashier cashier_{
        {lazy_, clock_, lazy_commands_, catalog_, *cases_, steps_, register_, bills_, real_gateway_, flow_}
    };
    Actor cashier_person_ = staff("c1", "冯收费", Duty::cashier);
    int keys_ = 0;
};
TONGBAN_ON_EACH_ENGINE(MoneyCasesTest);

TEST_P(MoneyCasesTest, H42TheFeeOfACaseThatEndsGoesBackToThePayingAccountAndTheReceiptIsReversed)
{
    pay_at(page(number_));
    ASSERT_EQ(subject().state, CaseState::paid);
    EXPECT_TRUE(bill(number_).contains("receipt_number"));
    end_without_entry(number_);
    EXPECT_TRUE(bill(number_).contains("reversal_number"));
    ASSERT_EQ(refunds().size(), 1U);
    EXPECT_EQ(refunds()[0].at("state"), "requested");
    office_.down = true;
    EXPECT_EQ(cashier_.give_back_round(), 0) << "nobody answers: it is asked again, nothing is lost";
    office_.down = false;
    EXPECT_EQ(cashier_.give_back_round(), 0) << "not before its time";
    clock_.advance(60'000);
    office_.forged = true;
    EXPECT_EQ(cashier_.give_back_round(), 0) << "an answer without the gateway's signature is none";
    office_.forged = false;
    clock_.advance(3'600'000);
    gateway_answers(1);
    EXPECT_EQ(refunds()[0].at("state"), "done") << "the gateway had begun when its first answer was refused";
    EXPECT_EQ(bill(number_).at("refund_state"), "done");
    EXPECT_TRUE(refunds()[0].as_object().contains("gateway_reference"));
    EXPECT_EQ(cashier_.give_back_round(), 0);
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, H42ARefundToAClosedAccountIsAPersonsMatterWithAReason)
{
    pay_at(page(number_));
    end_without_entry(number_);
    const std::string id{refunds()[0].at("id").as_string()};
    (void)office_.send(Method::post, "http://gateway/pay/refunds/" + id + "/refusal", {}, "");
    gateway_answers(1);
    ASSERT_EQ(refunds()[0].at("state"), "refused");
    EXPECT_THAT(std::string(refunds()[0].at("message").as_string()), HasSubstr("销户"));
    const std::int64_t version = refunds()[0].at("version").as_int64();
    const std::map<std::string, std::string> one{
        {"id", id}
    };
    EXPECT_EQ(call(&Cashier::settle_refund, reviewer_, one, R"({"reason":"转账"})", version).code, "access.forbidden");
    EXPECT_EQ(call(&Cashier::settle_refund, one, "{}", version).code, "base.invalid_fields") << "not without a reason";
    EXPECT_EQ(call(&Cashier::settle_refund, one, R"({"reason":"转账退付"})", version - 1).code, "fees.refund_changed");
    EXPECT_EQ(call(&Cashier::settle_refund, one, R"({"reason":"转账退付"})", version).body.at("state"), "by_hand");
    EXPECT_EQ(call(&Cashier::retry_refund, one, R"({"reason":"再试"})", version + 1).code, "fees.refund_state");
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, H43OfTwoDevicesThatPayOnePaymentCountsAndTheOtherGoesBack)
{
    const std::string first = page(number_);
    clock_.advance(31 * 60 * 1000);
    const std::string second = page(number_);
    ASSERT_NE(first, second);
    pay_at(second);
    ASSERT_EQ(subject().state, CaseState::paid);
    const std::string settled{bill(number_).at("gateway_reference").as_string()};
    pay_at(first);
    EXPECT_EQ(bill(number_).at("gateway_reference"), json::value(settled)) << "the case shows one";
    ASSERT_EQ(refunds().size(), 1U);
    EXPECT_EQ(refunds()[0].at("cause"), "paid_twice");
    EXPECT_TRUE(unmatched().empty());
    gateway_answers(1);
    EXPECT_EQ(refunds()[0].at("state"), "sent") << "the treasury needs its time";
    gateway_answers(1);
    EXPECT_EQ(refunds()[0].at("state"), "done");
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, H45AFalseSmallEnterpriseStatementLeavesTheCaseAndTheFeeIsRecovered)
{
    // The mortgagee said it was one: nothing was charged, the entry was made.
    const std::string number = write(home, [&](Sql& sql) -> Result<std::string> {
                                   return cases_->next_number(sql, home, clock_.now());
                               }).value();
    const Item* item = catalog_.item_in_force(home, "DY-01", china_date(clock_.now())).value();
    Dossier exempt = dossier();
    exempt.application->values.push_back({"holder.small_enterprise", "yes"});
    const CaseOrigin origin{window, "collection-" + number, "DS2", "窗口"};
    ASSERT_TRUE(act(number, case_command::Open{ids_.next(), number, "DY-01", item->version, origin}).has_value());
    ASSERT_TRUE(act(number, case_command::File{exempt, "digest", origin.collection_id, "坐落", "home"}).has_value());
    ASSERT_TRUE(act(number, case_command::Accept{}, &acceptor_).has_value());
    ASSERT_TRUE(act(number, case_command::Approve{"", "", 0}, &reviewer_).has_value());
    ASSERT_TRUE(act(number, case_command::RecordPayment{}).has_value());
    EXPECT_EQ(call(&Cashier::recover,
                   {
                       {"number", number}
    },
                   R"({"reason":"未登记的企业"})")
                  .code,
              "fees.nothing_to_recover")
        << "the case is not entered yet: it is simply charged rightly";
    ASSERT_TRUE(registration_.enter(registrar_, number, subject(number).version, {}, "已核实").has_value());
    ASSERT_EQ(subject(number).state, CaseState::registered);

    const Answer charged = call(&Cashier::recover,
                                {
                                    {"number", number}
    },
                                R"({"reason":"名录中没有该企业"})");
    ASSERT_EQ(charged.code, "");
    EXPECT_EQ(charged.body.at("amount_fen"), 8000) << "what it would have owed";
    EXPECT_EQ(call(&Cashier::recover,
                   {
                       {"number", number}
    },
                   R"({"reason":"再来一次"})")
                  .code,
              "fees.nothing_to_recover");
    pay_at(page(number));
    EXPECT_EQ(bill(number).at("state"), "paid");
    EXPECT_EQ(subject(number).state, CaseState::registered) << "the entry stands, whatever became of the fee";
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, H46APaymentAfterTheOrderExpiredWaitsForTheCashier)
{
    const std::string old = page(number_);
    clock_.advance(31 * 60 * 1000);
    pay_at(old);
    EXPECT_EQ(subject().state, CaseState::awaiting_payment) << "an expired rate is never taken by itself";
    ASSERT_EQ(unmatched().size(), 1U);
    EXPECT_EQ(unmatched()[0].at("cause"), "late");
    const std::map<std::string, std::string> one{
        {"reference", std::string(unmatched()[0].at("reference").as_string())}
    };
    EXPECT_EQ(call(&Cashier::match, reviewer_, one, R"({"reason":"金额相符"})").code, "access.forbidden");
    EXPECT_EQ(call(&Cashier::match, one, R"({"reason":"金额相符"})").code, "");
    EXPECT_EQ(subject().state, CaseState::paid);
    EXPECT_TRUE(unmatched().empty());
    EXPECT_EQ(call(&Cashier::give_back, one, R"({"reason":"退"})").code, "base.invalid_fields");
    EXPECT_EQ(call(&Cashier::give_back, one, R"({"reason":"退还"})").code, "fees.payment_not_unmatched");
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, H46TheCashierMayGiveTheLateMoneyBackInstead)
{
    const std::string old = page(number_);
    clock_.advance(31 * 60 * 1000);
    pay_at(old);
    const std::map<std::string, std::string> one{
        {"reference", std::string(unmatched()[0].at("reference").as_string())}
    };
    EXPECT_EQ(call(&Cashier::give_back, one, R"({"reason":"当事人要求"})").body.at("cause"), "late");
    EXPECT_TRUE(unmatched().empty());
    pay_at(page(number_));
    EXPECT_EQ(subject().state, CaseState::paid);
    gateway_answers(2);
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, EveryDayIsComparedWithTheStatementAndEachDifferenceIsResolvedWithAReason)
{
    const std::string today = china_date(clock_.now());
    const std::map<std::string, std::string> day{
        {"day", today}
    };
    pay_at(page(number_), "silent=1");  // the notice never came
    const Answer found = call(&Cashier::compare, day);
    ASSERT_EQ(found.code, "");
    EXPECT_EQ(found.body.at("provisional"), true);
    ASSERT_EQ(found.body.at("differences").as_array().size(), 1U);
    const json::object missing = found.body.at("differences").at(0).as_object();
    EXPECT_EQ(missing.at("verdict"), "only_theirs");
    const auto resolution = [&](const char* how) {
        return json::serialize(json::object{
            {"kind",       "payment"              },
            {"reference",  missing.at("reference")},
            {"resolution", how                    },
            {"reason",     "通知丢失"         }
        });
    };
    EXPECT_EQ(call(&Cashier::resolve, reviewer_, day, resolution("booked")).code, "access.forbidden");
    const Answer booked = call(&Cashier::resolve, day, resolution("booked"));
    ASSERT_EQ(booked.code, "");
    EXPECT_EQ(booked.body.at("open"), 0);
    EXPECT_EQ(subject().state, CaseState::paid) << "the statement stands for the lost notice";
    EXPECT_EQ(call(&Cashier::resolve, day, resolution("explained")).code, "fees.item_resolved");
    const Answer again = call(&Cashier::compare, day);
    EXPECT_EQ(again.body.at("matched"), 1);
    EXPECT_EQ(again.body.at("items"), 1) << "what people found out stays";
    EXPECT_EQ(again.body.at("ours_fen"), again.body.at("theirs_fen"));
    EXPECT_EQ(call(&Cashier::days, {}).body.at("days").as_array().size(), 1U);
    office_.forged = true;
    EXPECT_EQ(call(&Cashier::compare, day).code, "fees.statement_wrong");
    EXPECT_EQ(books(), "");
}

TEST_P(MoneyCasesTest, YesterdayIsComparedByItselfOnce)
{
    pay_at(page(number_));
    clock_.advance(24LL * 60 * 60 * 1000);
    office_.down = true;
    EXPECT_EQ(cashier_.reconcile_round(), 0);
    office_.down = false;
    EXPECT_EQ(cashier_.reconcile_round(), static_cast<int>(catalog_.registries().size()));
    EXPECT_EQ(cashier_.reconcile_round(), 0);
}

}  // namespace
}  // namespace tongban::after_approval
