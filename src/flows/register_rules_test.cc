// The rules of data/rules over the register, as the three moments ask them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/entry.h"
#include "flows/register_facts.h"
#include "modules/catalog/catalog_files.h"

namespace tongban {
namespace {

const Catalog& shandong()
{
    static const Catalog catalog = load_catalog("data");
    return catalog;
}

const Item& item(std::string_view code)
{
    return *shandong().item_in_force(370102, code, "2026-11-24").value();
}

RegisterView found_unit()
{
    RegisterView unit;
    unit.found = true;
    RegisteredOwner owner;
    owner.number_digest = "owner";
    owner.share = "单独所有";
    owner.registered_at = 1'795'000'000'000;  // November 2026
    unit.owners.push_back(owner);
    return unit;
}

Applicants owners(std::vector<std::string> digests)
{
    Applicants applicants;
    applicants.owners_asked = true;
    applicants.owners = digests;
    applicants.all = std::move(digests);
    return applicants;
}

// Ids and severities of the rules about the register that did not pass.
std::string failing(const Item& item, const RegisterView& unit, const Applicants& applicants, Moment moment)
{
    Facts facts{
        {"count.mortgagor", std::int64_t{1}}
    };
    for (const ListLine& line : item.lines) facts["material." + line.code] = false;
    add_register_facts(unit, 0, "2026-11-24", facts);
    if (moment == Moment::decision) add_applicant_facts(unit, applicants, "2026-11-24", facts);
    std::string ids;
    for (const RuleResult& result : judge(item.rules, item.matter, facts, Moment::advice)) {
        if (!result.passed) ids += (ids.empty() ? "" : " ") + result.rule + ":" + std::string(to_text(result.severity));
    }
    return ids;
}

TEST(RegisterRules, JudgeANewMortgageOverEachStateOfTheUnit)
{
    const Item& mortgage = item("DY-01");
    const auto fails = [&](const RegisterView& unit, const std::vector<std::string>& digests = {"owner"}) {
        return failing(mortgage, unit, owners(digests), Moment::decision);
    };
    EXPECT_EQ(fails(found_unit()), "");
    EXPECT_EQ(fails({}), "PRE-01:block");
    RegisterView unit = found_unit();
    unit.status = RightStatus::history;
    EXPECT_EQ(fails(unit), "PRE-02:block");
    unit = found_unit();
    unit.seizures.resize(2);
    EXPECT_EQ(fails(unit), "PRE-03:block");
    unit.seizures[1].kind = SeizureKind::waiting;
    EXPECT_EQ(fails(unit), "PRE-03:block PRE-04:block");
    unit = found_unit();
    unit.locked = true;
    EXPECT_EQ(fails(unit), "PRE-05:block");
    EXPECT_EQ(fails(found_unit(), {"stranger"}), "PRE-06:block PRE-07:confirm");
    unit = found_unit();
    unit.owners.push_back({});
    unit.owners.back().number_digest = "brother";
    unit.owners.front().share = "2/3";
    unit.owners.back().share = "1/3";
    EXPECT_EQ(fails(unit), "PRE-07:confirm");
    unit = found_unit();
    unit.mortgages.push_back({});
    unit.mortgages.back().transfer_ban = true;
    EXPECT_EQ(fails(unit), "PRE-08:confirm PRE-09:inform");
    unit.mortgages.back().status = RightStatus::terminated;
    EXPECT_EQ(fails(unit), "");
}

// Every fact about the register comes from its view, none from a guess.
TEST(RegisterRules, SeeEverythingThatStandsOnTheUnit)
{
    const auto fails = [&](const RegisterView& unit) {
        return failing(item("DY-01"), unit, owners({"owner"}), Moment::decision);
    };
    RegisterView unit = found_unit();
    unit.placeholder = true;
    EXPECT_EQ(fails(unit), "PRE-22:block");
    unit = found_unit();
    unit.term_until = "2020-01-01";
    EXPECT_EQ(fails(unit), "PRE-24:block");
    unit = found_unit();
    unit.objections.push_back({});
    EXPECT_EQ(fails(unit), "PRE-17:block");
    unit = found_unit();
    unit.residence_rights.push_back({});
    EXPECT_EQ(fails(unit), "PRE-19:confirm");
    unit = found_unit();
    unit.easements.push_back({});
    EXPECT_EQ(fails(unit), "PRE-20:confirm");
    unit = found_unit();
    unit.pre_notices.push_back({});
    unit.pre_notices.back().holders.push_back({});
    EXPECT_EQ(fails(unit), "PRE-12:block");
    unit.pre_notices.back().kind = PreNoticeKind::mortgage;
    EXPECT_EQ(fails(unit), "PRE-16:block");
    unit = found_unit();
    unit.mortgages.push_back({});
    unit.mortgages.back().construction = true;
    EXPECT_THAT(fails(unit), ::testing::HasSubstr("PRE-26:block"));
}

TEST(RegisterRules, NeverCompareOwnersWhenOnlyAdviceIsAsked)
{
    EXPECT_EQ(failing(item("DY-01"), found_unit(), owners({"stranger"}), Moment::advice), "");
}

TEST(RegisterRules, RefuseWhatCouldNotBeJudged)
{
    const Item& mortgage = item("DY-01");
    EXPECT_THAT(judge(mortgage.rules, mortgage.matter, {}, Moment::advice), ::testing::IsEmpty());
    const auto decided = judge(mortgage.rules, mortgage.matter, {}, Moment::decision);
    EXPECT_FALSE(decided.empty());
    for (const RuleResult& result : decided) EXPECT_FALSE(result.passed) << result.rule;
}

TEST(RegisterRules, EveryDescribedItemHasAnEntryThatTheProgramKnows)
{
    for (const Item* each : shandong().items()) {
        if (!each->version.empty()) {
            EXPECT_NE(entry_maker(each->effect), nullptr) << each->code << " " << each->effect;
        }
    }
}

}  // namespace
}  // namespace tongban
