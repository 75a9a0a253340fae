// A case sheet is kept between two openings; these tests try to catch it being old.

#include <gmock/gmock.h>

#include "flows/main_path_fixture_test.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CaseSheetsTest : public MainPathTest {
protected:
    std::string shown() { return shown_by(platform_->sheets); }
    std::string composed_anew()
    {
        CaseSheets fresh(database(), *cases_, register_, bills_, certificates_, taxes_, catalog_, calendars_, clock_,
                         questions_);
        return shown_by(fresh);
    }
    template <class Change>
    void change(Change&& change)
    {
        shown();  // keeps what was
        clock_.advance(60'000);
        const auto done = database().write(home, [&](Sql& sql) -> Result<void> { return change(sql); });
        ASSERT_TRUE(done.has_value()) << done.error().code();
        EXPECT_EQ(shown(), composed_anew());
    }
    Result<void> seize(Sql& sql, const std::string& document)
    {
        TRY(register_.add_seizure(sql, home, {unit_, "演示法院", document, clock_.now(), "2029-11-22"}, "test",
                                  clock_.now()));
        return {};
    }
    void run(std::string_view text)
    {
        const auto done = database().write(home, [&](Sql& sql) -> Result<void> {
            sql.execute(Statement{"", text}, {});
            return {};
        });
        ASSERT_TRUE(done.has_value());
    }

private:
    std::string shown_by(CaseSheets& sheets)
    {
        const Result<Response> answer = sheets.show(acceptor_, home, number_);
        return answer ? answer->body : std::string(answer.error().code());
    }
};
TONGBAN_ON_EACH_ENGINE(CaseSheetsTest);

TEST_P(CaseSheetsTest, EveryChangeOfTheRegisterShowsAtTheNextOpening)
{
    file_case(unit_);
    EXPECT_THAT(shown(), Not(HasSubstr("演执1号")));
    change([&](Sql& sql) { return seize(sql, "演执1号"); });
    EXPECT_THAT(shown(), HasSubstr("演执1号"));
    EXPECT_THAT(shown(), HasSubstr(R"("passed":false)"));
    change([&](Sql& sql) { return seize(sql, "演执2号"); });
    EXPECT_THAT(shown(), HasSubstr("waiting"));
    change(
        [&](Sql& sql) { return register_.lift_seizure(sql, home, unit_, "演执1号", "演解1号", "test", clock_.now()); });
    EXPECT_THAT(shown(), Not(HasSubstr("演执1号")));
    EXPECT_THAT(shown(), Not(HasSubstr("waiting")));
    change([&](Sql& sql) -> Result<void> {
        const RegisterView unit = register_.find_unit(sql, home, unit_);
        OwnershipTransfer half;
        half.unit_number = unit_;
        half.owners = {
            {unit.owners.at(0).holder(),          "1/2", unit.owners[0].certificate_number},
            { register_.holder(home, "新共有人", "身份证",                            find_demo_person("agent")->number), "1/2", "证2"}
        };
        half.by = {"", "登簿员", clock_.now()};
        TRY(register_.transfer_ownership(sql, home, half, unit.version, "test"));
        return {};
    });
    EXPECT_THAT(shown(), HasSubstr("新共有人"));
    change([&](Sql& sql) -> Result<void> {
        NewMortgage mortgage;
        mortgage.unit_number = unit_;
        mortgage.mortgagee = "后来银行";
        mortgage.secured_amount_fen = 100;
        mortgage.registered_at = clock_.now();
        TRY(register_.add_mortgage(sql, home, mortgage, register_.find_unit(sql, home, unit_).version, "test"));
        return {};
    });
    EXPECT_THAT(shown(), HasSubstr("后来银行"));
    change([&](Sql& sql) {
        const std::string id = register_.find_unit(sql, home, unit_).mortgages.back().id;
        return register_.end_mortgage(sql, home, id, "清偿", "test", clock_.now());
    });
    EXPECT_THAT(shown(), HasSubstr("terminated"));
}

TEST_P(CaseSheetsTest, EveryStepOfTheCaseShowsAtTheNextOpening)
{
    open_sitting();
    EXPECT_THAT(shown(), HasSubstr(R"("state":"draft")"));
    fill_in(unit_);
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    EXPECT_THAT(shown(), HasSubstr(R"("state":"filed")"));
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    EXPECT_THAT(shown(), HasSubstr(R"("state":"accepted")"));
    EXPECT_EQ(shown(), composed_anew());
    ASSERT_EQ(decide(&DecideCase::approve, reviewer_, "{}").code, "");
    EXPECT_THAT(shown(), HasSubstr(R"("bill":{)"));
    // A bill changes without its case: neither version says so.
    run("update bills set state = 'void'");
    EXPECT_THAT(shown(), HasSubstr(R"("state":"void")"));
}

// Its versions come again, with another content.
TEST_P(CaseSheetsTest, WhatWasRolledBackIsNeverKept)
{
    file_case(unit_);
    shown();
    const auto undone = database().write(home, [&](Sql& sql) -> Result<void> {
        TRY(seize(sql, "未生效"));
        const Response inside = TRY(platform_->sheets.respond(sql, acceptor_, home, number_));
        EXPECT_THAT(inside.body, HasSubstr("未生效"));
        return Error{cases_problem::not_found};
    });
    EXPECT_FALSE(undone.has_value());
    EXPECT_THAT(shown(), Not(HasSubstr("未生效")));
    change([&](Sql& sql) { return seize(sql, "已生效"); });
    EXPECT_THAT(shown(), HasSubstr("已生效"));
}

// Were it read each time, the tests above would prove nothing.
TEST_P(CaseSheetsTest, IsKeptWhileTheVersionsStay)
{
    file_case(unit_);
    const std::string before = shown();
    run("update register_units set location = '改过的地址'");
    EXPECT_EQ(shown(), before);
    EXPECT_NE(composed_anew(), before);
    run("update register_units set version = version + 1");
    EXPECT_THAT(shown(), HasSubstr("改过的地址"));
}

TEST_P(CaseSheetsTest, EachPersonSeesTheirOwnActionsOnAKeptSheet)
{
    file_case(unit_);
    const auto actions = [&](const Actor& actor) {
        return parse_json(platform_->sheets.show(actor, home, number_)->body).value().at("allowed_actions").as_array();
    };
    EXPECT_FALSE(actions(acceptor_).empty());
    EXPECT_TRUE(actions(reviewer_).empty());
    EXPECT_EQ(platform_->sheets.show(acceptor_, window, number_).error().problem, &cases_problem::not_found);
}

TEST(KeptSheetsTest, GivesOnlyWhatWasComposedFromTheSameMark)
{
    KeptSheets kept(100);
    const SheetMark mark{1, 10, 2, 20, 0, "d", {}};
    const auto sheet = std::make_shared<ComposedSheet>(ComposedSheet{1, CaseState::filed, "", std::string(60, 'x')});
    kept.keep(370102, "TB1", mark, sheet);
    EXPECT_EQ(kept.find(370102, "TB1", mark), sheet);
    EXPECT_EQ(kept.find(370103, "TB1", mark), nullptr);
    EXPECT_EQ(kept.find(370102, "TB2", mark), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{2, 10, 2, 20, 0, "d", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{1, 11, 2, 20, 0, "d", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{1, 10, 3, 20, 0, "d", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{1, 10, 2, 21, 0, "d", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{1, 10, {}, {}, 0, "d", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{1, 10, 2, 20, 1, "d", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{1, 10, 2, 20, 0, "e", {}}), nullptr);
    EXPECT_EQ(kept.find(370102, "TB1",
                        SheetMark{
                            1, 10, 2, 20, 0, "d", std::pair{1, 30}
    }),
              nullptr);
    kept.keep(370102, "TB1", SheetMark{2, 11, 2, 20, 0, "d", {}}, sheet);
    EXPECT_EQ(kept.find(370102, "TB1", mark), nullptr) << "the younger one took its place";
    kept.keep(370102, "TB2", mark, sheet);
    EXPECT_EQ(kept.find(370102, "TB2", mark), sheet);
    EXPECT_EQ(kept.find(370102, "TB1", SheetMark{2, 11, 2, 20, 0, "d", {}}), nullptr) << "no room for both";
}

}  // namespace
}  // namespace tongban
