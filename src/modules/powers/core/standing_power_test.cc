#include "modules/powers/core/standing_power.h"

#include <gtest/gtest.h>

#include "testing/fakes.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
constexpr const char* flat = "370102001001GB00001F00010001";

Actor person(const std::string& account, Duty duty, Agency agency = lixia)
{
    return {.account = account, .name = account, .agency = agency, .duties = {duty}, .case_number = {}, .party = {}};
}

class StandingPowerTest : public ::testing::Test {
protected:
    static PowerGrant grant()
    {
        PowerGrant grant;
        grant.principal = "演示银行";
        grant.principal_code = "91370100MA00000001";
        grant.agents = {
            {"周代理", DocumentType::citizen_card, "sealed", "370***", "digest-1"}
        };
        grant.items = {"DY", "YG-02"};
        grant.from = "2026-11-01";
        grant.until = "2027-10-31";
        return grant;
    }
    std::string code(const PowerCommand& command, const Actor& actor)
    {
        const auto events = decide(power_, command, {actor, clock_.now()});
        if (!events) return std::string(events.error().code());
        for (const PowerEvent& event : *events) power_ = apply(std::move(power_), event);
        return {};
    }
    void file(const PowerGrant& given)
    {
        power_ = {};
        ASSERT_EQ(code(power_command::File{lixia, "CW370102202600001", given}, clerk_), "");
    }
    void in_force(const PowerGrant& given = grant())
    {
        file(given);
        ASSERT_EQ(code(power_command::Attach{"d", "pdf", 2}, clerk_), "");
        ASSERT_EQ(code(power_command::Check{}, reviewer_), "");
    }
    std::string use(PowerUse use, std::string_view today = "2026-11-23")
    {
        const Result<void> carried = judge_use(power_, use, today);
        return carried ? std::string{} : std::string(carried.error().code());
    }

    FakeClock clock_;  // 2026-11-23
    const Actor clerk_ = person("clerk", Duty::acceptor);
    const Actor reviewer_ = person("reviewer", Duty::reviewer);
    const PowerUse mortgage_{"91370100MA00000001", "digest-1", "DY-01", flat};
    StandingPower power_;
};

TEST_F(StandingPowerTest, IsFiledByOneAndCheckedByAnotherWithThePaperBefore)
{
    EXPECT_EQ(code(power_command::Check{}, reviewer_), "powers.action_not_allowed") << "there is none";
    file(grant());
    EXPECT_EQ(use(mortgage_), "powers.not_in_force");
    EXPECT_EQ(code(power_command::Check{}, clerk_), "powers.same_person");
    EXPECT_EQ(code(power_command::Check{}, reviewer_), "powers.paper_needed");
    ASSERT_EQ(code(power_command::Attach{"d", "pdf", 2}, person("other", Duty::acceptor)), "");
    EXPECT_EQ(code(power_command::Check{}, person("other", Duty::reviewer)), "powers.same_person")
        << "nor who brought the paper";
    ASSERT_EQ(code(power_command::Check{"与原件一致"}, reviewer_), "");
    EXPECT_EQ(power_.state, StandingState::in_force);
    EXPECT_EQ(power_.checked.account, "reviewer");
    EXPECT_EQ(power_.version, 3);
    EXPECT_EQ(code(power_command::Attach{"e", "pdf", 2}, clerk_), "powers.action_not_allowed")
        << "what was checked is not exchanged";
    EXPECT_EQ(code(power_command::Reject{"迟了"}, reviewer_), "powers.action_not_allowed");
    EXPECT_EQ(use(mortgage_), "");
}

TEST_F(StandingPowerTest, WhatIsOverIsNotPutInForceAndARejectionNeedsAReason)
{
    PowerGrant old = grant();
    old.until = "2026-11-22";
    file(old);
    ASSERT_EQ(code(power_command::Attach{"d", "pdf", 1}, clerk_), "");
    EXPECT_EQ(code(power_command::Check{}, reviewer_), "powers.over_already");
    EXPECT_EQ(code(power_command::Reject{}, reviewer_), "powers.reason_needed");
    ASSERT_EQ(code(power_command::Reject{"期限已过"}, reviewer_), "");
    EXPECT_EQ(power_.state, StandingState::rejected);
    EXPECT_EQ(code(power_command::Revoke{"撤销"}, clerk_), "powers.action_not_allowed");
}

TEST_F(StandingPowerTest, ARevokedOneCarriesNothingFromThatMomentOn)
{
    in_force();
    EXPECT_EQ(code(power_command::Revoke{}, clerk_), "powers.reason_needed");
    ASSERT_EQ(code(power_command::Revoke{"委托人书面撤销"}, clerk_), "");
    EXPECT_EQ(use(mortgage_), "powers.revoked");
    EXPECT_EQ(code(power_command::Check{}, reviewer_), "powers.action_not_allowed");
}

TEST_F(StandingPowerTest, FirstAndLastDayCount)
{
    in_force();
    EXPECT_EQ(use(mortgage_, "2026-10-31"), "powers.out_of_term");
    EXPECT_EQ(use(mortgage_, "2026-11-01"), "");
    EXPECT_EQ(use(mortgage_, "2027-10-31"), "");
    EXPECT_EQ(use(mortgage_, "2027-11-01"), "powers.out_of_term");
}

TEST_F(StandingPowerTest, PrincipalAgentItemAndUnitEachHaveTheirRefusal)
{
    PowerGrant narrow = grant();
    narrow.units = {std::string(flat).substr(0, 19), "370102001001GB00002F00010001"};
    in_force(narrow);
    const auto with = [&](auto change) {
        PowerUse other = mortgage_;
        change(other);
        return use(other);
    };
    EXPECT_EQ(with([](PowerUse&) {}), "");
    EXPECT_EQ(with([](PowerUse& u) { u.principal_code = "91370100MA00000002"; }), "powers.wrong_principal");
    EXPECT_EQ(with([](PowerUse& u) { u.agent_digest = "digest-2"; }), "powers.wrong_agent");
    EXPECT_EQ(with([](PowerUse& u) { u.item = "YG-02"; }), "");
    EXPECT_EQ(with([](PowerUse& u) { u.item = "YG-01"; }), "powers.item_out_of_scope");
    EXPECT_EQ(with([](PowerUse& u) { u.unit_number = "370102001001GB00002F00010001"; }), "");
    EXPECT_EQ(with([](PowerUse& u) { u.unit_number = "370102001001GB00002F00010002"; }), "powers.unit_out_of_scope");
    EXPECT_EQ(with([](PowerUse& u) { u.unit_number = {}; }), "") << "not known yet";
}

TEST_F(StandingPowerTest, ScopesAndNumbersHaveTheirForm)
{
    EXPECT_TRUE(is_item_scope("DY"));
    EXPECT_TRUE(is_item_scope("DY-01"));
    for (const char* wrong : {"", "D", "dy", "DY-1", "DY-001", "DY01x"}) EXPECT_FALSE(is_item_scope(wrong)) << wrong;
    EXPECT_TRUE(covers_item("DY", "DY-04"));
    EXPECT_FALSE(covers_item("DY-0", "DY-01"));
    EXPECT_TRUE(is_unit_scope(flat));
    EXPECT_TRUE(is_unit_scope("370102001001GB00001"));
    EXPECT_FALSE(is_unit_scope("370102001001GB0000"));
    EXPECT_EQ(power_number(lixia, 2026, 1), "CW370102202600001");
    EXPECT_EQ(agency_of_power("CW370102202600001"), lixia);
    EXPECT_FALSE(agency_of_power("CW37010220260000"));
    EXPECT_FALSE(agency_of_power("DS370102202600001"));
    EXPECT_FALSE(agency_of_power("CW37010220260000x"));
}

TEST_F(StandingPowerTest, TheScreenOffersWhatThePersonMayDo)
{
    file(grant());
    using enum StandingAction;
    EXPECT_EQ(allowed_actions(power_, clerk_), (std::vector{attach, revoke}));
    EXPECT_EQ(allowed_actions(power_, reviewer_), (std::vector{check, reject}));
    EXPECT_TRUE(allowed_actions(power_, person("x", Duty::reviewer, 370202)).empty());
}

}  // namespace
}  // namespace tongban
