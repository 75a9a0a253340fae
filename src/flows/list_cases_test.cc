// Lists and their counts, on both engines: what is counted is what is listed, with a constant number of statements.
#include "flows/list_cases.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "modules/access/staff_list.h"
#include "modules/calendar/calendar_files.h"
#include "modules/cases/case_store_sql.h"
#include "modules/catalog/catalog_files.h"
#include "modules/journal/journal_store.h"
#include "testing/counting_database.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

namespace command = case_command;
constexpr Agency home = 370102;
constexpr Agency window = 370202;

class ListCasesTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        counting_ = std::make_unique<CountingDatabase>(database());
        inbox_ = std::make_unique<ListCases>(*counting_, clock_, catalog_, calendars_, *cases_, staff_);
    }
    static CaseFacts by(const Actor& actor, Millis now)
    {
        CaseFacts facts;
        facts.actor = actor;
        facts.now = now;
        return facts;
    }
    CaseFacts platform()
    {
        CaseFacts facts;
        facts.platform = true;
        facts.now = clock_.now();
        return facts;
    }

    std::string file(const std::string& name, Agency collecting = window)
    {
        std::string number;
        const auto done = database().write(home, [&](Sql& sql) -> Result<void> {
            number = cases_->next_number(sql, home, clock_.now());
            const Item* item = TRY(catalog_.item_in_force(home, "DY-01", china_date(clock_.now())));
            Case now = TRY(cases_->act(
                sql,
                Case{
            },
                command::Open{"id-" + number, number, "DY-01", item->version, {collecting, number, "DS", "周"}},
                platform()));
            Dossier dossier;
            dossier.application = Application{};
            dossier.application->unit_number = "370102001001GB00001F00010001";
            Participant owner;
            owner.party.id = "p1";
            owner.party.name = name;
            dossier.parties = {owner};
            TRY(cases_->act(sql, now, command::File{dossier, "d", number, "某路1号", "home"}, platform()));
            return {};
        });
        EXPECT_TRUE(done.has_value());
        clock_.advance(1000);
        return number;
    }
    void take(const std::string& number, const CaseCommand& given, const Actor& actor)
    {
        const auto done = database().write(home, [&](Sql& sql) -> Result<void> {
            const Case now = TRY(cases_->load(sql, home, number));
            TRY(cases_->act(sql, now, given, by(actor, clock_.now())));
            return {};
        });
        ASSERT_TRUE(done.has_value()) << done.error().code();
    }
    static Actor person(const std::string& account, Duty duty)
    {
        return {.account = account, .name = account, .agency = home, .duties = {duty}, .case_number = {}, .party = {}};
    }
    json::object ask(Result<Response> (ListCases::*call)(ApiRequest&), const Actor& actor, const std::string& query)
    {
        Request http;
        http.query = query;
        ApiRequest request{http, actor, {}, {}, {}};
        counting_->statements = 0;
        Result<Response> response = (inbox_.get()->*call)(request);
        if (!response)
            return {
                {"code", response.error().code()}
            };
        return parse_json(response->body).value().as_object();
    }
    // Every page of a list, by the numbers; and how many the answer says there are.
    std::size_t listed(const Actor& actor, const std::string& queue, const std::string& filter, std::int64_t& counted)
    {
        std::size_t rows = 0;
        std::string cursor;
        do {
            const json::object page =
                ask(&ListCases::list, actor,
                    "queue=" + queue + "&limit=2" + filter + (cursor.empty() ? "" : "&cursor=" + cursor));
            EXPECT_EQ(counting_->statements, 2);
            rows += page.at("cases").as_array().size();
            const json::value* count = page.at("counts").as_object().if_contains(queue);
            counted = count == nullptr ? 0 : count->as_int64();
            const json::value* next = page.if_contains("next_cursor");
            cursor = next == nullptr ? std::string{} : std::string(next->as_string());
        } while (!cursor.empty());
        return rows;
    }

    const Actor acceptor_ = person("a1", Duty::acceptor);
    const Actor other_ = person("a2", Duty::acceptor);
    const Actor supervisor_ = person("s1", Duty::supervisor);
    std::unique_ptr<Journal> journal_ = make_journal();
    Catalog catalog_ = load_catalog("data");
    Calendars calendars_{load_calendar("data/calendar")};
    std::unique_ptr<CaseStore> cases_ = make_case_store(*journal_, catalog_);
    StaffList staff_;
    std::unique_ptr<CountingDatabase> counting_;
    std::unique_ptr<ListCases> inbox_;
};
TONGBAN_ON_EACH_ENGINE(ListCasesTest);

TEST_P(ListCasesTest, WhatIsCountedIsWhatIsListedUnderEveryFilter)
{
    constexpr Millis day = 24LL * 60 * 60 * 1000;
    const std::string late = file("早到的人");
    clock_.advance(4 * day);  // Friday: nobody answered within a working day
    const std::string mine = file("陈抵押");
    file("李四", 370203);
    const std::string his = file("王五");
    take(mine, command::Claim{}, acceptor_);
    take(his, command::Claim{}, other_);
    std::int64_t counted = 0;
    const auto expect = [&](const std::string& queue, const std::string& filter, std::size_t rows) {
        EXPECT_EQ(listed(acceptor_, queue, filter, counted), rows) << queue << filter;
        EXPECT_EQ(static_cast<std::size_t>(counted), rows) << queue << filter;
    };
    expect("acceptance", "", 4);
    expect("acceptance", "&owner=free", 2);
    expect("acceptance", "&owner=mine", 1);
    expect("acceptance", "&owner=a2", 1);
    expect("acceptance", "&collecting=370203", 1);
    expect("acceptance", "&item=XF-01", 0);
    expect("acceptance", "&due=overdue", 1);
    expect("acceptance", "&due=overdue&owner=mine", 0);
    expect("mine", "", 1);
    expect("review", "", 0);
    EXPECT_EQ(ask(&ListCases::list, acceptor_, "queue=none").at("code"), "base.invalid_fields");
    EXPECT_EQ(ask(&ListCases::list, acceptor_, "queue=review&cursor=x").at("code"), "access.page_invalid");
    EXPECT_EQ(ask(&ListCases::list, person("w", Duty::collector), "queue=review").at("code"), "access.forbidden");
}

TEST_P(ListCasesTest, SearchKnowsWhatWasTyped)
{
    const std::string first = file("陈抵押");
    const std::string second = file("陈抵");
    const auto found = [&](const std::string& typed) {
        std::vector<std::string> numbers;
        const json::object answer = ask(&ListCases::search, acceptor_, "q=" + typed);
        EXPECT_LE(counting_->statements, 2);
        if (!answer.contains("cases")) return numbers;
        for (const json::value& row : answer.at("cases").as_array()) numbers.emplace_back(row.at("number").as_string());
        return numbers;
    };
    EXPECT_EQ(found(first), std::vector{first});
    EXPECT_EQ(found("陈抵押"), std::vector{first});
    EXPECT_EQ(found("陈抵").size(), 2U) << "the whole name of one, a part of the other's";
    EXPECT_EQ(found("370102001001GB00001F00010001").size(), 2U);
    EXPECT_TRUE(found("%25%25").empty()) << "no wildcard of ours";
    EXPECT_TRUE(found("鲁(2026)历下区不动产证明第0000009号").empty());
    EXPECT_EQ(ask(&ListCases::search, acceptor_, "q=陈").at("code"), "base.invalid_fields");
    // A closed case is found by the whole name only.
    take(first, command::RefuseAcceptance{"incomplete", "缺材料", {}, 0, {}, {}}, acceptor_);
    EXPECT_EQ(found("陈抵押"), std::vector{first});
    EXPECT_EQ(found("陈抵"), std::vector{second});
}

TEST_P(ListCasesTest, TheTeamIsSeenWithThreeStatementsAndReturnsThatRestOnNothingAreListed)
{
    const std::string number = file("陈抵押");
    file("李四");
    take(number, command::Claim{}, acceptor_);
    json::object team = ask(&ListCases::team, supervisor_, "");
    EXPECT_EQ(counting_->statements, 3);
    ASSERT_EQ(team.at("loads").as_array().size(), 2U);
    EXPECT_EQ(team.at("loads").at(0).at("account"), "");
    EXPECT_EQ(team.at("loads").at(1).at("account"), "a1");
    take(number,
         command::RequestSupplement{
             {{"M10", "缺页", "unreadable_scan"}, {"", "说明用途", "other"}},
             "2026-12-20"
    },
         acceptor_);
    team = ask(&ListCases::team, supervisor_, "");
    EXPECT_EQ(team.at("returns").as_array().size(), 2U);
    const json::object asked = ask(&ListCases::rule_requests, supervisor_, "");
    ASSERT_EQ(asked.at("requests").as_array().size(), 1U);
    EXPECT_EQ(asked.at("requests").at(0).at("text"), "说明用途");
    EXPECT_EQ(ask(&ListCases::team, acceptor_, "").at("code"), "access.forbidden");
}

}  // namespace
}  // namespace tongban
