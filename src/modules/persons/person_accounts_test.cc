#include "modules/persons/persons_fixture_test.h"

namespace tongban {
namespace {

class PersonAccountsTest : public PersonsFixture {};
TONGBAN_ON_EACH_ENGINE(PersonAccountsTest);

std::string other_than(const std::string& code)
{
    return code == "000000" ? "000001" : "000000";
}

TEST_P(PersonAccountsTest, ACodeAndARealNameMakeAnAccountOfLevelTwo)
{
    const auto in = enter(wang_);
    ASSERT_TRUE(in.has_value());
    EXPECT_EQ(phones_.last_phone, "370000|13800000001");
    EXPECT_EQ(in->person.level, AssuranceLevel::real_name);
    EXPECT_EQ(in->person.number_masked, "370102********1237");
    EXPECT_EQ(in->person.birth_date, "1900-03-07");
    EXPECT_EQ(in->person.identity.reference, "P-1");
    EXPECT_EQ(sessions_.opened.province, shandong);
    EXPECT_EQ("person:" + sessions_.opened.person, in->person.account);
    const auto again = enter(wang_);
    EXPECT_EQ(again->person.account, in->person.account);
    EXPECT_EQ(police_.asked, 1) << "the same name was checked a minute ago";
    EXPECT_FALSE(verify_chain(database(), shandong).broken);
}

TEST_P(PersonAccountsTest, AWrongCodeIsCountedAndARightOneWorksOnce)
{
    ASSERT_TRUE(accounts_->send_code(wang_, "1.1.1.1").has_value());
    const std::string code = phones_.last_code;
    const auto try_code = [&](const std::string& c) { return accounts_->sign_in(wang_, c, "1.1.1.1"); };
    for (int i = 0; i < 4; ++i) EXPECT_EQ(try_code(other_than(code)).error().problem, &persons_problem::code_wrong);
    PersonClaim other = wang_;
    other.number = "370102199003070010";
    EXPECT_EQ(accounts_->sign_in(other, code, "1.1.1.1").error().problem, &persons_problem::code_wrong)
        << "the code was for another number; that was the fifth attempt";
    EXPECT_EQ(try_code(code).error().problem, &persons_problem::code_wrong);
    EXPECT_EQ(police_.asked, 0);

    clock_.advance(61'000);
    ASSERT_TRUE(accounts_->send_code(wang_, "1.1.1.1").has_value());
    const std::string fresh = phones_.last_code;
    ASSERT_TRUE(try_code(fresh).has_value());
    EXPECT_EQ(try_code(fresh).error().problem, &persons_problem::code_wrong);

    clock_.advance(61'000);
    ASSERT_TRUE(accounts_->send_code(wang_, "1.1.1.1").has_value());
    clock_.advance(tracking_code_lasts);
    EXPECT_EQ(try_code(phones_.last_code).error().problem, &persons_problem::code_wrong);
}

TEST_P(PersonAccountsTest, CodesAreBoundedByPhoneAndByAddress)
{
    const auto ask = [&](const std::string& remote) { return accounts_->send_code(wang_, remote); };
    ASSERT_TRUE(ask("1.1.1.1").has_value());
    const auto soon = ask("2.2.2.2");
    ASSERT_FALSE(soon.has_value());
    EXPECT_EQ(soon.error().problem, &persons_problem::too_many);
    EXPECT_EQ(soon.error().extra.at(0), (std::pair<std::string, std::string>{"retry_after", "60"}));
    for (int i = 0; i < 4; ++i) {
        clock_.advance(61'000);
        ASSERT_TRUE(ask("2.2.2.2").has_value());
    }
    clock_.advance(61'000);
    EXPECT_FALSE(ask("2.2.2.2").has_value()) << "the sixth within an hour";
    clock_.advance(3600'000);
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(ask("2.2.2.2").has_value()) << i;
        clock_.advance(61'000);
    }
    clock_.advance(3600'000);
    EXPECT_FALSE(ask("2.2.2.2").has_value()) << "the eleventh within a day";
    EXPECT_EQ(phones_.count, 10);

    PersonClaim claim = wang_;
    for (int i = 0; i < 60; ++i) {
        claim.phone = "139000000" + std::to_string(10 + i);
        (void)accounts_->send_code(claim, "9.9.9.9");
    }
    claim.phone = "13911111111";
    EXPECT_EQ(accounts_->send_code(claim, "9.9.9.9").error().problem, &persons_problem::too_many);
}

TEST_P(PersonAccountsTest, ANameThatDoesNotFitGetsNoAccount)
{
    PersonClaim claim = wang_;
    claim.name = "张三";
    EXPECT_EQ(enter(claim).error().problem, &persons_problem::not_matched);
    police_.silent = true;
    clock_.advance(61'000);
    ASSERT_TRUE(accounts_->send_code(wang_, "1.1.1.1").has_value());
    EXPECT_THROW((void)accounts_->sign_in(wang_, phones_.last_code, "1.1.1.1"), Unreachable);
    police_.silent = false;
    EXPECT_TRUE(accounts_->sign_in(wang_, phones_.last_code, "1.1.1.1").has_value())
        << "the code is still good when public security answers again";
}

TEST_P(PersonAccountsTest, AnotherPhoneIsAnotherAccount)
{
    const auto mine = enter(wang_);
    PersonClaim thief = wang_;
    thief.phone = "13800000002";
    const auto theirs = enter(thief);
    EXPECT_NE(mine->person.account, theirs->person.account);
    EXPECT_EQ(mine->person.number_digest, theirs->person.number_digest);
}

TEST_P(PersonAccountsTest, OnlyAnAccountIsAPerson)
{
    const auto in = enter(wang_);
    const auto refused = [&](const Actor& actor) {
        return accounts_->verified(actor, AssuranceLevel::real_name).error().problem == &access_problem::not_signed_in;
    };
    EXPECT_TRUE(refused({}));
    Actor actor = actor_of(in->person);
    EXPECT_TRUE(accounts_->verified(actor, AssuranceLevel::real_name).has_value());
    actor.account = "applicant:TB1:p1";
    EXPECT_TRUE(refused(actor));
    actor.account = "person:unknown";
    EXPECT_TRUE(refused(actor));
}

}  // namespace
}  // namespace tongban
