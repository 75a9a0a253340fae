#include "modules/persons/persons_fixture_test.h"

namespace tongban {
namespace {

class LivenessTest : public PersonsFixture {
protected:
    void SetUp() override
    {
        PersonsFixture::SetUp();
        if (IsSkipped()) return;
        const auto in = enter(wang_);
        ASSERT_TRUE(in.has_value());
        me_ = actor_of(in->person);
    }
    std::string start(const std::string& key = "key-0001")
    {
        return accounts_->start_liveness(me_, true, key).value().check;
    }
    AssuranceLevel level() { return accounts_->verified(me_, AssuranceLevel::real_name)->level; }
    Actor me_;
};
TONGBAN_ON_EACH_ENGINE(LivenessTest);

TEST_P(LivenessTest, APassedCheckRaisesTheLevelForADay)
{
    const auto low = accounts_->verified(me_, AssuranceLevel::liveness);
    ASSERT_FALSE(low.has_value());
    EXPECT_EQ(low.error().problem, &persons_problem::level_too_low);
    EXPECT_EQ(low.error().extra.at(0).second, "3");
    const auto started = accounts_->start_liveness(me_, true, "key-0001");
    ASSERT_TRUE(started.has_value());
    EXPECT_EQ(started->page, "http://face/" + started->check);
    EXPECT_EQ(client_.signature, hmac_sm3_hex("secret", client_.sent));
    EXPECT_EQ(start("key-0001"), started->check) << "the same request again";
    EXPECT_NE(start("key-0002"), started->check);
    ASSERT_TRUE(tell(notice(started->check, "passed", true, 962)).has_value());
    const auto high = accounts_->verified(me_, AssuranceLevel::liveness);
    ASSERT_TRUE(high.has_value());
    EXPECT_EQ(high->liveness->transaction, "HT1");
    EXPECT_EQ(high->liveness->score, 962);
    EXPECT_EQ(high->liveness->threshold, liveness_threshold);
    EXPECT_EQ(high->liveness->consented_at, clock_.now());
    EXPECT_EQ(accounts_->liveness_state(me_, started->check)->state, "passed");
    clock_.advance(liveness_lasts);
    EXPECT_EQ(level(), AssuranceLevel::real_name);
    EXPECT_FALSE(verify_chain(database(), shandong).broken);
}

TEST_P(LivenessTest, WhoIsNotAliveOrNotAlikeStaysWhereHeIs)
{
    ASSERT_TRUE(tell(notice(start("key-0001"), "failed", false, 310)).has_value());
    EXPECT_EQ(level(), AssuranceLevel::real_name);
    ASSERT_TRUE(tell(notice(start("key-0002"), "passed", true, liveness_threshold - 1, "HT2")).has_value());
    EXPECT_EQ(level(), AssuranceLevel::real_name);
    ASSERT_TRUE(tell(notice(start("key-0003"), "passed", false, 990, "HT3")).has_value());
    EXPECT_EQ(level(), AssuranceLevel::real_name);
    ASSERT_TRUE(tell(notice(start("key-0004"), "passed", true, liveness_threshold, "HT4")).has_value());
    EXPECT_EQ(level(), AssuranceLevel::liveness);
    ASSERT_TRUE(tell(notice(start("key-0005"), "failed", false, 0, "HT5")).has_value());
    EXPECT_EQ(level(), AssuranceLevel::liveness) << "a bad light takes nothing away";
}

TEST_P(LivenessTest, ForgedReplayedAndLateNoticesChangeNothing)
{
    const std::string check = start();
    const std::string good = notice(check, "passed", true, 962);
    EXPECT_EQ(accounts_->take_notice(good, hmac_sm3_hex("guess", good)).error().problem,
              &persons_problem::signature_wrong);
    EXPECT_EQ(accounts_->take_notice(good, "").error().problem, &persons_problem::signature_wrong);
    EXPECT_EQ(tell(notice("unknown", "passed", true, 962)).error().problem, &persons_problem::check_not_found);
    EXPECT_EQ(tell("{}").error().problem, &base_problem::invalid_fields);
    EXPECT_EQ(tell(notice(check, "passed", true, 1001)).error().problem, &base_problem::invalid_fields);
    EXPECT_EQ(level(), AssuranceLevel::real_name);

    ASSERT_TRUE(tell(notice(check, "failed", false, 100)).has_value());
    EXPECT_TRUE(tell(notice(check, "failed", false, 100)).has_value()) << "told twice is told once";
    EXPECT_EQ(tell(good).error().problem, &persons_problem::check_closed) << "a signed yes after a no";
    EXPECT_EQ(level(), AssuranceLevel::real_name);

    const std::string late = start("key-0002");
    clock_.advance(15 * 60'000);
    EXPECT_EQ(tell(notice(late, "passed", true, 962, "HT9")).error().problem, &persons_problem::check_closed);
    EXPECT_TRUE(accounts_->liveness_state(me_, late)->expired);
    EXPECT_EQ(level(), AssuranceLevel::real_name);
}

TEST_P(LivenessTest, NeedsConsentAndIsBounded)
{
    EXPECT_EQ(accounts_->start_liveness(me_, false, "key-0001").error().problem, &persons_problem::consent_missing);
    client_.silent = true;
    EXPECT_EQ(accounts_->start_liveness(me_, true, "key-0001").error().problem, &persons_problem::liveness_unreachable);
    client_.silent = false;
    for (int i = 0; i < 9; ++i) (void)start("key-1" + std::to_string(i));
    EXPECT_EQ(accounts_->start_liveness(me_, true, "key-0099").error().problem, &persons_problem::too_many);
}

TEST_P(LivenessTest, AnothersCheckIsNobodys)
{
    const std::string check = start();
    PersonClaim other{"李示范", "370202190001011233", "13800000003"};
    const auto in = enter(other);
    ASSERT_TRUE(in.has_value());
    EXPECT_EQ(accounts_->liveness_state(actor_of(in->person), check).error().problem,
              &persons_problem::check_not_found);
    ASSERT_TRUE(tell(notice(check, "passed", true, 962)).has_value());
    EXPECT_EQ(accounts_->verified(actor_of(in->person), AssuranceLevel::real_name)->level, AssuranceLevel::real_name);
}

TEST_P(LivenessTest, WhatIsOverIsForgotten)
{
    const std::string check = start();
    clock_.advance(3LL * 24 * 3600 * 1000);
    accounts_->purge();
    EXPECT_EQ(accounts_->liveness_state(me_, check).error().problem, &persons_problem::check_not_found);
}

}  // namespace
}  // namespace tongban
