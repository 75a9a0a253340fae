// Random commands by random people at random registries: whatever they try, the case keeps the law. Fixed seeds, and
// one new seed in every run, which is printed so that a failure can be played again.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <iostream>
#include <random>

#include "base/record.h"
#include "modules/cases/core/case_flow.h"

namespace tongban {
namespace {

constexpr Agency home = 370102;
constexpr Agency elsewhere = 370202;
constexpr const char* number = "TB37010220261123000001";

Participant participant(const std::string& id, const std::string& represents)
{
    Participant one;
    one.party.id = id;
    one.party.name = id;
    one.party.represents = represents;
    return one;
}

case_command::File package()
{
    case_command::File file;
    file.dossier.application = Application{"370102001001GB00001F00010001", {}};
    file.dossier.parties = {participant("owner", ""), participant("bank", ""), participant("agent", "bank")};
    file.collection_id = "c-1";
    return file;
}

std::vector<CaseCommand> all_commands()
{
    return {
        package(),
        case_command::Accept{"r"                                  },
        case_command::RefuseAcceptance{"incomplete",                          "r"},
        case_command::RequestSupplement{{{"M10", "x", {}}},                                     "2026-11-24"},
        case_command::ExpireSupplement{                                                },
        case_command::Approve{{},                                    "b-1", 8000},
        case_command::Refuse{"other",                                 "r"},
        case_command::Withdraw{"r",                               {"owner"}},
        case_command::Withdraw{"r",                                     {"owner", "bank"}},
        case_command::AskWithdrawal{"bank","r"},
        case_command::Suspend{"dispute",                                   "l", {}},
        case_command::Resume{                                    },
        case_command::Seize{"court",                             "d", 1, false},
        case_command::ExtendClock{3,                                   "r", "l"},
        case_command::RecomputeClock{                              },
        case_command::StopPower{"CW370102202600001",                                    "演示银行"},
        case_command::RecordPayment{"b-1",                                     8000, "r"},
        case_command::Enter{1,"n", "r"},
        case_command::NoteCertificate{"n"},
        case_command::Cancel{"r"                                     }
    };
}

// One attempt: who, what, and whether the register blocks at that moment.
struct Attempt {
    std::size_t command = 0;
    bool platform = false;
    Agency agency = home;
    int duties = 0;  // bits: applicant, collector, acceptor, reviewer, registrar, supervisor
    int account = 0;
    bool seized = false;
    int hours = 0;
};

std::vector<Attempt> random_attempts()
{
    const auto one = rc::gen::build<Attempt>(
        rc::gen::set(&Attempt::command, rc::gen::inRange<std::size_t>(0, all_commands().size())),
        rc::gen::set(&Attempt::platform, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Attempt::agency, rc::gen::element(home, home, home, elsewhere)),
        rc::gen::set(&Attempt::duties, rc::gen::inRange(0, 64)),
        rc::gen::set(&Attempt::account, rc::gen::inRange(0, 3)),
        rc::gen::set(&Attempt::seized, rc::gen::element(false, false, false, true)),
        rc::gen::set(&Attempt::hours, rc::gen::inRange(0, 48)));
    return *rc::gen::container<std::vector<Attempt>>(120, one);
}

void check_a_life()
{
    constexpr Duty bits[] = {Duty::applicant, Duty::collector, Duty::acceptor,
                             Duty::reviewer,  Duty::registrar, Duty::supervisor};
    const std::vector<CaseCommand> commands = all_commands();
    Case state;
    std::vector<std::pair<std::string, std::string>> journal;
    Millis now = 1795413909000;
    bool accepted_by_home = false;
    bool ended = false;  // refused, withdrawn, not accepted or cancelled
    const auto take = [&](const CaseCommand& command, const CaseFacts& facts) {
        const auto events = decide(state, command, facts);
        if (!events) return false;
        for (const CaseEvent& event : *events) {
            journal.emplace_back(record_type(event), record_body(event));
            state = tongban::apply(std::move(state), event);
        }
        return true;
    };
    CaseFacts opening;
    opening.platform = true;
    opening.now = now;
    RC_ASSERT(take(
        case_command::Open{
            "id", number, "DY-01", "v1", {elsewhere, "c-1", "DS", "x"}
    },
        opening));

    for (const Attempt& attempt : random_attempts()) {
        now += attempt.hours * 60LL * 60 * 1000;
        CaseFacts facts;
        facts.platform = attempt.platform;
        facts.now = now;
        facts.due_on = "2026-12-01";
        facts.promised_working_days = 5;
        facts.calendar = "v1";
        facts.checks = {
            RuleResult{"PRE-03", RuleSeverity::block, !attempt.seized, "m", "s", {}}
        };
        facts.actor.account = "account-" + std::to_string(attempt.account);
        facts.actor.name = facts.actor.account;
        facts.actor.agency = attempt.agency;
        for (int i = 0; i < 6; ++i) {
            if ((attempt.duties >> i & 1) != 0) facts.actor.duties.push_back(bits[i]);
        }
        if (facts.actor.holds(Duty::applicant)) {
            facts.actor.case_number = number;
            facts.actor.party = "agent";
        }
        const CaseCommand& command = commands[attempt.command];
        const CaseAction action = action_of(command);
        const Case before = state;
        if (!take(command, facts)) {
            RC_ASSERT(record_text(before) == record_text(state));
            continue;
        }
        // Nobody acts without the duty the table names, nor at another registry than home.
        bool covered = false;
        for (const CaseStep& step : case_steps()) {
            if (step.from != before.state || step.action != action) continue;
            const bool automatic =
                step.need == Need::platform || step.need == Need::period_over || step.need == Need::whole;
            const bool by_right = !facts.platform && attempt.agency == home && facts.actor.holds(step.duty);
            covered = covered || (automatic ? facts.platform : by_right);
        }
        RC_ASSERT(covered);
        // What has ended never moves again, and never reaches the register.
        RC_ASSERT(!ended);
        if (action == CaseAction::accept) accepted_by_home = attempt.agency == home && !facts.platform;
        if (action == CaseAction::enter) {
            RC_ASSERT(accepted_by_home);
            RC_ASSERT(!attempt.seized);
            RC_ASSERT(before.acceptance->stamp.account != facts.actor.account);
            RC_ASSERT(before.state == CaseState::paid);
        }
        RC_ASSERT((state.state == CaseState::suspended) == state.suspension.has_value());
        RC_ASSERT(state.state != CaseState::withdrawn || still_applying(state).empty());
        ended = is_final(state.state) && state.state != CaseState::registered;
        if (ended) RC_ASSERT(!state.entry.has_value());
    }
    // The journal alone says the same.
    Case folded;
    for (const auto& [type, body] : journal)
        folded = tongban::apply(std::move(folded), event_from<CaseEvent>(type, body));
    RC_ASSERT(record_text(folded) == record_text(state));
    RC_CLASSIFY(state.state == CaseState::registered, "registered");
    RC_CLASSIFY(ended, "ended without an entry");
}

TEST(CaseProperties, RandomPeopleCannotBreakTheLaw)
{
    const std::uint64_t fresh = std::random_device{}();
    std::cout << "fresh seed " << fresh << '\n';
    for (const std::uint64_t seed : {std::uint64_t{1}, std::uint64_t{20261124}, fresh}) {
        rc::detail::TestParams params;
        params.seed = seed;
        params.maxSuccess = 50;
        rc::detail::TestMetadata metadata;
        metadata.id = "case";
        const auto result = rc::detail::checkTestable(check_a_life, metadata, params);
        std::ostringstream said;
        rc::detail::printResultMessage(result, said);
        EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << "seed " << seed << '\n' << said.str();
    }
}

}  // namespace
}  // namespace tongban
