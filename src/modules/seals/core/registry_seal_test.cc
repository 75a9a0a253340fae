#include "modules/seals/core/registry_seal.h"

#include <gtest/gtest.h>

#include "modules/seals/core/seals_problems.h"

namespace tongban {
namespace {

RegistrySeal requested(SealKind kind = SealKind::registration)
{
    RegistrySeal seal;
    seal.id = "seal-1";
    seal.version = 1;
    seal.kind = kind;
    seal.requested_by = "a1";
    return seal;
}

RegistrySeal issued(SealKind kind = SealKind::registration)
{
    return *make_issued(*approve(requested(kind), "a2", 10), "es1", 100, 200);
}

TEST(RegistrySeal, IsApprovedByAnotherPersonAndLivesOnce)
{
    EXPECT_EQ(approve(requested(), "a1", 10).error().problem, &seals_problem::same_person);
    const RegistrySeal approved = *approve(requested(), "a2", 10);
    EXPECT_EQ(approved.decided_by, "a2");
    EXPECT_EQ(approved.version, 2);
    EXPECT_EQ(approve(approved, "a3", 11).error().problem, &seals_problem::wrong_state);
    EXPECT_EQ(make_issued(requested(), "es1", 1, 2).error().problem, &seals_problem::wrong_state);
    EXPECT_EQ(retire(issued(), "a2", "", 150).error().problem, &seals_problem::reason_missing);
    const RegistrySeal retired = *retire(issued(), "a2", "机构更名", 150);
    EXPECT_EQ(retired.state, SealState::retired);
    EXPECT_EQ(retire(retired, "a2", "again", 160).error().problem, &seals_problem::wrong_state);
    EXPECT_EQ(refuse(requested(), "a2", "", 5).error().problem, &seals_problem::reason_missing);
    EXPECT_EQ(refuse(requested(), "a2", "重复申请", 5)->state, SealState::refused);
}

TEST(RegistrySeal, IsUsedForItsPurposeByItsDutyWhileItIsInForce)
{
    const SealUse certificate{"a1", "platform", "certificate", "鲁(2026)历下区不动产证明第0000001号"};
    EXPECT_TRUE(may_use(issued(), certificate, 150));
    EXPECT_EQ(may_use(issued(), certificate, 99).error().problem, &seals_problem::not_in_force);
    EXPECT_EQ(may_use(issued(), certificate, 201).error().problem, &seals_problem::not_in_force);
    EXPECT_EQ(may_use(*retire(issued(), "a2", "遗失", 150), certificate, 160).error().problem,
              &seals_problem::not_in_force);
    EXPECT_EQ(may_use(issued(SealKind::collection), certificate, 150).error().problem, &seals_problem::not_for_this);
    EXPECT_EQ(may_use(issued(), {"a1", "collector", "certificate", "x"}, 150).error().problem,
              &seals_problem::not_for_this)
        << "a collecting clerk registers nothing";
    EXPECT_EQ(may_use(issued(), {"a1", "platform", "certificate", ""}, 150).error().problem,
              &seals_problem::not_for_this);
    EXPECT_TRUE(may_use(issued(SealKind::collection), {"c1", "collector", "receipt", "DS1"}, 150));
}

}  // namespace
}  // namespace tongban
