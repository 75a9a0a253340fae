// Who has a case: the race, the supervisor, the lapse; notes and the checklist.
#include "modules/cases/core/desk.h"

#include <gmock/gmock.h>

#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace command = case_command;

constexpr Agency lixia = 370102;
constexpr const char* number = "TB37010220261123000001";

Actor person(const std::string& account, std::vector<Duty> duties, Agency agency = lixia)
{
    return Actor{.account = account,
                 .name = account + "先生",
                 .agency = agency,
                 .duties = std::move(duties),
                 .case_number = {},
                 .party = {}};
}
const Actor acceptor = person("acceptor", {Duty::acceptor});
const Actor zhang = person("zhang", {Duty::reviewer});
const Actor li = person("li", {Duty::reviewer});
const Actor both = person("acceptor", {Duty::acceptor, Duty::reviewer});
const Actor supervisor = person("chief", {Duty::supervisor});

class DeskTest : public ::testing::Test {
protected:
    Case subject_;
    Millis now_ = 1'764'000'000'000;

    void SetUp() override
    {
        take(
            command::Open{
                "id", number, "DY-01", "1", {370202, "c", "DS", "周"}
        },
            {}, true);
        Dossier dossier;
        dossier.application = Application{};
        take(command::File{dossier, "digest", "c", "某路", "home"}, {}, true);
    }
    CaseFacts facts(const Actor& actor, bool platform = false) const
    {
        CaseFacts facts;
        facts.actor = actor;
        facts.platform = platform;
        facts.now = now_;
        facts.place = "5 号桌";
        facts.phone = "105";
        return facts;
    }
    // The problem's code, or empty when it was done.
    std::string take(const CaseCommand& given, const Actor& actor, bool platform = false)
    {
        now_ += 60'000;
        return take_with(given, facts(actor, platform));
    }
    std::string take_with(const CaseCommand& given, const CaseFacts& with)
    {
        const auto events = decide(subject_, given, with);
        if (!events) {
            refusal_ = events.error();
            return std::string(events.error().code());
        }
        for (const CaseEvent& event : *events) subject_ = apply(std::move(subject_), event);
        return {};
    }
    void accept() { ASSERT_EQ(take(command::Accept{}, acceptor), ""); }
    static command::Assign to(const Actor& actor, bool fit = true)
    {
        return {actor.account, actor.name, fit, "6 号桌", "106", "均衡任务"};
    }
    static command::AnswerChecklist answered(const std::string& question)
    {
        return {{{{}, {}, question, "yes", {}, {{"page", "p1", 1, {}}}, false}}};
    }
    Error refusal_{cases_problem::not_found};
};

TEST_F(DeskTest, OfTwoWhoClaimOneWins)
{
    accept();
    const std::int64_t seen = subject_.version;
    ASSERT_EQ(take(command::Claim{}, zhang), "");
    EXPECT_EQ(subject_.claim->account, "zhang");
    // The other saw the case before; he is told who has it, not merely that something changed.
    const auto stale = check_version(subject_, seen, CaseAction::claim);
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code(), "cases.claimed");
    EXPECT_EQ(take(command::Claim{}, li), "cases.claimed");
    EXPECT_THAT(refusal_.detail, HasSubstr("zhang先生（5 号桌，电话 105）"));
    EXPECT_EQ(subject_.claim->account, "zhang");
}

TEST_F(DeskTest, ClaimingAgainIsNoEvent)
{
    ASSERT_EQ(take(command::Claim{}, acceptor), "");
    const std::int64_t version = subject_.version;
    ASSERT_EQ(take(command::Claim{}, acceptor), "");
    EXPECT_EQ(subject_.version, version);
}

TEST_F(DeskTest, OnlyTheDutyThatTheCaseWaitsForMayClaim)
{
    EXPECT_EQ(take(command::Claim{}, zhang), "cases.wrong_duty") << "it waits for acceptance";
    EXPECT_EQ(take(command::Claim{}, person("far", {Duty::acceptor}, 370103)), "cases.wrong_duty");
    EXPECT_EQ(take(command::Claim{}, supervisor), "cases.wrong_duty");
    EXPECT_EQ(take(command::Claim{}, acceptor, true), "cases.wrong_duty");
    ASSERT_EQ(take(command::RequestSupplement{{{"M1", "缺页", "unreadable_scan"}}}, acceptor), "");
    EXPECT_EQ(take(command::Claim{}, acceptor), "cases.action_not_allowed") << "it waits for the applicant";
}

TEST_F(DeskTest, WhoAcceptedCannotTakeTheReview)
{
    accept();
    EXPECT_EQ(take(command::Claim{}, both), "cases.same_person");
    EXPECT_EQ(take(to(both), supervisor), "cases.same_person");
    EXPECT_EQ(take(answered("CK-01"), both), "cases.same_person");
    EXPECT_FALSE(subject_.claim);
}

TEST_F(DeskTest, ActingOnAClaimedCaseIsRefusedToOthersOfTheDuty)
{
    accept();
    ASSERT_EQ(take(command::Claim{}, zhang), "");
    EXPECT_EQ(take(command::Refuse{"violates_law", "违法", {}}, li), "cases.claimed");
    EXPECT_EQ(take(command::Approve{}, li), "cases.claimed");
    EXPECT_EQ(take(command::Suspend{"dispute", "条例 22", {}}, li), "cases.claimed");
    EXPECT_THAT(allowed_actions(subject_, li, false), IsEmpty());
    EXPECT_THAT(allowed_actions(subject_, zhang, false), Not(IsEmpty()));
    // Another duty's act is no interference: applicants withdraw at the acceptance desk.
    EXPECT_EQ(take(command::Withdraw{"不办了", {}}, acceptor), "");
}

TEST_F(DeskTest, TheClaimLapsesWithTheStep)
{
    ASSERT_EQ(take(command::Claim{}, acceptor), "");
    accept();
    EXPECT_FALSE(subject_.claim);
    ASSERT_EQ(take(command::Claim{}, zhang), "");
    ASSERT_EQ(take(command::Suspend{"dispute", "条例 22", {}}, zhang), "");
    EXPECT_FALSE(subject_.claim);
    EXPECT_THAT(subject_.desk, SizeIs(2));
}

TEST_F(DeskTest, WorkingOnAFreeCaseTakesIt)
{
    ASSERT_EQ(take(answered("CK-01"), acceptor), "");
    ASSERT_TRUE(subject_.claim);
    EXPECT_EQ(subject_.claim->account, "acceptor");
    EXPECT_EQ(subject_.claim->place, "5 号桌");
}

TEST_F(DeskTest, TheOwnerPutsBackWithoutAndTheSupervisorTakesBackWithAReason)
{
    accept();
    EXPECT_EQ(take(command::Release{}, zhang), "cases.not_claimed");
    ASSERT_EQ(take(command::Claim{}, zhang), "");
    EXPECT_EQ(take(command::Release{}, li), "cases.claimed");
    EXPECT_EQ(take(command::Release{}, supervisor), "cases.desk_reason_needed");
    ASSERT_EQ(take(command::Release{"休假"}, supervisor), "");
    EXPECT_THAT(subject_.desk.back().text, HasSubstr("收回zhang先生的办件：休假"));
    ASSERT_EQ(take(command::Claim{}, li), "");
    ASSERT_EQ(take(command::Release{}, li), "");
    EXPECT_FALSE(subject_.claim);
}

TEST_F(DeskTest, TheSupervisorAssignsToSomebodyFitWithAReason)
{
    accept();
    ASSERT_EQ(take(command::Claim{}, zhang), "");
    EXPECT_EQ(take(to(li), zhang), "cases.wrong_duty");
    EXPECT_EQ(take(to(li, false), supervisor), "cases.assignee_unfit");
    command::Assign wordless = to(li);
    wordless.reason.clear();
    EXPECT_EQ(take(wordless, supervisor), "cases.desk_reason_needed");
    ASSERT_EQ(take(to(li), supervisor), "");
    EXPECT_EQ(subject_.claim->account, "li");
    EXPECT_EQ(subject_.claim->stamp.account, "chief");
    EXPECT_EQ(take(command::Approve{}, zhang), "cases.claimed");
    EXPECT_EQ(take(command::Approve{}, li), "");
}

TEST_F(DeskTest, NothingOfTheDeskShowsInTheTimelineOfTheApplicant)
{
    const std::size_t before = subject_.timeline.size();
    ASSERT_EQ(take(command::Claim{}, acceptor), "");
    ASSERT_EQ(take(command::AddNote{"请核对印章"}, acceptor), "");
    ASSERT_EQ(take(answered("CK-01"), acceptor), "");
    EXPECT_THAT(subject_.timeline, SizeIs(before));
    EXPECT_EQ(subject_.notes.at(0).text, "请核对印章");
    EXPECT_EQ(take(command::AddNote{"x"}, person("w", {Duty::collector})), "cases.wrong_duty");
    EXPECT_EQ(take(command::AddNote{"x"}, person("far", {Duty::acceptor}, 370103)), "cases.wrong_duty");
}

TEST_F(DeskTest, TheLastAnswerOfADutyCountsAndNewPapersEmptyTheList)
{
    ASSERT_EQ(take(answered("CK-01"), acceptor), "");
    command::AnswerChecklist no = answered("CK-01");
    no.answers[0].answer = "no";
    ASSERT_EQ(take(no, acceptor), "");
    ASSERT_THAT(subject_.checklist, SizeIs(1));
    EXPECT_EQ(subject_.checklist[0].answer, "no");
    EXPECT_EQ(subject_.checklist[0].duty, "acceptor");
    ASSERT_EQ(take(command::RequestSupplement{{{"M1", "缺页", "unreadable_scan"}}}, acceptor), "");
    ASSERT_EQ(take(command::File{subject_.dossier, "again", "c", "某路", "home"}, {}, true), "");
    EXPECT_THAT(subject_.checklist, IsEmpty());
}

TEST_F(DeskTest, ApprovalFindsEveryRequiredQuestionAnsweredByTheReviewer)
{
    ASSERT_EQ(take(answered("CK-01"), acceptor), "");
    accept();
    CaseFacts asking = facts(zhang);
    asking.questions = {"CK-01", "CK-02"};
    EXPECT_EQ(take_with(command::Approve{}, asking), "cases.checklist_open");
    EXPECT_THAT(refusal_.fields, SizeIs(2)) << "the acceptor's answer is not the reviewer's";
    ASSERT_EQ(take(answered("CK-01"), zhang), "");
    EXPECT_EQ(take_with(command::Approve{}, asking), "cases.checklist_open");
    EXPECT_EQ(refusal_.fields.at(0).pointer, "/checklist/CK-02");
    ASSERT_EQ(take(answered("CK-02"), zhang), "");
    EXPECT_EQ(take_with(command::Approve{}, asking), "");
}

TEST_F(DeskTest, ButtonsAreForThoseWhoMay)
{
    accept();
    using enum CaseAction;
    EXPECT_THAT(desk_actions(subject_, zhang), ElementsAre(claim, add_note, answer_checklist));
    EXPECT_THAT(desk_actions(subject_, both), ElementsAre(add_note));
    EXPECT_THAT(desk_actions(subject_, supervisor), ElementsAre(assign, add_note));
    ASSERT_EQ(take(command::Claim{}, zhang), "");
    EXPECT_THAT(desk_actions(subject_, zhang), ElementsAre(release, add_note, answer_checklist));
    EXPECT_THAT(desk_actions(subject_, li), ElementsAre(add_note));
    EXPECT_THAT(desk_actions(subject_, supervisor), ElementsAre(release, assign, add_note));
    EXPECT_THAT(desk_actions(subject_, person("w", {Duty::collector})), IsEmpty());
}

}  // namespace
}  // namespace tongban
