// Sessions, sign-in and the checks before every handler, on a real database.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <thread>

#include "modules/access/api_router.h"
#include "modules/access/core/access_problems.h"
#include "modules/access/session_http.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

constexpr Agency lixia = 370102;
constexpr Millis minute = 60'000;

class AccessTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        access_ = std::make_unique<AccessService>(database(), clock_, ids_, true);
        api_ =
            std::make_unique<ApiRouter>(router_, *access_,
                                        ApiRouter::Options{.public_origin = "https://tongban.example",
                                                           .refused =
                                                               [this](const Refusal& refusal) {
                                                                   if (journal_broken_)
                                                                       throw std::runtime_error("the journal is full");
                                                                   refusals_.push_back(refusal);
                                                               },
                                                           .log = [this](std::string_view line) { logged_ = line; }});
        add_session_routes(*api_, *access_, {.agency_name = [](Agency) { return "历下"; }, .demonstration = true});
        api_->add(
            Method::post, "/accept/{number}", Action::accept_case,
            [](ApiRequest& request) -> Result<Response> {
                TRY(authorise(request.actor, Action::accept_case, request.path("number") == "ours" ? lixia : 370202));
                return Response::json(200, std::to_string(request.version()) + " " + request.idempotency_key);
            },
            {.needs_if_match = true});
        api_->add(Method::get, "/tracked", Action::read_certificate,
                  [](ApiRequest& request) -> Result<Response> { return Response::json(200, request.actor.account); });
        api_->add(Method::get, "/portal", Action::use_portal,
                  [](ApiRequest& request) -> Result<Response> { return Response::json(200, request.actor.account); });
        for (const char* where : {"/sittings", "/api/v1/portal/applications"}) {
            api_->add(Method::get, where, Action::read_sitting, [](ApiRequest& request) -> Result<Response> {
                return Response::json(200, request.actor.is_person() ? "person" : "clerk");
            });
        }
        api_->add(Method::post, "/public", Action::verify_certificate,
                  [](ApiRequest&) -> Result<Response> { return Response::json(200, "{}"); },
                  {.needs_idempotency_key = false, .needs_csrf_token = false});
        api_->add_upload(Method::put, "/upload", Action::edit_sitting,
                         [](ApiRequest&) -> Result<std::variant<Response, std::unique_ptr<BodySink>>> {
                             return std::variant<Response, std::unique_ptr<BodySink>>(Response::no_content());
                         },
                         {.needs_idempotency_key = false});
    }

    void add(const std::string& login, std::vector<Duty> duties)
    {
        const auto added = access_->add_account({.agency = lixia,
                                                 .login = login,
                                                 .name = "赵受理",
                                                 .password = "correct horse",
                                                 .duties = std::move(duties)});
        ASSERT_TRUE(added) << added.error().code();
    }

    AccessService::SignedIn sign_in(const std::string& login)
    {
        auto in = access_->sign_in(login, "correct horse", "10.0.0.1");
        if (!in) throw std::runtime_error(std::string(in.error().code()));
        return std::move(in).value();
    }

    Response call(Method method, const std::string& path, Headers headers, std::string body = {})
    {
        Request request;
        request.method = method;
        request.path = path;
        request.headers = std::move(headers);
        request.body = std::move(body);
        request.remote = "10.0.0.1";
        request.trace = "t";
        const auto match = router_.match(method, path);
        if (match.route == nullptr) throw std::runtime_error("no route " + path);
        request.path_values = match.path_values;
        if (match.route->handler) return match.route->handler(request);
        return std::get<Response>(match.route->upload(request));
    }

    Headers headers(const Session& session)
    {
        Headers all;
        all.add("Cookie", "tongban_session=" + session.cookie_value);
        all.add("X-CSRF-Token", session.csrf_token);
        all.add("Idempotency-Key", "key-00000001");
        all.add("If-Match", "\"v3\"");
        all.add("Origin", "https://tongban.example");
        return all;
    }

    static std::string code(const Response& response)
    {
        if (response.status < 400) return std::to_string(response.status);
        return std::string(boost::json::parse(response.body).at("code").as_string());
    }

    Router router_;
    std::unique_ptr<AccessService> access_;
    std::unique_ptr<ApiRouter> api_;
    std::vector<Refusal> refusals_;
    bool journal_broken_ = false;
    std::string logged_;
};
TONGBAN_ON_EACH_ENGINE(AccessTest);

TEST_P(AccessTest, SignsInShowsAndSignsOut)
{
    add("acceptor.370102", {Duty::acceptor, Duty::registrar});
    Headers sent;
    const Response in =
        call(Method::post, "/api/v1/session", sent, R"({"login":"acceptor.370102","password":"correct horse"})");
    ASSERT_EQ(in.status, 200) << in.body;
    const std::string cookie(in.headers.find("Set-Cookie"));
    EXPECT_THAT(cookie,
                ::testing::MatchesRegex(
                    "tongban_session=370102\\.[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure"));
    const auto body = boost::json::parse(in.body);
    EXPECT_EQ(body.at("agency").as_string(), "370102");
    EXPECT_EQ(boost::json::serialize(body.at("duties")), R"(["acceptor","registrar"])");
    EXPECT_TRUE(body.at("demonstration").as_bool());

    sent.add("Cookie", cookie.substr(0, cookie.find(';')));
    const Response shown = call(Method::get, "/api/v1/session", sent);
    EXPECT_EQ(shown.body, in.body);
    EXPECT_EQ(code(call(Method::del, "/api/v1/session", sent)), "access.csrf_token_wrong");
    sent.add("X-CSRF-Token", std::string(body.at("csrf_token").as_string()));
    const Response out = call(Method::del, "/api/v1/session", sent);
    EXPECT_EQ(out.status, 204);
    EXPECT_THAT(std::string(out.headers.find("Set-Cookie")), HasSubstr("Max-Age=0"));
    EXPECT_EQ(code(call(Method::get, "/api/v1/session", sent)), "access.not_signed_in");
}

TEST_P(AccessTest, RefusesUnknownAccountsAndWrongPasswordsAlike)
{
    add("acceptor.370102", {Duty::acceptor});
    const auto unknown = access_->sign_in("nobody", "correct horse", "a");
    const auto wrong = access_->sign_in("acceptor.370102", "wrong", "b");
    EXPECT_EQ(unknown.error().code(), "access.sign_in_failed");
    EXPECT_EQ(wrong.error().code(), unknown.error().code());
    EXPECT_EQ(wrong.error().detail, unknown.error().detail);
    EXPECT_EQ(code(call(Method::post, "/api/v1/session", {}, R"({"login":"x"})")), "base.invalid_fields");
}

TEST_P(AccessTest, SlowsDownGuessing)
{
    add("acceptor.370102", {Duty::acceptor});
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(access_->sign_in("acceptor.370102", "wrong", "a").error().code(), "access.sign_in_failed");
    }
    EXPECT_EQ(access_->sign_in("acceptor.370102", "correct horse", "a").error().code(), "access.too_many_attempts");
    EXPECT_TRUE(access_->sign_in("acceptor.370102", "correct horse", "b"));  // nobody can lock others out
    clock_.advance(15 * minute);
    EXPECT_TRUE(access_->sign_in("acceptor.370102", "correct horse", "a"));
}

TEST_P(AccessTest, GuessingFromManyMachinesWaitsLongerAndLonger)
{
    add("acceptor.370102", {Duty::acceptor});
    int machine = 0;
    const auto guess = [&] { return access_->sign_in("acceptor.370102", "wrong", std::to_string(machine++)).error(); };
    for (int i = 0; i < 20; ++i) EXPECT_EQ(guess().code(), "access.sign_in_failed");
    for (const char* seconds : {"10", "20", "40", "80"}) {
        const Error slow = guess();
        EXPECT_EQ(slow.code(), "access.too_many_attempts");
        ASSERT_EQ(slow.extra.size(), 1U);
        EXPECT_EQ(slow.extra.front().second, seconds);
        clock_.advance(std::stoll(seconds) * 1000);
        EXPECT_EQ(guess().code(), "access.sign_in_failed");
    }
    clock_.advance(160 * 1000);
    EXPECT_TRUE(access_->sign_in("acceptor.370102", "correct horse", "home"));
}

TEST_P(AccessTest, ManyGuessesAtOnceAreCountedBeforeTheyAreJudged)
{
    add("acceptor.370102", {Duty::acceptor});
    std::atomic<int> judged = 0;
    std::vector<std::thread> guessers;
    for (int i = 0; i < 64; ++i) {
        guessers.emplace_back([&] {
            const auto in = access_->sign_in("acceptor.370102", "wrong", "a");
            judged += in.error().code() == "access.sign_in_failed";
        });
    }
    for (std::thread& guesser : guessers) guesser.join();
    EXPECT_EQ(judged, 5);
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(access_->sign_in("acceptor.370102", "correct horse", "b")) << i;
}

TEST_P(AccessTest, EndsSessionsThatAreIdleOrOld)
{
    add("acceptor.370102", {Duty::acceptor});
    const auto first = sign_in("acceptor.370102").session;
    for (int i = 0; i < 24; ++i) {  // in use: lives
        clock_.advance(29 * minute);
        ASSERT_TRUE(access_->find_session(first.cookie_value)) << i;
    }
    clock_.advance(25 * minute);  // 12 hours and a bit
    EXPECT_FALSE(access_->find_session(first.cookie_value));
    const auto second = sign_in("acceptor.370102").session;
    clock_.advance(30 * minute);
    EXPECT_FALSE(access_->find_session(second.cookie_value));
}

TEST_P(AccessTest, KnowsSessionsAfterARestartAndOnlyExactCookies)
{
    add("acceptor.370102", {Duty::acceptor});
    const auto session = sign_in("acceptor.370102").session;
    AccessService other(database(), clock_, ids_, true);
    const auto found = other.find_session(session.cookie_value);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->csrf_token, session.csrf_token);
    EXPECT_EQ(found->actor.account, session.actor.account);
    std::string elsewhere = session.cookie_value;
    elsewhere.replace(0, 6, "370202");
    for (const std::string& value : {std::string(), std::string("x"), elsewhere, session.cookie_value + "0",
                                     session.cookie_value.substr(0, 70), "370102." + std::string(64, '0')}) {
        EXPECT_FALSE(other.find_session(value)) << value;
    }
}

TEST_P(AccessTest, LosesSessionsWithTheAccountOrThePassword)
{
    add("acceptor.370102", {Duty::acceptor});
    const auto session = sign_in("acceptor.370102").session;
    ASSERT_TRUE(access_->set_active("acceptor.370102", false));
    EXPECT_FALSE(access_->find_session(session.cookie_value));
    EXPECT_EQ(access_->sign_in("acceptor.370102", "correct horse", "a").error().code(), "access.sign_in_failed");
    ASSERT_TRUE(access_->set_active("acceptor.370102", true));
    ASSERT_TRUE(access_->set_password("acceptor.370102", "another horse"));
    EXPECT_TRUE(access_->sign_in("acceptor.370102", "another horse", "c"));
    EXPECT_EQ(access_->set_active("nobody", false).error().code(), "access.account_not_found");
}

TEST_P(AccessTest, GivesALoginOnce)
{
    add("acceptor.370102", {Duty::acceptor});
    const auto again = access_->add_account({.agency = 370202,
                                             .login = "acceptor.370102",
                                             .name = "某",
                                             .password = "correct horse",
                                             .duties = {Duty::acceptor}});
    EXPECT_EQ(again.error().code(), "access.login_taken");
    const auto bad =
        access_->add_account({.agency = 1, .login = "A b", .name = "", .password = "short", .duties = {Duty::anyone}});
    EXPECT_EQ(bad.error().code(), "base.invalid_fields");
    EXPECT_EQ(bad.error().fields.size(), 5U);
    EXPECT_EQ(seed_accounts(*access_, "correct horse").size(), 21U);  // and one is there already
    EXPECT_EQ(seed_accounts(*access_, "correct horse").size(), 21U);
}

TEST_P(AccessTest, ChecksInOrderBeforeTheHandler)
{
    add("acceptor.370102", {Duty::acceptor});
    const auto session = sign_in("acceptor.370102").session;
    const Response done = call(Method::post, "/accept/ours", headers(session));
    EXPECT_EQ(done.body, "3 key-00000001");

    struct Row {
        const char* header;
        std::optional<std::string> value;  // nothing: without the header
        const char* expect;
    };
    for (const Row& row : std::initializer_list<Row>{
             {"Cookie",                          std::nullopt,                "access.not_signed_in"   },
             {"Cookie",                          "tongban_session=370102.00", "access.not_signed_in"   },
             {"Origin",                          "https://evil.example",      "access.origin_wrong"    },
             {"Origin",                          "null",                      "access.origin_wrong"    },
             {"Origin",                          std::nullopt,                "200"                    },
             {"X-CSRF-Token",                    std::nullopt,                "access.csrf_token_wrong"},
             {"X-CSRF-Token",                    std::string(64,              '0'),                      "access.csrf_token_wrong"},
             {"Idempotency-Key",                                 std::nullopt,                                            "access.idempotency_key_missing"                        },
             {"Idempotency-Key",                                 "short",                                            "access.idempotency_key_invalid"     },
             {"Idempotency-Key",                                 std::string(81,                                            'k'),                  "access.idempotency_key_invalid"},
             {"If-Match", std::nullopt,                            "access.if_match_missing"                          },
             {"If-Match",        "*",        "access.if_match_invalid"},
    }) {
        Headers sent;
        const Headers complete = headers(session);
        for (const auto& [name, value] : complete.list()) {
            if (name != row.header) sent.add(name, value);
        }
        if (row.value) sent.add(row.header, *row.value);
        EXPECT_EQ(code(call(Method::post, "/accept/ours", sent)), row.expect) << row.header;
    }
    Headers by_host = headers(session);
    by_host.set("Origin", "http://127.0.0.1:8080");
    by_host.add("Host", "127.0.0.1:8080");
    EXPECT_EQ(code(call(Method::post, "/accept/ours", by_host)), "200");
}

TEST_P(AccessTest, AuditsRefusals)
{
    add("collector.370102", {Duty::collector});
    add("acceptor.370102", {Duty::acceptor});
    EXPECT_EQ(code(call(Method::post, "/accept/ours", headers(sign_in("collector.370102").session))),
              "access.forbidden");
    const auto acceptor = sign_in("acceptor.370102").session;
    EXPECT_EQ(code(call(Method::post, "/accept/theirs", headers(acceptor))), "access.out_of_scope");
    EXPECT_EQ(code(call(Method::put, "/upload", headers(acceptor))), "access.forbidden");
    EXPECT_EQ(code(call(Method::post, "/accept/ours", {})), "access.not_signed_in");  // nobody to write down
    ASSERT_EQ(refusals_.size(), 3U);
    EXPECT_EQ(refusals_[0].code, "access.forbidden");
    EXPECT_EQ(refusals_[0].route, "POST /accept/{number}");
    EXPECT_EQ(refusals_[1].code, "access.out_of_scope");
    EXPECT_EQ(refusals_[1].actor.account, acceptor.actor.account);
    EXPECT_EQ(refusals_[2].action, Action::edit_sitting);
}

TEST_P(AccessTest, WritesDownTenRefusalsAMinuteOfOneAccount)
{
    add("collector.370102", {Duty::collector});
    add("acceptor.370102", {Duty::acceptor});
    const auto collector = headers(sign_in("collector.370102").session);
    const auto acceptor = headers(sign_in("acceptor.370102").session);
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(code(call(Method::post, "/accept/ours", collector)), "access.forbidden");
    }
    EXPECT_EQ(refusals_.size(), 10U);
    EXPECT_EQ(code(call(Method::put, "/upload", acceptor)), "access.forbidden");  // each account for itself
    EXPECT_EQ(refusals_.size(), 11U);
    clock_.advance(minute);
    EXPECT_EQ(code(call(Method::post, "/accept/ours", collector)), "access.forbidden");
    EXPECT_EQ(refusals_.size(), 12U);
}

TEST_P(AccessTest, IsARefusalEvenWhenItCannotBeWrittenDown)
{
    add("collector.370102", {Duty::collector});
    journal_broken_ = true;
    EXPECT_EQ(code(call(Method::post, "/accept/ours", headers(sign_in("collector.370102").session))),
              "access.forbidden");
    EXPECT_THAT(logged_, HasSubstr("the journal is full"));
}

TEST_P(AccessTest, DoesNotWriteDownWhatApplicantsAreRefused)
{
    const OpenedSession opened = access_->open_for_applicant(
        {.home = lixia, .case_number = "TB37010220261123000001", .party = "p1", .name = "王小明"});
    Headers sent;
    sent.add("Cookie", opened.set_cookie.substr(0, opened.set_cookie.find(';')));
    EXPECT_EQ(code(call(Method::post, "/accept/ours", sent)), "access.forbidden");
    EXPECT_TRUE(refusals_.empty());
}

TEST_P(AccessTest, LetsAnApplicantSeeOneCaseBesideAStaffSession)
{
    add("collector.370102", {Duty::collector});
    const auto staff = sign_in("collector.370102").session;
    const OpenedSession opened = access_->open_for_applicant(
        {.home = lixia, .case_number = "TB37010220261123000001", .party = "p1", .name = "王小明"});
    EXPECT_THAT(opened.set_cookie, HasSubstr("tongban_tracking=370102."));
    const std::string cookie = opened.set_cookie.substr(0, opened.set_cookie.find(';'));
    Headers both;
    both.add("Cookie", "tongban_session=" + staff.cookie_value + "; " + cookie);
    EXPECT_EQ(call(Method::get, "/tracked", both).body, "applicant:TB37010220261123000001:p1");
    EXPECT_EQ(access_->csrf_token_of(cookie.substr(cookie.find('=') + 1)), opened.csrf_token);
    Headers alone;
    alone.add("Cookie", cookie);
    EXPECT_EQ(code(call(Method::get, "/api/v1/session", alone)), "access.not_signed_in");
    clock_.advance(121 * minute);
    EXPECT_EQ(code(call(Method::get, "/tracked", both)), "access.not_signed_in");
}

TEST_P(AccessTest, ChoosesBetweenOneCaseAndAnAccountByWhatIsDone)
{
    const auto pair_of = [](const OpenedSession& opened) {
        return opened.set_cookie.substr(0, opened.set_cookie.find(';'));
    };
    const std::string one_case = pair_of(access_->open_for_applicant(
        {.home = lixia, .case_number = "TB37010220261123000001", .party = "p1", .name = "王小明"}));
    const OpenedSession account = access_->open_for_person({.province = 370000, .person = "7", .name = "王小明"});
    EXPECT_THAT(account.set_cookie, HasSubstr("tongban_person=370000."));
    Headers both;
    both.add("Cookie", one_case + "; " + pair_of(account));
    EXPECT_EQ(call(Method::get, "/tracked", both).body, "applicant:TB37010220261123000001:p1");
    EXPECT_EQ(call(Method::get, "/portal", both).body, "person:7");
    Headers one;
    one.add("Cookie", one_case);
    EXPECT_EQ(code(call(Method::get, "/portal", one)), "access.forbidden");
    Headers other;
    other.add("Cookie", pair_of(account));
    EXPECT_EQ(code(call(Method::get, "/tracked", other)), "access.forbidden");
    const std::string value = pair_of(account).substr(std::string("tongban_person=").size());
    EXPECT_THAT(access_->end_for_person(value), HasSubstr("Max-Age=0"));
    EXPECT_EQ(code(call(Method::get, "/portal", other)), "access.not_signed_in");
}

TEST_P(AccessTest, AClerkWhoIsACitizenTooIsThePersonInThePortal)
{
    add("collector.370102", {Duty::collector});
    const OpenedSession account = access_->open_for_person({.province = 370000, .person = "7", .name = "王小明"});
    Headers both;
    both.add("Cookie", "tongban_session=" + sign_in("collector.370102").session.cookie_value + "; " +
                           account.set_cookie.substr(0, account.set_cookie.find(';')));
    EXPECT_EQ(call(Method::get, "/sittings", both).body, "clerk");
    EXPECT_EQ(call(Method::get, "/api/v1/portal/applications", both).body, "person");
}

TEST_P(AccessTest, PublicCallsNeedNoTokenButAreNotForOtherSites)
{
    add("collector.370102", {Duty::collector});
    Headers sent;
    EXPECT_EQ(code(call(Method::post, "/public", sent)), "200");
    sent.add("Cookie", "tongban_session=" + sign_in("collector.370102").session.cookie_value);
    EXPECT_EQ(code(call(Method::post, "/public", sent)), "200");
    sent.add("Origin", "https://evil.example");
    EXPECT_EQ(code(call(Method::post, "/public", sent)), "access.origin_wrong");
}

}  // namespace
}  // namespace tongban
