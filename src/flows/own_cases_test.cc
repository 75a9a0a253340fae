// 我的办件: what a person sees of cases that go on somewhere else.

#include <set>

#include "base/codes.h"
#include "flows/main_path_fixture_test.h"

namespace tongban {
namespace {

class OwnCasesTest : public MainPathTest {
protected:
    void SetUp() override
    {
        MainPathTest::SetUp();
        if (IsSkipped()) return;
        be("owner");
    }
    void be(const char* key)
    {
        const DemoPerson& person = *find_demo_person(key);
        own_person_.number = person.number;
        own_person_.phone = person.phone;
        me_.account = "person:" + std::string(key);
        me_.agency = 370000;
        me_.duties = {Duty::applicant};
    }
    json::object list(int limit = 50, const std::string& cursor = {})
    {
        return parse_json(platform_->own_cases.list(me_, {limit, cursor}).value()).value().as_object();
    }
    json::array cases() { return list().at("cases").as_array(); }
    void push()
    {
        open_sitting();
        fill_in(unit_);
        ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
        deliver();
    }
    Message told(const CasePeopleMessage& message) const
    {
        Message out;
        out.from = home;
        out.to = 370000;
        out.body = record_text(message);
        return out;
    }
    Result<void> take(const Message& message)
    {
        return write(370000, [&](Sql& sql) { return platform_->own_cases.take(sql, message); });
    }
    Actor me_;
};
TONGBAN_ON_EACH_ENGINE(OwnCasesTest);

TEST_P(OwnCasesTest, EveryPersonOfACaseSeesItWithWhoseTurnItIs)
{
    EXPECT_TRUE(cases().empty());
    push();
    const json::array mine = cases();
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine[0].at("number").as_string(), number_);
    EXPECT_EQ(mine[0].at("home").as_string(), "370102");
    EXPECT_EQ(mine[0].at("state").as_string(), "filed");
    EXPECT_EQ(mine[0].at("turn").as_string(), "home");
    EXPECT_EQ(mine[0].at("stage_text").as_string(), "材料已送达属地登记机构，等待受理。");
    EXPECT_FALSE(mine[0].at("location").as_string().empty());
    EXPECT_FALSE(list().contains("next_cursor"));
    be("agent");
    EXPECT_EQ(cases().size(), 1U);
    be("spouse");
    EXPECT_TRUE(cases().empty());
    expect_everything_adds_up();
}

TEST_P(OwnCasesTest, AnotherPhoneSeesNothingUntilTheFaceWasSeen)
{
    push();
    own_person_.phone = "13999999999";
    EXPECT_TRUE(cases().empty());
    EXPECT_TRUE(list().at("hidden").as_bool());
    EXPECT_EQ(platform_->own_cases.visit(me_, number_).error().code(), "cases.not_found");
    own_person_.level = AssuranceLevel::liveness;
    EXPECT_EQ(cases().size(), 1U);
    EXPECT_FALSE(list().at("hidden").as_bool());
    EXPECT_TRUE(platform_->own_cases.visit(me_, number_).has_value());
}

TEST_P(OwnCasesTest, ACaseOfOnesOwnOpensWithoutAnotherCode)
{
    push();
    ASSERT_TRUE(platform_->own_cases.visit(me_, number_).has_value());
    EXPECT_EQ(sessions_.opened.home, home);
    EXPECT_EQ(sessions_.opened.case_number, number_);
    EXPECT_EQ(sessions_.opened.name, find_demo_person("owner")->name);
    EXPECT_FALSE(sessions_.opened.party.empty());
    sessions_.opened = {};
    be("spouse");
    EXPECT_EQ(platform_->own_cases.visit(me_, number_).error().code(), "cases.not_found");
    EXPECT_EQ(platform_->own_cases.visit({}, number_).error().code(), "access.not_signed_in");
    EXPECT_TRUE(sessions_.opened.case_number.empty());
}

TEST_P(OwnCasesTest, WhatCameLateChangesNothingAndWhoLeftSeesNothing)
{
    CasePeopleMessage message;
    message.number = "TB37010220261123000009";
    message.item = "DY-01";
    message.state = "filed";
    message.turn = "home";
    message.version = 3;
    message.changed_at = clock_.now();
    message.people = {
        {"p1", "王示范", vault_->seal(home, own_person_.number), vault_->seal(home, own_person_.phone)}
    };
    ASSERT_TRUE(take(told(message)).has_value());
    ASSERT_TRUE(take(told(message)).has_value()) << "the same again";
    message.version = 2;
    message.state = "draft";
    ASSERT_TRUE(take(told(message)).has_value());
    ASSERT_EQ(cases().size(), 1U);
    EXPECT_EQ(cases()[0].at("state").as_string(), "filed");
    message.version = 4;
    message.people[0].number_sealed = vault_->seal(home, "370202190001011233");
    ASSERT_TRUE(take(told(message)).has_value());
    EXPECT_TRUE(cases().empty());
}

TEST_P(OwnCasesTest, ARegistrySpeaksOfItsOwnCasesOnly)
{
    CasePeopleMessage message;
    message.number = "TB37020220261123000009";
    EXPECT_EQ(take(told(message)).error().code(), "exchange.body_wrong");
}

TEST_P(OwnCasesTest, IsReadPageByPage)
{
    CasePeopleMessage message;
    message.item = "DY-01";
    message.people = {
        {"p1", "王示范", vault_->seal(home, own_person_.number), vault_->seal(home, own_person_.phone)}
    };
    for (int i = 1; i <= 5; ++i) {
        message.number = make_case_number(home, "2026-11-23", i);
        message.version = 1;
        message.changed_at = 1000 + i / 2;  // two at the same moment
        ASSERT_TRUE(take(told(message)).has_value());
    }
    std::vector<std::string> seen;
    std::string cursor;
    do {
        const json::object page = list(2, cursor);
        for (const json::value& one : page.at("cases").as_array()) seen.emplace_back(one.at("number").as_string());
        cursor = page.contains("next_cursor") ? std::string(page.at("next_cursor").as_string()) : "";
    } while (!cursor.empty());
    ASSERT_EQ(seen.size(), 5U);
    EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 5U);
    EXPECT_EQ(seen.front(), make_case_number(home, "2026-11-23", 5));
    EXPECT_EQ(platform_->own_cases.list(me_, {2, "nonsense"}).error().code(), "access.page_invalid");
}

TEST_P(OwnCasesTest, WhatTheAccountBeganOnlineIsFoundAgainUntilItEnds)
{
    const auto tell = [&](ApplicationTold told, Agency from = home) {
        Message out;
        out.from = from;
        out.to = 370000;
        out.body = record_text(told);
        return write(370000, [&](Sql& sql) { return platform_->own_cases.take_application(sql, out); });
    };
    const auto begun = [&] { return list().at("applications").as_array(); };
    ApplicationTold told{me_.account, "a1", "", "BZ-01", "换发", "open", 1, 1000};
    ASSERT_TRUE(tell(told).has_value());
    ASSERT_EQ(begun().size(), 1U);
    EXPECT_EQ(begun()[0].at("state"), "open");
    EXPECT_EQ(begun()[0].at("home"), "370102");
    EXPECT_FALSE(begun()[0].as_object().contains("case_number"));
    told.case_number = make_case_number(home, "2026-11-23", 1);
    told.version = 3;
    told.state = "received";
    ASSERT_TRUE(tell(told).has_value());
    ASSERT_EQ(begun().size(), 1U);
    EXPECT_EQ(begun()[0].at("case_number").as_string(), told.case_number);
    told.version = 2;
    told.state = "pushed";
    ASSERT_TRUE(tell(told).has_value()) << "came late";
    EXPECT_EQ(begun()[0].at("state"), "received");
    told.version = 9;
    told.state = "cancelled";
    ASSERT_TRUE(tell(told, window).has_value()) << "another registry has no say";
    EXPECT_EQ(begun().size(), 1U);
    be("spouse");
    EXPECT_TRUE(begun().empty());
    be("owner");
    ASSERT_TRUE(tell(told).has_value());
    EXPECT_TRUE(begun().empty());
}

}  // namespace
}  // namespace tongban
