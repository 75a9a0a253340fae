// Every way a case can go besides the straight one: suspended, sent back, withdrawn, handed to another registry.
// What the table of steps cannot say by itself.
#include <gmock/gmock.h>

#include "base/record.h"
#include "modules/cases/core/case_flow.h"
#include "modules/cases/core/return_reasons.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr Agency lixia = 370102;
constexpr const char* number = "TB37010220261123000001";

Actor person(const std::string& account, Duty duty)
{
    return {.account = account, .name = account, .agency = lixia, .duties = {duty}, .case_number = {}, .party = {}};
}
Actor party(const std::string& id)
{
    return {.account = "applicant:" + id,
            .name = id,
            .agency = lixia,
            .duties = {Duty::applicant},
            .case_number = number,
            .party = id};
}

const Actor acceptor = person("acceptor", Duty::acceptor);
const Actor reviewer = person("reviewer", Duty::reviewer);
const Actor registrar = person("registrar", Duty::registrar);
const Actor supervisor = person("supervisor", Duty::supervisor);

// A case in the hands of its people, one step after another.
struct Story {
    Case now;
    Millis at = 1795413909000;  // 2026-11-23, 13:25 in China
    std::string due_on = "2026-11-24";
    bool seized = false;

    CaseFacts facts(const Actor* actor) const
    {
        CaseFacts facts;
        facts.platform = actor == nullptr;
        if (actor != nullptr) facts.actor = *actor;
        facts.now = at;
        facts.checks = {
            RuleResult{"PRE-03", RuleSeverity::block, !seized, "查封", "某条", {}}
        };
        facts.due_on = due_on;
        facts.promised_working_days = 1;
        facts.calendar = "v1";
        return facts;
    }
    std::string take(const CaseCommand& command, const Actor* actor = nullptr)
    {
        const auto events = decide(now, command, facts(actor));
        if (!events) return std::string(events.error().code());
        for (const CaseEvent& event : *events) {
            now = tongban::apply(std::move(now), event_from<CaseEvent>(record_type(event), record_body(event)));
        }
        return "ok";
    }
    std::string take(const CaseCommand& command, const Actor& actor) { return take(command, &actor); }
};

Participant participant(const std::string& id, const std::string& represents = {})
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
    file.dossier.parties = {participant("owner"), participant("bank"), participant("agent", "bank")};
    file.collection_id = "c-1";
    return file;
}

Story filed()
{
    Story story;
    story.take(case_command::Open{
        "id-1", number, "DY-01", "v1", {370202, "c-1", "DS", "张收"}
    });
    story.take(package());
    return story;
}
Story accepted()
{
    Story story = filed();
    story.take(case_command::Accept{}, acceptor);
    return story;
}
Story paid()
{
    Story story = accepted();
    story.take(case_command::Approve{{}, "b-1", 8000}, reviewer);
    story.take(case_command::RecordPayment{"b-1", 8000, "r"});
    return story;
}

const case_command::Suspend announcement{"announcement", "实施细则第十七条", "公告2026-3号"};
const case_command::Seize seizure{"演示法院", "演执1号", 1795413900000, false};

// One of several joint applicants asks: that is noted, and the case goes on (实施细则 13).
TEST(CaseOutcomes, H02OneOfSeveralApplicantsEndsNothing)
{
    Story story = accepted();
    ASSERT_EQ(story.take(case_command::Withdraw{"不想抵押了", {"owner"}}, acceptor), "ok");
    EXPECT_EQ(story.now.state, CaseState::accepted);
    EXPECT_THAT(story.now.timeline.back().text, HasSubstr("尚有 1 位共同申请人未申请"));
    EXPECT_EQ(story.take(case_command::Approve{{}, "b-1", 8000}, reviewer), "ok");
    // The same person again changes nothing, and nobody without a part in it can ask.
    EXPECT_EQ(story.take(case_command::Withdraw{"不想抵押了", {"owner"}}, acceptor), "cases.applicants_missing");
    EXPECT_EQ(story.take(case_command::Withdraw{"r", {"agent"}}, acceptor), "cases.not_an_applicant");
    EXPECT_EQ(story.take(case_command::Withdraw{"r", {}}, acceptor), "cases.applicants_missing");
    EXPECT_EQ(story.now.state, CaseState::awaiting_payment);
}

// After the push the home registry decides, and all joint applicants have asked (条例 15).
TEST(CaseOutcomes, H20TheHomeRegistryEndsItWhenAllApplicantsAsked)
{
    Story story = accepted();
    EXPECT_EQ(story.take(case_command::AskWithdrawal{"bank", "r"}, party("owner")), "cases.wrong_duty");
    ASSERT_EQ(story.take(case_command::AskWithdrawal{"owner", "不想抵押了"}, party("owner")), "ok");
    ASSERT_EQ(story.take(case_command::AskWithdrawal{"bank", "同意"}, party("agent")), "ok");
    // Everybody has asked; the case is still the registry's.
    EXPECT_EQ(story.now.state, CaseState::accepted);
    EXPECT_THAT(still_applying(story.now), SizeIs(0));
    ASSERT_EQ(story.take(case_command::Withdraw{"全体申请", {}}, acceptor), "ok");
    EXPECT_EQ(story.now.state, CaseState::withdrawn);
    EXPECT_EQ(state_of(story.now.clock), ClockState::stopped);

    Story together = paid();
    ASSERT_EQ(together.take(
                  case_command::Withdraw{
                      "不再抵押", {"owner", "bank"}
    },
                  acceptor),
              "ok");
    EXPECT_EQ(together.now.state, CaseState::withdrawn);
    EXPECT_THAT(together.now.withdrawal_requests, SizeIs(2));
}

// A withdrawal and the entry at the same second: one wins, the other is told.
TEST(CaseOutcomes, H21TheEntryAndTheWithdrawalHaveOneWinner)
{
    Story entered = paid();
    const std::int64_t seen = entered.now.version;
    ASSERT_EQ(entered.take(case_command::Enter{1, "证明1号"}, registrar), "ok");
    EXPECT_EQ(check_version(entered.now, seen, CaseAction::withdraw).error().code(), "cases.changed_meanwhile");
    EXPECT_EQ(entered.take(
                  case_command::Withdraw{
                      "r", {"owner", "bank"}
    },
                  acceptor),
              "cases.action_not_allowed");
    EXPECT_EQ(entered.now.state, CaseState::registered);

    Story withdrawn = paid();
    ASSERT_EQ(withdrawn.take(
                  case_command::Withdraw{
                      "r", {"owner", "bank"}
    },
                  acceptor),
              "ok");
    EXPECT_EQ(withdrawn.take(case_command::Enter{1, "证明1号"}, registrar), "cases.action_not_allowed");
}

// A supplement is asked for once, with everything that is missing, and the clock is not running.
TEST(CaseOutcomes, H22ASupplementListsAllAndRunsNoClock)
{
    Story story = filed();
    ASSERT_EQ(story.take(
                  case_command::RequestSupplement{
                      {{"M10", "缺第二页", "unreadable_scan"}, {"", "电话有误", {}}},
                      "2026-12-21"
    },
                  acceptor),
              "ok");
    EXPECT_THAT(story.now.supplement->lines, SizeIs(2));
    EXPECT_EQ(story.now.supplement->lines[1].reason, "other");
    EXPECT_TRUE(story.now.clock.empty());
    EXPECT_EQ(story.take(case_command::RequestSupplement{{{"", "又一项", {}}}, "2026-12-21"}, acceptor),
              "cases.action_not_allowed");
    EXPECT_EQ(waiting_since(story.now), 0);
    story.at += 60'000;
    ASSERT_EQ(story.take(package()), "ok");
    EXPECT_EQ(waiting_since(story.now), story.at);
}

// The supplement never came: the case closes as not accepted, by itself, and not a day too early.
TEST(CaseOutcomes, H30TheSupplementPeriodEndsTheCase)
{
    Story story = filed();
    ASSERT_EQ(story.take(case_command::RequestSupplement{{{"M10", "缺第二页", {}}}, "2026-11-24"}, acceptor), "ok");
    EXPECT_EQ(story.take(case_command::ExpireSupplement{}), "cases.period_not_over");
    story.at += 24LL * 60 * 60 * 1000;  // the last day itself
    EXPECT_EQ(story.take(case_command::ExpireSupplement{}), "cases.period_not_over");
    EXPECT_EQ(story.take(case_command::ExpireSupplement{}, acceptor), "cases.wrong_duty");
    story.at += 24LL * 60 * 60 * 1000;
    ASSERT_EQ(story.take(case_command::ExpireSupplement{}), "ok");
    EXPECT_EQ(story.now.state, CaseState::not_accepted);
    EXPECT_EQ(story.now.outcome->code, "supplement_not_given");
}

// Seized between acceptance and entry: the case stands still until the seizure is gone, or is refused.
TEST(CaseOutcomes, H31ASeizureBetweenAcceptanceAndEntrySuspends)
{
    for (const Story& open : {accepted(), paid()}) {
        Story story = open;
        const CaseState before = story.now.state;
        EXPECT_EQ(story.take(seizure, reviewer), "cases.wrong_duty");
        ASSERT_EQ(story.take(seizure, registrar), "ok");
        EXPECT_EQ(story.now.state, CaseState::suspended);
        EXPECT_EQ(story.now.suspension->reason, "seizure");
        story.seized = true;
        EXPECT_EQ(story.take(case_command::Approve{{}, "b", 1}, reviewer), "cases.action_not_allowed");
        EXPECT_EQ(story.take(case_command::Enter{1, "n"}, registrar), "cases.action_not_allowed");
        EXPECT_EQ(story.take(case_command::Resume{}, reviewer), "cases.blocked");

        Story refused = story;
        ASSERT_EQ(refused.take(case_command::Refuse{"other", "不动产已被查封", "register_changed"}, reviewer), "ok");
        EXPECT_EQ(refused.now.state, CaseState::refused);

        story.seized = false;
        story.due_on = "2026-11-30";
        ASSERT_EQ(story.take(case_command::Resume{"已解封"}, reviewer), "ok");
        EXPECT_EQ(story.now.state, before);
        EXPECT_EQ(story.now.due_on, "2026-11-30");
        EXPECT_FALSE(story.now.suspension.has_value());
    }
}

// Seized after the entry: the entry stands.
TEST(CaseOutcomes, H32ASeizureAfterTheEntryChangesNothing)
{
    Story story = paid();
    ASSERT_EQ(story.take(case_command::Enter{1, "证明1号"}, registrar), "ok");
    EXPECT_EQ(story.take(seizure, registrar), "cases.action_not_allowed");
    EXPECT_EQ(story.take(case_command::NoteCertificate{"证明1号"}), "ok");
}

// What is open and not accepted yet cannot be suspended; its people are told, and a second seizure loses nothing.
TEST(CaseOutcomes, ASeizureIsNotedOnWhatIsNotAcceptedYet)
{
    Story story = filed();
    ASSERT_EQ(story.take(seizure, registrar), "ok");
    EXPECT_EQ(story.now.state, CaseState::filed);
    EXPECT_THAT(story.now.timeline.back().text, HasSubstr("演示法院查封"));
    Story suspended = accepted();
    ASSERT_EQ(suspended.take(announcement, reviewer), "ok");
    ASSERT_EQ(suspended.take(seizure, registrar), "ok");
    EXPECT_EQ(suspended.now.suspension->reason, "announcement");
}

TEST(CaseOutcomes, TheClockStandsStillWhileSuspended)
{
    Story story = accepted();
    ASSERT_EQ(story.take(announcement, reviewer), "ok");
    EXPECT_EQ(state_of(story.now.clock), ClockState::paused);
    EXPECT_EQ(story.now.clock.back().legal, "实施细则第十七条");
    story.due_on = "2026-12-15";
    ASSERT_EQ(story.take(case_command::Resume{}, reviewer), "ok");
    EXPECT_EQ(state_of(story.now.clock), ClockState::running);
    story.due_on = "2026-12-22";
    EXPECT_EQ(story.take(case_command::ExtendClock{5, "情况复杂", "经负责人批准"}, reviewer), "cases.wrong_duty");
    ASSERT_EQ(story.take(case_command::ExtendClock{5, "情况复杂", "经负责人批准"}, supervisor), "ok");
    EXPECT_EQ(story.now.due_on, "2026-12-22");
    ASSERT_EQ(story.take(case_command::Refuse{"other", "r"}, reviewer), "ok");
    EXPECT_EQ(state_of(story.now.clock), ClockState::stopped);
    EXPECT_THAT(story.now.clock, SizeIs(5));
}

// Money that was on its way when the case was suspended is the case's money.
TEST(CaseOutcomes, APaymentArrivesWhileSuspended)
{
    Story story = accepted();
    EXPECT_EQ(story.take(case_command::Approve{{}, "b-1", 8000}, reviewer), "ok");
    ASSERT_EQ(story.take(seizure, registrar), "ok");
    ASSERT_EQ(story.take(case_command::RecordPayment{"b-1", 8000, "r"}), "ok");
    EXPECT_EQ(story.now.state, CaseState::suspended);
    ASSERT_EQ(story.take(case_command::Resume{}, reviewer), "ok");
    EXPECT_EQ(story.now.state, CaseState::paid);
    // Nothing was owed: a payment would be a mistake of ours.
    Story early = accepted();
    ASSERT_EQ(early.take(announcement, reviewer), "ok");
    EXPECT_EQ(early.take(case_command::RecordPayment{"b-1", 8000, "r"}), "cases.action_not_allowed");
}

TEST(CaseOutcomes, OutsideTheTerritoryNamesTheCompetentRegistry)
{
    Story story = filed();
    case_command::RefuseAcceptance wrong{"outside_territory", "不动产在市南区", {}, 0, {}};
    EXPECT_EQ(story.take(wrong, acceptor), "cases.competent_needed");
    wrong.competent = lixia;
    EXPECT_EQ(story.take(wrong, acceptor), "cases.competent_needed");
    EXPECT_EQ(story.take(case_command::RefuseAcceptance{"incomplete", "r", {}, 370202, "市南区"}, acceptor),
              "cases.competent_needed");
    wrong.competent = 370202;
    wrong.competent_name = "青岛市市南区不动产登记中心";
    ASSERT_EQ(story.take(wrong, acceptor), "ok");
    EXPECT_EQ(story.now.outcome->competent, 370202);
    EXPECT_EQ(story.now.outcome->code, "outside_territory");
    EXPECT_THAT(story.now.timeline.back().text, HasSubstr("请向青岛市市南区不动产登记中心申请"));
}

TEST(CaseOutcomes, EveryReturnHasACodeThatFitsTheMoment)
{
    Story story = filed();
    EXPECT_EQ(story.take(case_command::RequestSupplement{{{"M10", "x", "no_such_code"}}, {}}, acceptor),
              "cases.reason_unknown");
    EXPECT_EQ(story.take(case_command::RequestSupplement{{{"M10", "x", "exceeds_term"}}, {}}, acceptor),
              "cases.reason_unknown");
    Story refused = accepted();
    EXPECT_EQ(refused.take(case_command::Refuse{"other", "r", "missing_material"}, reviewer), "cases.reason_unknown");
    ASSERT_EQ(refused.take(case_command::Refuse{"ownership_dispute", "r", {}}, reviewer), "ok");
    EXPECT_EQ(refused.now.outcome->code, "ownership_dispute");
    EXPECT_FALSE(find_return_reason("ownership_dispute")->avoidable);
    for (const ReturnReason& reason : return_reasons()) {
        EXPECT_TRUE(reason.at_supplement || reason.at_non_acceptance || reason.at_refusal) << reason.code;
    }
}

// H55: the promise is counted again when the calendar changes, and the change stands in the ledger and the timeline.
TEST(CaseOutcomes, H55AChangedCalendarIsLogged)
{
    Story story = accepted();
    EXPECT_EQ(story.take(case_command::RecomputeClock{}, supervisor), "cases.wrong_duty");
    ASSERT_EQ(story.take(case_command::RecomputeClock{}), "ok");
    EXPECT_THAT(story.now.timeline.back().text, HasSubstr("承诺办结日期不变"));
    story.due_on = "2026-11-26";
    ASSERT_EQ(story.take(case_command::RecomputeClock{}), "ok");
    EXPECT_EQ(story.now.due_on, "2026-11-26");
    EXPECT_EQ(story.now.clock.back().act, ClockAct::recompute);
    // While it stands still there is no promise to count again.
    ASSERT_EQ(story.take(announcement, reviewer), "ok");
    EXPECT_EQ(story.take(case_command::RecomputeClock{}), "cases.action_not_allowed");
}

}  // namespace
}  // namespace tongban
