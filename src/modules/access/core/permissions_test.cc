// The whole matrix duty × action × scope, as text a registrar can review: docs/permissions.md. A change of the table
// shows in review as a change of that file. TONGBAN_UPDATE_SNAPSHOTS=1 writes it anew.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "modules/access/core/access_problems.h"
#include "modules/access/core/actor.h"

namespace tongban {
namespace {

constexpr Agency here = 370102;
constexpr Agency elsewhere = 370202;

Actor actor_with(Duty duty)
{
    if (duty == Duty::anyone) return {};
    Actor actor{.account = "me", .name = "我", .agency = here, .duties = {duty}, .case_number = {}, .party = {}};
    // Nobody is both at once: somebody follows one case, or has an account. The table is the same for the two.
    if (duty == Duty::applicant) {
        actor.account = "person:me";
        actor.case_number = "TB1";
    }
    return actor;
}

// What may be done, asked of authorise() itself and not of the table: a record of one's own sitting and case at one's
// own registry, then less and less one's own.
std::string verdict(Duty duty, Action action)
{
    const Actor actor = actor_with(duty);
    const auto may = [&](const Owner& owner) { return authorise(actor, action, owner).has_value(); };
    if (may({.agency = elsewhere, .account = "other", .case_number = "TB2"})) return "any";
    if (may({.agency = here, .account = "other", .case_number = "TB2"})) return "own agency";
    if (may({.agency = elsewhere, .account = actor.account, .case_number = "TB2"})) return "own account";
    if (may({.agency = here, .account = actor.account, .case_number = "TB2"})) return "own sitting";
    if (may({.agency = here, .account = "other", .case_number = "TB1"})) return "own case";
    EXPECT_FALSE(may({.agency = here, .account = actor.account, .case_number = "TB1"}));
    return "";
}

std::string table_text()
{
    std::ostringstream out;
    out << "# Permissions\n\nMade from `src/modules/access/core/action.cc` by `permissions_test.cc`; a test compares "
           "the two.\n"
           "An empty cell means refused. *own agency*: records of the registry where the duty is held; *own sitting*: "
           "sittings\n"
           "one opened there oneself; *own case*: the case one signed in for; *own account*: what belongs to one's "
           "account of\nthe portal; *any*: everything, or no record at all.\n\n| action |";
    for (Duty duty : all_duties()) out << ' ' << to_text(duty) << ' ' << chinese(duty) << " |";
    out << "\n|---|";
    for (std::size_t i = 0; i < all_duties().size(); ++i) out << "---|";
    out << '\n';
    for (Action action : all_actions()) {
        out << "| " << to_text(action) << " |";
        for (Duty duty : all_duties()) out << ' ' << verdict(duty, action) << " |";
        out << '\n';
    }
    return out.str();
}

TEST(Permissions, MatchTheReviewedTable)
{
    const char* path = "docs/permissions.md";
    if (std::getenv("TONGBAN_UPDATE_SNAPSHOTS") != nullptr) std::ofstream(path) << table_text();
    std::ifstream file(path);
    ASSERT_TRUE(file) << "run from the source folder";
    std::stringstream reviewed;
    reviewed << file.rdbuf();
    EXPECT_EQ(table_text(), reviewed.str())
        << "the permission table changed: review it, then write docs/permissions.md anew";
}

TEST(Permissions, FollowTheTableForEveryDutyActionAndScope)
{
    for (Duty duty : all_duties()) {
        for (Action action : all_actions()) {
            std::set<Scope> granted;
            for (const Permission& p : permissions()) {
                if (p.action == action && (p.duty == duty || p.duty == Duty::anyone)) granted.insert(p.scope);
            }
            const Actor actor = actor_with(duty);
            EXPECT_EQ(may_at_all(actor, action), !granted.empty());
            for (const Agency agency : {here, elsewhere}) {
                for (const std::string& account : {std::string{}, actor.account, std::string("other")}) {
                    for (const char* number : {"", "TB1", "TB2"}) {
                        const bool own_account = duty == Duty::applicant && account == actor.account;
                        const bool own_sitting = agency == here && !account.empty() && account == actor.account;
                        const bool own_case = agency == here && duty == Duty::applicant && number == std::string("TB1");
                        const bool expected = granted.contains(Scope::anyone) ||
                                              (granted.contains(Scope::own_agency) && agency == here) ||
                                              (granted.contains(Scope::own_sitting) && own_sitting) ||
                                              (granted.contains(Scope::own_case) && own_case) ||
                                              (granted.contains(Scope::own_account) && own_account);
                        const auto done = authorise(actor, action, {agency, account, number});
                        EXPECT_EQ(done.has_value(), expected) << to_text(duty) << ' ' << to_text(action) << ' '
                                                              << agency << ' ' << account << ' ' << number;
                        if (done || expected) continue;
                        const auto& why = *done.error().problem;
                        EXPECT_EQ(why.code, !granted.empty()       ? access_problem::out_of_scope.code
                                            : duty == Duty::anyone ? access_problem::not_signed_in.code
                                                                   : access_problem::forbidden.code);
                    }
                }
            }
        }
    }
}

// 属地登记: the law behind the table, said once more so that nobody edits it away.
TEST(Permissions, KeepCollectingAndDecidingApart)
{
    const std::set<Action> home_only{Action::accept_case, Action::decline_case,  Action::return_case,
                                     Action::review_case, Action::register_case, Action::charge_case};
    for (const Permission& p : permissions()) {
        if (home_only.contains(p.action)) {
            EXPECT_NE(p.duty, Duty::collector);
            EXPECT_NE(p.duty, Duty::anyone);
            EXPECT_NE(p.duty, Duty::applicant);
            EXPECT_EQ(p.scope, Scope::own_agency);
        }
        if (p.action == Action::register_case) {
            EXPECT_EQ(p.duty, Duty::registrar);
        }
        if (p.duty == Duty::anyone) {
            EXPECT_EQ(p.scope, Scope::anyone);
        }
    }
}

TEST(Permissions, OfAnAgencyAloneNeverMatchNarrowerScopes)
{
    EXPECT_TRUE(authorise(actor_with(Duty::acceptor), Action::accept_case, here));
    EXPECT_EQ(authorise(actor_with(Duty::acceptor), Action::accept_case, elsewhere).error().code(),
              "access.out_of_scope");
    EXPECT_EQ(authorise(actor_with(Duty::collector), Action::edit_sitting, here).error().code(), "access.out_of_scope");
    EXPECT_EQ(authorise(actor_with(Duty::collector), Action::accept_case, here).error().code(), "access.forbidden");
    EXPECT_EQ(authorise({}, Action::accept_case, here).error().code(), "access.not_signed_in");
    EXPECT_EQ(authorise(actor_with(Duty::acceptor), Action::accept_case, 0).error().code(), "access.out_of_scope");
}

// One case followed by a code is not an account, and an account is not a case.
TEST(Permissions, OneCaseAndAnAccountAreTwoThings)
{
    Actor follower = actor_with(Duty::applicant);
    follower.account = "applicant:TB1:p1";
    EXPECT_TRUE(may_at_all(follower, Action::follow_case));
    EXPECT_FALSE(may_at_all(follower, Action::use_portal));
    Actor person = actor_with(Duty::applicant);
    person.case_number.clear();
    EXPECT_TRUE(may_at_all(person, Action::use_portal));
    EXPECT_FALSE(may_at_all(person, Action::follow_case));
    EXPECT_EQ(authorise(person, Action::use_portal, {.agency = here, .account = "person:other", .case_number = {}})
                  .error()
                  .code(),
              "access.out_of_scope");
}

TEST(Permissions, WordsAreReadBack)
{
    for (Duty duty : all_duties()) EXPECT_EQ(*find_duty(to_text(duty)), duty);
    EXPECT_EQ(find_duty("admin"), nullptr);
    std::set<std::string_view> words;
    for (Action action : all_actions()) words.insert(to_text(action));
    EXPECT_EQ(words.size(), all_actions().size());
}

TEST(Permissions, ADutyWithoutAnAccountIsNone)
{
    Actor nobody;
    nobody.duties = {Duty::registrar};
    nobody.agency = here;
    EXPECT_FALSE(may_at_all(nobody, Action::register_case));
}

}  // namespace
}  // namespace tongban
