// What becomes of a case besides the straight way, over the real stores: courts, deadlines, hand-back.
#include "flows/case_deadlines.h"
#include "flows/main_path_fixture_test.h"
#include "flows/take_court_document.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

class CourtsAndDeadlinesTest : public MainPathTest {
protected:
    Actor at_home(const std::string& account, Duty duty)
    {
        return {.account = account, .name = account, .agency = home, .duties = {duty}, .case_number = {}, .party = {}};
    }
    Answer court(const Actor& actor, const std::string& unit, const std::string& body, const std::string& key)
    {
        TakeCourtDocument flow({clock_, *platform_->commands, *cases_, platform_->steps, register_});
        return call(flow, &TakeCourtDocument::take, actor,
                    {
                        {"unit", unit}
        },
                    body, 0, key);
    }
    static std::string seizure(const std::string& document)
    {
        return R"({"kind":"seizure","organ":"演示市中级人民法院","document_number":")" + document +
               R"(","delivered_at":"2020-01-02T03:04","until":"2029-11-22"})";
    }
    int deadlines(const WorkCalendar& calendar)
    {
        const Calendars calendars{calendar};
        CaseDeadlines flow({database(), clock_, catalog_, calendars, *cases_, platform_->steps});
        return flow.round();
    }
    std::string unit() { return std::string(sheet(reviewer_).at("application").at("unit_number").as_string()); }
};
TONGBAN_ON_EACH_ENGINE(CourtsAndDeadlinesTest);

TEST_P(CourtsAndDeadlinesTest, H31ASeizureSuspendsInTheSameTransactionAndItsReleaseLetsTheCaseGoOn)
{
    file_case(unit_);
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    const Actor registrar = at_home("r9", Duty::registrar);
    EXPECT_EQ(court(reviewer_, unit_, seizure("演执1号"), "s0").code, "access.forbidden");
    const Answer seized = court(registrar, unit_, seizure("演执1号"), "s1");
    ASSERT_EQ(seized.code, "") << seized.text;
    EXPECT_EQ(seized.body.at("kind"), "seizure");
    EXPECT_EQ(seized.body.at("suspended").as_array().size(), 1U);
    EXPECT_EQ(sheet(reviewer_).at("state"), "suspended");
    EXPECT_EQ(sheet(reviewer_).at("clock").at("state"), "paused");
    EXPECT_EQ(decide(&DecideCase::approve, reviewer_, "{}").code, "cases.action_not_allowed");
    EXPECT_EQ(decide(&DecideCase::resume, reviewer_, "{}").code, "cases.blocked");
    // The same document again tells nobody twice; the second court's is 轮候 (H33).
    EXPECT_TRUE(court(registrar, unit_, seizure("演执1号"), "s2").body.at("told").as_array().empty());
    const Answer second = court(registrar, unit_, seizure("演执2号"), "s3");
    EXPECT_EQ(second.body.at("kind"), "waiting");
    EXPECT_EQ(second.body.at("told").as_array().size(), 1U);
    deliver();
    EXPECT_EQ(look().at("case_state"), "suspended");
    for (const char* document : {"演执1号", "演执2号"}) {
        const Answer released = court(
            registrar, unit_,
            R"({"kind":"release","document_number":")" + std::string(document) + R"(","releasing_document":"演解1号"})",
            std::string("r") + document);
        ASSERT_EQ(released.code, "") << released.text;
    }
    const Answer resumed = decide(&DecideCase::resume, reviewer_, R"({"remark":"已解封"})");
    ASSERT_EQ(resumed.code, "") << resumed.text;
    EXPECT_EQ(resumed.body.at("state"), "accepted");
    EXPECT_EQ(resumed.body.at("clock").at("state"), "running");
    expect_everything_adds_up();
}

TEST_P(CourtsAndDeadlinesTest, ACourtDocumentNeedsTheMinuteOfItsDelivery)
{
    const Actor registrar = at_home("r9", Duty::registrar);
    for (const char* when : {"2026-01-02", "2026-01-02T25:00", "2199-01-02T03:04", "2026-01-02T03:0x"}) {
        const Answer refused = court(registrar, unit_,
                                     R"({"kind":"seizure","organ":"法院","document_number":"1","delivered_at":")" +
                                         std::string(when) + R"(","until":"2029-11-22"})",
                                     std::string("w") + when);
        EXPECT_EQ(refused.code, "base.invalid_fields") << when;
    }
}

TEST_P(CourtsAndDeadlinesTest, H30ASupplementThatNeverCameEndsTheCaseAndTellsTheWindow)
{
    file_case(unit_);
    const Answer asked =
        decide(&DecideCase::request_supplement, acceptor_,
               R"({"lines":[{"line":"M10","text":"缺签章页","reason":"missing_signature"},{"text":"电话"}]})");
    ASSERT_EQ(asked.code, "") << asked.text;
    EXPECT_EQ(asked.body.at("supplement").at("due_on"), json::value(calendar_.due_on(clock_.now(), 20)));
    EXPECT_EQ(deadlines(calendar_), 0);
    clock_.advance(60LL * 24 * 60 * 60 * 1000);
    EXPECT_EQ(deadlines(calendar_), 1);
    EXPECT_EQ(deadlines(calendar_), 0);
    EXPECT_EQ(sheet(acceptor_).at("state"), "not_accepted");
    EXPECT_EQ(sheet(acceptor_).at("outcome").at("code"), "supplement_not_given");
    EXPECT_EQ(notices_.sent[NoticeKind::case_not_accepted], 3);
    deliver();
    EXPECT_EQ(look().at("state"), "closed");

    const auto counts = read([&](Sql& sql) -> Result<std::vector<ReturnCount>> {
        return cases_->count_returns(sql, home, 0, clock_.now() + 1);
    });
    ASSERT_EQ(counts->size(), 3U);
    expect_everything_adds_up();
}

TEST_P(CourtsAndDeadlinesTest, H55AChangedCalendarCountsThePromiseAgainAndNeverShorter)
{
    file_case(unit_);
    const Answer accepted = decide(&DecideCase::accept, acceptor_, "{}");
    ASSERT_EQ(accepted.code, "") << accepted.text;
    const std::string promised{accepted.body.at("due_on").as_string()};
    EXPECT_EQ(deadlines(calendar_), 0);
    const int year = static_cast<int>(std::chrono::year_month_day{day_of(promised)}.year());
    const WorkCalendar closed{year - 1, year + 2, {day_of(promised)}, {}};
    EXPECT_EQ(deadlines(closed), 1);
    EXPECT_EQ(deadlines(closed), 0);
    const std::string later{sheet(acceptor_).at("due_on").as_string()};
    EXPECT_GT(later, promised);
    EXPECT_EQ(sheet(acceptor_).at("clock").at("entries").as_array().back().at("act"), "recompute");
    EXPECT_EQ(deadlines(calendar_), 1);
    EXPECT_EQ(sheet(acceptor_).at("due_on"), json::value(later));
    expect_everything_adds_up();
}

TEST_P(CourtsAndDeadlinesTest, ACaseOfAnotherTerritoryNamesTheCompetentRegistry)
{
    file_case(unit_);
    EXPECT_EQ(
        decide(&DecideCase::refuse_acceptance, acceptor_, R"({"ground":"outside_territory","reason":"在历城"})").code,
        "cases.competent_needed");
    const Answer back = decide(&DecideCase::refuse_acceptance, acceptor_,
                               R"({"ground":"outside_territory","reason":"在市中","competent":"370103"})");
    ASSERT_EQ(back.code, "") << back.text;
    EXPECT_EQ(back.body.at("outcome").at("competent"), "370103");
    deliver();
    EXPECT_THAT(std::string(look().at("progress").as_array().back().at("text").as_string()), HasSubstr("请向"));
    expect_everything_adds_up();
}

TEST_P(CourtsAndDeadlinesTest, AnUnansweredPackageIsFlagged)
{
    file_case(unit_);
    EXPECT_EQ(sheet(acceptor_).at("answer").at("urgency"), "in_time");
    clock_.advance(10LL * 24 * 60 * 60 * 1000);
    EXPECT_EQ(sheet(acceptor_).at("answer").at("urgency"), "overdue");
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    EXPECT_FALSE(sheet(acceptor_).contains("answer"));
}

}  // namespace
}  // namespace tongban
