#include "modules/catalog/core/change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/fakes.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Actor person(const std::string& account, std::vector<Duty> duties, Agency agency = 370102)
{
    return {.account = account,
            .name = account,
            .agency = agency,
            .duties = std::move(duties),
            .case_number = {},
            .party = {}};
}

class ChangeTest : public ::testing::Test {
protected:
    const Error* take(const ChangeCommand& command, const Actor& actor, std::vector<std::string> faults = {})
    {
        auto events = decide(change_, command, {actor, clock_.now(), std::move(faults)});
        if (!events) {
            refused_ = events.error();
            return &*refused_;
        }
        for (const ChangeEvent& event : *events) change_ = apply(std::move(change_), event);
        return nullptr;
    }
    std::string_view code(const ChangeCommand& command, const Actor& actor, std::vector<std::string> faults = {})
    {
        const Error* error = take(command, actor, std::move(faults));
        return error == nullptr ? std::string_view{} : error->code();
    }
    void draft(const std::string& from = "2026-12-01")
    {
        ASSERT_EQ(code(
                      change_command::Draft{
                          370102, "c1", ChangeKind::item, {"DY-01", from, "增加材料", "{}"}
        },
                      feng_),
                  "");
    }

    FakeClock clock_;  // 2026-11-23
    const Actor feng_ = person("feng", {Duty::cataloguer});
    const Actor chen_ = person("chen", {Duty::cataloguer});
    const Actor zheng_ = person("zheng", {Duty::supervisor});
    Change change_;
    std::optional<Error> refused_;
};

TEST_F(ChangeTest, IsWrittenByOneAndApprovedByAnother)
{
    draft();
    EXPECT_EQ(code(change_command::Approve{}, chen_), "catalog.change_not_allowed") << "not handed in";
    EXPECT_EQ(code(change_command::HandIn{}, feng_), "");
    EXPECT_EQ(code(change_command::Approve{}, feng_), "catalog.change_same_person");
    EXPECT_EQ(code(change_command::Approve{"看过了", "20261201-370102-1", "text", "{}"}, chen_), "");
    EXPECT_EQ(change_.state, ChangeState::approved);
    EXPECT_EQ(change_.name, "20261201-370102-1");
    ASSERT_EQ(change_.reviews.size(), 1U);
    EXPECT_EQ(change_.reviews[0].stamp.account, "chen");
    EXPECT_EQ(change_.version, 3);
}

TEST_F(ChangeTest, WhoRewroteItLastMayNotApproveItEither)
{
    draft();
    ASSERT_EQ(code(
                  change_command::Write{
                      {"DY-01", "2026-12-01", "改写", "{}"}
    },
                  chen_),
              "");
    ASSERT_EQ(code(change_command::HandIn{}, feng_), "");
    EXPECT_EQ(code(change_command::Approve{}, chen_), "catalog.change_same_person");
    EXPECT_EQ(code(change_command::Approve{}, feng_), "catalog.change_same_person");
    EXPECT_EQ(code(change_command::Approve{}, zheng_), "");
}

TEST_F(ChangeTest, GoesBackWithARemarkAndCanBeMended)
{
    draft();
    ASSERT_EQ(code(change_command::HandIn{}, feng_), "");
    EXPECT_EQ(code(change_command::SendBack{""}, chen_), "catalog.change_remark_needed");
    EXPECT_EQ(code(change_command::SendBack{"条件写反了"}, chen_), "");
    EXPECT_EQ(change_.state, ChangeState::draft);
    EXPECT_EQ(change_.handed_in.at, 0);
    EXPECT_EQ(code(
                  change_command::Write{
                      {"DY-01", "2026-12-02", "改写", "{}"}
    },
                  feng_),
              "");
}

TEST_F(ChangeTest, DoesNotBeginInThePastNorWithFaults)
{
    draft("2026-11-22");
    EXPECT_EQ(code(change_command::HandIn{}, feng_), "catalog.change_from_past");
    ASSERT_EQ(code(
                  change_command::Write{
                      {"DY-01", "2026-11-24", "改写", "{}"}
    },
                  feng_),
              "");
    EXPECT_EQ(code(change_command::HandIn{}, feng_, {"x:3: when: is not a known fact"}), "catalog.change_has_faults");
    EXPECT_EQ(code(change_command::HandIn{}, feng_), "");
    // Time goes by while it waits for the reviewer.
    clock_.advance(2LL * 24 * 60 * 60 * 1000);
    EXPECT_EQ(code(change_command::Approve{}, chen_), "catalog.change_from_past");
}

TEST_F(ChangeTest, WhatIsInForceIsNotWithdrawn)
{
    draft();
    ASSERT_EQ(code(change_command::HandIn{}, feng_), "");
    ASSERT_EQ(code(change_command::Approve{"", "20261201-370102-1", "t", ""}, chen_), "");
    EXPECT_EQ(code(change_command::Withdraw{""}, feng_), "catalog.change_remark_needed");
    EXPECT_THAT(allowed_actions(change_, feng_, clock_.now()), ElementsAre(ChangeAction::withdraw));
    clock_.advance(8LL * 24 * 60 * 60 * 1000);  // 2026-12-01
    EXPECT_THAT(allowed_actions(change_, feng_, clock_.now()), IsEmpty());
    EXPECT_EQ(code(change_command::Withdraw{"不要了"}, feng_), "catalog.change_in_force");
}

TEST_F(ChangeTest, ButtonsFollowDutyAndPerson)
{
    draft();
    EXPECT_THAT(allowed_actions(change_, feng_, clock_.now()),
                ElementsAre(ChangeAction::write, ChangeAction::hand_in, ChangeAction::withdraw));
    EXPECT_THAT(allowed_actions(change_, zheng_, clock_.now()), IsEmpty()) << "a supervisor reviews and does not write";
    ASSERT_EQ(code(change_command::HandIn{}, feng_), "");
    EXPECT_THAT(allowed_actions(change_, zheng_, clock_.now()),
                ElementsAre(ChangeAction::approve, ChangeAction::send_back));
    EXPECT_THAT(allowed_actions(change_, feng_, clock_.now()), ElementsAre(ChangeAction::withdraw));
    EXPECT_THAT(allowed_actions(change_, person("x", {Duty::cataloguer}, 370202), clock_.now()), IsEmpty());
}

}  // namespace
}  // namespace tongban
