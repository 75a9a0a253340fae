// A registry changes its list in the platform, over the real stores: one writes, another approves who has seen what it
// does; the next sitting follows it, the running case does not.
#include "flows/change_catalogue.h"

#include "flows/case_deadlines.h"
#include "flows/main_path_fixture_test.h"
#include "modules/catalog/change_store_sql.h"
#include "testing/counting_database.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

class ChangeCatalogueTest : public MainPathTest {
protected:
    void SetUp() override
    {
        MainPathTest::SetUp();
        if (IsSkipped()) return;
        changes_ = make_change_store(*journal_);
        reader_ = make_version_reader("data", catalog_);
        news_ = std::make_unique<CatalogueNews>(
            CatalogueNews::Parts{database(), *changes_, catalog_, calendars_, *reader_});
        impact_ = std::make_unique<ChangeImpact>(ChangeImpact::Parts{clock_, catalog_, *cases_, register_});
        flow_ = std::make_unique<ChangeCatalogue>(ChangeCatalogue::Parts{database(), clock_, ids_, *platform_->commands,
                                                                         *changes_, catalog_, calendars_, *reader_,
                                                                         *impact_, *news_});
        today_ = china_date(clock_.now());
    }

    Answer draft(const Actor& actor, const std::string& body)
    {
        Answer answer = call(*flow_, &ChangeCatalogue::draft, actor, {}, body, 0, ids_.next());
        if (answer.code.empty()) {
            id_ = std::string(answer.body.at("id").as_string());
            seen_ = answer.body.at("version").as_int64();
        }
        return answer;
    }
    Answer step(Result<Response> (ChangeCatalogue::*action)(ApiRequest&), const Actor& actor,
                const std::string& body = "{}")
    {
        Answer answer = call(*flow_, action, actor,
                             {
                                 {"id", id_}
        },
                             body, seen_, ids_.next());
        if (answer.code.empty() && answer.body.contains("version")) seen_ = answer.body.at("version").as_int64();
        return answer;
    }
    Answer show(const Actor& actor) { return step(&ChangeCatalogue::show, actor); }
    Answer approve(const Actor& actor)
    {
        const json::object seen = show(actor).body;
        const json::object body{
            {"remark",        "同意"                },
            {"impact_digest", seen.at("impact_digest")}
        };
        return step(&ChangeCatalogue::approve, actor, json::serialize(body));
    }
    // One more line, asked for when the mortgagor is one person (which the demonstration's is).
    std::string new_line(const std::string& from, const std::string& when = "count.mortgagor = 1",
                         const std::string& more = "")
    {
        return R"({"kind":"item","item":"DY-01","from":")" + from + R"(","reason":"区里的要求","edits":{"base":")" +
               std::string(base_) +
               R"(","lines":[{"code":"L01","title":"抵押物清单","requirement":"conditional","when":")" + when +
               R"(","when_text":"抵押人为一人的","forms":["original"],"remark":"逐项列明"}],)" + more +
               R"("dropped":[],"questions":[]}})";
    }
    void publish(const std::string& body)
    {
        const Answer drafted = draft(feng_, body);
        ASSERT_EQ(drafted.code, "") << drafted.text;
        const Answer handed = step(&ChangeCatalogue::hand_in, feng_);
        ASSERT_EQ(handed.code, "") << handed.text;
        const Answer approved = approve(chen_);
        ASSERT_EQ(approved.code, "") << approved.text;
    }

    Actor feng_ = staff("feng", "冯目录", home, {Duty::cataloguer});
    Actor chen_ = staff("chen", "陈目录", home, {Duty::cataloguer});
    Actor elsewhere_ = staff("wang", "王目录", window, {Duty::cataloguer});
    Actor province_ = staff("chu", "褚目录", 370000, {Duty::cataloguer});
    std::string_view base_ = "20261124-1";
    std::string today_;
    std::string id_;
    std::int64_t seen_ = 0;
    std::unique_ptr<ChangeStore> changes_;
    std::unique_ptr<VersionReader> reader_;
    std::unique_ptr<CatalogueNews> news_;
    std::unique_ptr<ChangeImpact> impact_;
    std::unique_ptr<ChangeCatalogue> flow_;
};
TONGBAN_ON_EACH_ENGINE(ChangeCatalogueTest);

TEST_P(ChangeCatalogueTest, H26TheNextSittingFollowsTheNewListAndTheRunningCaseKeepsItsOwn)
{
    file_case(unit_);
    const std::string running = number_;
    const auto lines_before = look().at("materials").as_array().size();
    ASSERT_EQ(draft(feng_, new_line(today_)).code, "");
    ASSERT_EQ(step(&ChangeCatalogue::hand_in, feng_).code, "");
    const json::object seen = show(chen_).body;
    EXPECT_TRUE(seen.at("faults").as_array().empty());
    const json::object& impact = seen.at("impact").as_object();
    ASSERT_EQ(impact.at("differences").as_array().size(), 1U);
    EXPECT_EQ(impact.at("differences").at(0).at("code"), "L01");
    EXPECT_EQ(impact.at("cases_affected"), 1);
    EXPECT_EQ(impact.at("cases").at(0).at("number"), json::value(running));
    EXPECT_EQ(impact.at("cases").at(0).at("needs").at(0), "L01");
    const Answer approved = approve(chen_);
    ASSERT_EQ(approved.code, "") << approved.text;
    EXPECT_EQ(approved.body.at("state"), "approved");
    EXPECT_EQ(approved.body.at("impact"), seen.at("impact")) << "what the reviewer saw is kept";
    const std::string version{approved.body.at("name").as_string()};
    EXPECT_EQ(version, version_name(today_, home, 1));

    EXPECT_EQ(look().at("materials").as_array().size(), lines_before);
    EXPECT_EQ(sheet(acceptor_).contains("list_change"), false);
    open_sitting();
    EXPECT_EQ(look().at("materials").as_array().size(), lines_before + 1);
    expect_everything_adds_up();
    const auto checked = read([&](Sql& sql) -> Result<void> {
        EXPECT_EQ(changes_->check(sql, home, id_), "");
        return {};
    });
    EXPECT_TRUE(checked.has_value());
    EXPECT_FALSE(verify_chain(database(), home).broken);
}

TEST_P(ChangeCatalogueTest, H26AChangeOfTheLawIsShownOnTheRunningCaseAndChangesNothingInIt)
{
    file_case(unit_);
    clock_.advance(24LL * 60 * 60 * 1000);
    today_ = china_date(clock_.now());
    publish(new_line(today_, "count.mortgagor = 1", R"("applies_to_running":"总局公告 1 号",)"));
    const json::object shown = sheet(acceptor_);
    ASSERT_TRUE(shown.contains("list_change"));
    EXPECT_EQ(shown.at("list_change").at("reason"), "总局公告 1 号");
    EXPECT_EQ(shown.at("list_change").at("differences").at(0).at("code"), "L01");
    EXPECT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "") << "a flag, never another list";
}

TEST_P(ChangeCatalogueTest, NobodyApprovesHisOwnAndNobodyTouchesAnotherRegistrys)
{
    EXPECT_EQ(draft(clerk_, new_line(today_)).code, "access.forbidden");
    ASSERT_EQ(draft(feng_, new_line(today_)).code, "");
    ASSERT_EQ(step(&ChangeCatalogue::hand_in, feng_).code, "");
    EXPECT_EQ(approve(feng_).code, "catalog.change_same_person");
    EXPECT_EQ(show(elsewhere_).code, "catalog.change_not_found");
    EXPECT_EQ(step(&ChangeCatalogue::approve, elsewhere_).code, "catalog.change_not_found");
    EXPECT_EQ(step(&ChangeCatalogue::approve, chen_, R"({"impact_digest":"0000"})").code,
              "catalog.change_impact_stale");
    EXPECT_EQ(step(&ChangeCatalogue::send_back, chen_, R"({"remark":"请写明依据"})").code, "");
    const std::int64_t now = seen_;
    seen_ = 1;
    EXPECT_EQ(step(&ChangeCatalogue::hand_in, feng_).code, "catalog.change_changed_meanwhile");
    seen_ = now;
    EXPECT_EQ(step(&ChangeCatalogue::withdraw, feng_, R"({"reason":"不再需要"})").code, "");
    EXPECT_EQ(catalog_.find_item(home, "DY-01", today_)->version, base_);
}

TEST_P(ChangeCatalogueTest, WhatIsWrongIsSaidAndNotHandedIn)
{
    const Answer broken = draft(feng_, new_line(today_, "count.banks > 1"));
    ASSERT_EQ(broken.code, "") << "a draft may be unfinished";
    EXPECT_THAT(std::string(broken.body.at("faults").at(0).as_string()), HasSubstr("is not a known fact: count.banks"));
    EXPECT_EQ(step(&ChangeCatalogue::hand_in, feng_).code, "catalog.change_has_faults");
    std::string dropping = new_line(today_);
    dropping.replace(dropping.find(R"("dropped":[])"), 12, R"("dropped":["M10"])");
    const Answer written = step(&ChangeCatalogue::write, feng_, dropping);
    EXPECT_THAT(std::string(written.body.at("faults").at(0).as_string()), HasSubstr("法定申请材料"));
    EXPECT_EQ(step(&ChangeCatalogue::hand_in, feng_).code, "catalog.change_has_faults");
    EXPECT_EQ(step(&ChangeCatalogue::write, feng_, new_line("2026-01-01")).code, "");
    EXPECT_EQ(step(&ChangeCatalogue::hand_in, feng_).code, "catalog.change_from_past");
    EXPECT_EQ(draft(feng_, R"({"kind":"item","item":"XX-01","from":"2027-01-01","reason":"r","edits":{}})").code,
              "base.invalid_fields");
    EXPECT_EQ(draft(feng_, new_line("2026-13-01")).code, "base.invalid_fields");
}

TEST_P(ChangeCatalogueTest, ANewerVersionRollsBackAndAWithdrawnOneNeverBegins)
{
    const std::string tomorrow = china_date(clock_.now() + 24LL * 60 * 60 * 1000);
    publish(new_line(today_));
    publish(new_line(tomorrow, "count.mortgagor > 1"));
    EXPECT_NE(catalog_.find_item(home, "DY-01", tomorrow)->version, catalog_.find_item(home, "DY-01", today_)->version);
    ASSERT_EQ(step(&ChangeCatalogue::withdraw, feng_, R"({"reason":"先不改"})").code, "");
    EXPECT_EQ(catalog_.find_item(home, "DY-01", tomorrow), catalog_.find_item(home, "DY-01", today_));
    // Back to what the province says: an own version without edits.
    publish(R"({"kind":"item","item":"DY-01","from":")" + tomorrow +
            R"(","reason":"恢复全省版本","edits":{"base":"20261124-1","lines":[],"dropped":[],"questions":[]}})");
    EXPECT_EQ(catalog_.find_item(home, "DY-01", tomorrow)->find_line("L01"), nullptr);
    EXPECT_EQ(catalog_.find_item(home, "DY-01", tomorrow)->version, version_name(tomorrow, home, 2));
}

TEST_P(ChangeCatalogueTest, AnotherNodeLearnsItByLookingAndAsksNoMoreThanOnceForNothing)
{
    const Catalog other = load_catalog("data");
    const Calendars others_calendars{calendar_};
    CountingDatabase counted(database());
    const auto reader = make_version_reader("data", other);
    CatalogueNews news({counted, *changes_, other, others_calendars, *reader});
    news.look();
    publish(new_line(today_));
    EXPECT_EQ(other.find_item(home, "DY-01", today_)->version, base_);
    news.look();
    EXPECT_EQ(other.find_item(home, "DY-01", today_)->version, version_name(today_, home, 1));
    counted.statements = 0;
    news.look();
    EXPECT_EQ(counted.statements, 1);
}

// The snapshot costs a request nothing: as many statements with many published versions as with none.
TEST_P(ChangeCatalogueTest, ASheetAsksTheDatabaseNoMoreThanBefore)
{
    file_case(unit_);
    CountingDatabase counted(database());
    const auto statements = [&] {
        CaseSheets sheets(counted, *cases_, register_, bills_, certificates_, taxes_, catalog_, calendars_, clock_,
                          questions_);
        counted.statements = 0;
        EXPECT_TRUE(sheets.show(acceptor_, home, number_));
        return counted.statements;
    };
    const int before = statements();
    for (int days = 0; days < 5; ++days) {
        publish(new_line(china_date(clock_.now() + days * 24LL * 60 * 60 * 1000)));
    }
    EXPECT_EQ(statements(), before);
}

TEST_P(ChangeCatalogueTest, TheProvinceSetsWhatHoldsWhereARegistryHasSetNothing)
{
    const Actor reviewer = staff("wei", "卫目录", 370000, {Duty::cataloguer});
    publish(new_line(today_));
    std::string body = new_line(today_);
    body.replace(body.find("L01"), 3, "P01");
    ASSERT_EQ(draft(province_, body).code, "");
    ASSERT_EQ(step(&ChangeCatalogue::hand_in, province_).code, "");
    const json::object seen = show(reviewer).body;
    EXPECT_EQ(seen.at("impact").at("registries"), 135) << "all but the one with a list of its own";
    ASSERT_EQ(approve(reviewer).code, "");
    EXPECT_NE(catalog_.find_item(window, "DY-01", today_)->find_line("P01"), nullptr);
    EXPECT_EQ(catalog_.find_item(home, "DY-01", today_)->find_line("P01"), nullptr);
    const Answer editor = call(*flow_, &ChangeCatalogue::editor, feng_,
                               {
                                   {"item", "DY-01"}
    },
                               "", 0);
    EXPECT_TRUE(editor.body.at("behind").as_bool()) << "its edits were made for an older version";
    EXPECT_EQ(editor.body.at("edits").at("lines").at(0).at("code"), "L01");
}

TEST_P(ChangeCatalogueTest, SwitchesAreChangesTooAndStandInTheMatrix)
{
    publish(R"({"kind":"item_switch","item":"DY-01","from":")" + today_ +
            R"(","reason":"系统割接","switch":{"on":false}})");
    EXPECT_EQ(catalog_.item_in_force(home, "DY-01", today_).error().code(), "catalog.item_off");
    EXPECT_TRUE(catalog_.item_in_force(window, "DY-01", today_));
    const auto cells = [&](const Actor& actor, const std::string& query) {
        return call(*flow_, &ChangeCatalogue::rollout, actor, {}, "", 0, {}, query);
    };
    const Answer own = cells(feng_, "item=DY-01");
    ASSERT_EQ(own.body.at("cells").as_array().size(), 1U);
    EXPECT_FALSE(own.body.at("cells").at(0).at("on").as_bool());
    EXPECT_EQ(cells(province_, "item=DY-01").body.at("cells").as_array().size(), 136U);
    EXPECT_THAT(cells(province_, "item=DY-01&format=csv").text, HasSubstr("370102,济南市历下区不动产登记中心,DY-01"));
    EXPECT_EQ(cells(clerk_, "").code, "access.forbidden");
    EXPECT_THAT(draft(feng_, R"({"kind":"item_switch","item":"DY-01","from":")" + today_ +
                                 R"(","reason":"r","switch":{"channel":"pigeon","on":true}})")
                    .text,
                HasSubstr("没有这个渠道"));
}

// H55: a day off of the registry lengthens what was promised, an extra workday never shortens it.
TEST_P(ChangeCatalogueTest, H55DaysOfTheRegistryCountItsPromisesAgain)
{
    file_case(unit_);
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    const std::string promised{sheet(acceptor_).at("due_on").as_string()};
    const auto days = [](const std::string& day, bool working) {
        return R"({"kind":"calendar","reason":"搬迁","calendar":{"days":[{"day":")" + day + R"(","working":)" +
               (working ? "true" : "false") + R"(,"reason":"区政府公告"}]}})";
    };
    publish(days(promised, false));
    CaseDeadlines deadlines({database(), clock_, catalog_, calendars_, *cases_, platform_->steps});
    EXPECT_EQ(deadlines.round(), 1);
    const std::string later{sheet(acceptor_).at("due_on").as_string()};
    EXPECT_GT(later, promised);
    EXPECT_EQ(sheet(acceptor_).at("clock").at("entries").as_array().back().at("act"), "recompute");
    publish(R"({"kind":"calendar","reason":"不搬了","calendar":{"days":[]}})");
    EXPECT_EQ(deadlines.round(), 1);
    EXPECT_EQ(sheet(acceptor_).at("due_on"), json::value(later)) << "a promise is never shortened";
    EXPECT_THAT(std::string(draft(feng_, days("2026-01-05", false)).body.at("faults").at(0).as_string()),
                HasSubstr("已经过去"));
    const Answer of_all = draft(province_, days(later, false));
    EXPECT_THAT(std::string(of_all.body.at("faults").at(0).as_string()), HasSubstr("国务院办公厅"));
}

}  // namespace
}  // namespace tongban
