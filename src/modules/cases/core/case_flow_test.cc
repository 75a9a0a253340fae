#include "modules/cases/core/case_flow.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "base/record.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Agency lixia = 370102;

Actor person(const std::string& account, std::vector<Duty> duties, Agency agency = lixia)
{
    return Actor{.account = account,
                 .name = account,
                 .agency = agency,
                 .duties = std::move(duties),
                 .case_number = {},
                 .party = {}};
}

const Actor acceptor = person("acceptor", {Duty::acceptor});
const Actor reviewer = person("reviewer", {Duty::reviewer});
const Actor registrar = person("registrar", {Duty::registrar});
const Actor supervisor = person("supervisor", {Duty::supervisor});
const Actor everything = person("acceptor", {Duty::acceptor, Duty::reviewer, Duty::registrar, Duty::supervisor});
const Actor applicant{.account = "applicant:p-1",
                      .name = "陈抵押",
                      .agency = lixia,
                      .duties = {Duty::applicant},
                      .case_number = "TB37010220261123000001",
                      .party = "p-1"};

// The register as far as these tests care: which rules do not pass.
struct Unit {
    bool seized = false;
    bool mortgaged = false;
    bool co_owner_missing = false;
};

std::vector<RuleResult> judged(const Unit& unit)
{
    const auto result = [](std::string id, RuleSeverity severity, bool fails) {
        return RuleResult{std::move(id), severity, !fails, "查明的情况", "某条", {}};
    };
    return {result("PRE-03", RuleSeverity::block, unit.seized),
            result("PRE-07", RuleSeverity::confirm, unit.co_owner_missing),
            result("PRE-08", RuleSeverity::confirm, unit.mortgaged),
            result("PRE-09", RuleSeverity::inform, unit.mortgaged)};
}

CaseFacts by(const Actor& actor, const Unit& unit = {})
{
    CaseFacts facts;
    facts.actor = actor;
    facts.now = 1795413909000;
    facts.checks = judged(unit);
    facts.due_on = "2026-11-24";
    facts.promised_working_days = 1;
    facts.calendar = "v1";
    return facts;
}

const Item& item()
{
    static const Item made = [] {
        Item it;
        for (const auto& [role, side] : {
                 std::pair{"mortgagor", Side::obligor},
                 std::pair{"mortgagee", Side::holder }
        }) {
            RoleRule rule;
            rule.role = role;
            rule.side = side;
            it.roles.push_back(rule);
        }
        return it;
    }();
    return made;
}

CaseFacts platform()
{
    CaseFacts facts;
    facts.platform = true;
    facts.now = 1795413909000;
    facts.item = &item();
    return facts;
}

Case fold(Case state, const CaseCommand& command, const CaseFacts& facts)
{
    const Result<std::vector<CaseEvent>> events = decide(state, command, facts);
    if (!events) throw BrokenInvariant(std::string(events.error().code()));
    for (const CaseEvent& event : *events) {
        // What the journal keeps is enough to say the same again.
        const auto again = event_from<CaseEvent>(record_type(event), record_body(event));
        state = tongban::apply(std::move(state), again);
    }
    return state;
}

Participant participant(const std::string& id, PartyRole role, const std::string& name,
                        const std::string& represents = {})
{
    Participant one;
    one.party.id = id;
    one.party.role = role;
    one.party.name = name;
    one.party.represents = represents;
    one.party.number_digest = id;
    one.party.birth_date = "1980-01-01";
    one.party.identity = IdentityCheck{IdentityOutcome::matched, "police", "r", {}, 1795413909000, "w"};
    one.signature = DrawnMark{"s", 1795413909000};
    return one;
}

case_command::File package()
{
    case_command::File file;
    file.dossier.application = Application{"370102001001GB00001F00010001", {}};
    file.dossier.parties = {participant("p-1", PartyRole::mortgagor, "陈抵押"),
                            participant("p-2", PartyRole::mortgagee, "演示银行"),
                            participant("p-3", PartyRole::agent, "周代理", "p-2")};
    file.package_digest = "d";
    file.collection_id = "c-1";
    file.location = "历下区";
    file.use = "home";
    return file;
}

// The same visit while the bank's agent is at another window.
case_command::TakePart first_part()
{
    case_command::TakePart part{package(), "2026-11-22"};
    Party& agent = part.dossier.parties.back().party;
    agent.place = PartyPlace::elsewhere;
    agent.identity.reset();
    part.dossier.parties.back().signature.reset();
    return part;
}

Case draft()
{
    return fold(
        {
    },
        case_command::Open{"id-1", "TB37010220261123000001", "DY-01", "v1", {370202, "c-1", "DS", "张收"}}, platform());
}
Case filed()
{
    return fold(draft(), package(), platform());
}
Case accepted()
{
    return fold(filed(), case_command::Accept{}, by(acceptor));
}
Case awaiting()
{
    return fold(accepted(), case_command::Approve{{}, "b-1", 8000}, by(reviewer));
}
Case paid()
{
    return fold(awaiting(), case_command::RecordPayment{"b-1", 8000, "r"}, platform());
}
Case registered()
{
    return fold(paid(), case_command::Enter{1, "鲁(2026)历下区不动产证明第0000001号"}, by(registrar));
}

const case_command::Withdraw all_withdraw{
    "r", {"p-1", "p-2"}
};

Case in_state(CaseState state)
{
    switch (state) {
    case CaseState::draft: return draft();
    case CaseState::collecting: return fold(draft(), first_part(), platform());
    case CaseState::expired: return fold(in_state(CaseState::collecting), case_command::ExpireCollecting{}, platform());
    case CaseState::filed: return filed();
    case CaseState::supplement:
        return fold(filed(), case_command::RequestSupplement{{{"M10", "缺签字", {}}}, "2026-11-22"}, by(acceptor));
    case CaseState::not_accepted: return fold(filed(), case_command::RefuseAcceptance{"other", "r"}, by(acceptor));
    case CaseState::accepted: return accepted();
    case CaseState::awaiting_payment: return awaiting();
    case CaseState::paid: return paid();
    case CaseState::suspended: return fold(awaiting(), case_command::Suspend{"dispute", "条例22", {}}, by(reviewer));
    case CaseState::registered: return registered();
    case CaseState::refused: return fold(accepted(), case_command::Refuse{"other", "r"}, by(reviewer));
    case CaseState::withdrawn: return fold(accepted(), all_withdraw, by(acceptor));
    case CaseState::cancelled: return fold(draft(), case_command::Cancel{"r"}, platform());
    }
    throw BrokenInvariant("state");
}

CaseCommand command_of(CaseAction action)
{
    switch (action) {
    case CaseAction::open: return case_command::Open{"x", "TB37010220261123000009", "DY-01", "v1", {}};
    case CaseAction::open_part: return case_command::OpenPart{part_of({370203, "c-2", "DS2", "李收"}, 1795413909000)};
    case CaseAction::take_part: return first_part();
    case CaseAction::set_aside_part: return case_command::SetAsidePart{"c-1", "d2"};
    case CaseAction::cancel_part: return case_command::CancelPart{"c-1", "r"};
    case CaseAction::end_collecting: return case_command::EndCollecting{"c-1", "r"};
    case CaseAction::expire_collecting: return case_command::ExpireCollecting{};
    case CaseAction::file: return package();
    case CaseAction::accept: return case_command::Accept{};
    case CaseAction::refuse_acceptance: return case_command::RefuseAcceptance{"other", "r"};
    case CaseAction::request_supplement: return case_command::RequestSupplement{{{"", "缺", {}}}};
    case CaseAction::approve: return case_command::Approve{{}, "b-1", 8000};
    case CaseAction::refuse: return case_command::Refuse{"other", "r"};
    case CaseAction::withdraw: return all_withdraw;
    case CaseAction::ask_withdrawal: return case_command::AskWithdrawal{"p-1", "r"};
    case CaseAction::expire_supplement: return case_command::ExpireSupplement{};
    case CaseAction::suspend: return case_command::Suspend{"announcement", "细则17", {}};
    case CaseAction::resume: return case_command::Resume{};
    case CaseAction::seize: return case_command::Seize{"演示法院", "演执1号", 1795413900000, false};
    case CaseAction::stop_power: return case_command::StopPower{"CW370102202600001", "演示银行"};
    case CaseAction::extend_clock: return case_command::ExtendClock{5, "r", "l"};
    case CaseAction::recompute_clock: return case_command::RecomputeClock{};
    case CaseAction::record_payment: return case_command::RecordPayment{"b-1", 8000, "r"};
    case CaseAction::enter: return case_command::Enter{1, "n"};
    case CaseAction::note_certificate: return case_command::NoteCertificate{"n"};
    case CaseAction::cancel: return case_command::Cancel{"r"};
    case CaseAction::claim:
    case CaseAction::release:
    case CaseAction::assign:
    case CaseAction::add_note:
    case CaseAction::answer_checklist: break;  // they move nothing: desk_test.cc
    }
    throw BrokenInvariant("action");
}

std::string code_of(const Case& state, const CaseCommand& command, const CaseFacts& facts)
{
    const auto events = decide(state, command, facts);
    return events ? "ok" : std::string(events.error().code());
}

constexpr CaseState all_states[] = {CaseState::collecting, CaseState::expired,          CaseState::draft,
                                    CaseState::filed,      CaseState::supplement,       CaseState::not_accepted,
                                    CaseState::accepted,   CaseState::awaiting_payment, CaseState::paid,
                                    CaseState::suspended,  CaseState::registered,       CaseState::refused,
                                    CaseState::withdrawn,  CaseState::cancelled};
constexpr CaseAction all_actions[] = {CaseAction::open_part,
                                      CaseAction::take_part,
                                      CaseAction::set_aside_part,
                                      CaseAction::cancel_part,
                                      CaseAction::end_collecting,
                                      CaseAction::expire_collecting,
                                      CaseAction::file,
                                      CaseAction::accept,
                                      CaseAction::refuse_acceptance,
                                      CaseAction::request_supplement,
                                      CaseAction::approve,
                                      CaseAction::refuse,
                                      CaseAction::withdraw,
                                      CaseAction::ask_withdrawal,
                                      CaseAction::expire_supplement,
                                      CaseAction::suspend,
                                      CaseAction::resume,
                                      CaseAction::seize,
                                      CaseAction::stop_power,
                                      CaseAction::extend_clock,
                                      CaseAction::recompute_clock,
                                      CaseAction::record_payment,
                                      CaseAction::enter,
                                      CaseAction::note_certificate,
                                      CaseAction::cancel};

const Actor& right_person(Duty duty)
{
    if (duty == Duty::acceptor) return acceptor;
    if (duty == Duty::reviewer) return reviewer;
    if (duty == Duty::supervisor) return supervisor;
    if (duty == Duty::applicant) return applicant;
    return registrar;
}

// Every pair of state and action: exactly the listed steps go through, and lead where the table says.
TEST(CaseFlow, FollowsTheTableInEveryStateAndAction)
{
    for (const CaseState from : all_states) {
        const Case before = in_state(from);
        ASSERT_EQ(before.state, from);
        for (const CaseAction action : all_actions) {
            const CaseStep* listed = nullptr;
            for (const CaseStep& step : case_steps()) {
                if (before.suspension && action == CaseAction::resume && step.to != before.suspension->from) continue;
                if (step.from == from && step.action == action) listed = &step;
            }
            SCOPED_TRACE(std::string(to_text(from)) + " " + std::string(to_text(action)));
            if (listed == nullptr) {
                const auto events = decide(before, command_of(action), by(everything));
                ASSERT_FALSE(events.has_value());
                const bool twice = from == CaseState::registered && action == CaseAction::enter;
                EXPECT_EQ(events.error().code(), twice ? "cases.already_registered" : "cases.action_not_allowed");
                continue;
            }
            const bool by_platform =
                listed->need == Need::platform || listed->need == Need::period_over || listed->need == Need::whole;
            const CaseFacts facts = by_platform ? platform() : by(right_person(listed->duty));
            EXPECT_EQ(fold(before, command_of(action), facts).state, listed->to);
            // The wrong hands: a person where the platform acts, the platform where a person acts, another duty.
            EXPECT_EQ(code_of(before, command_of(action), by_platform ? by(everything) : platform()),
                      "cases.wrong_duty");
            EXPECT_EQ(code_of(before, command_of(action), by(person("c", {Duty::collector}))), "cases.wrong_duty");
            EXPECT_EQ(code_of(before, command_of(action),
                              by(person("other", {Duty::acceptor, Duty::reviewer, Duty::registrar}, 370202))),
                      "cases.wrong_duty");
        }
    }
}

TEST(CaseFlow, NoStepDeadEnds)
{
    for (const CaseState state : all_states) {
        bool leaves = false;
        for (const CaseStep& step : case_steps()) leaves = leaves || (step.from == state && step.to != state);
        EXPECT_EQ(leaves, !is_final(state)) << to_text(state);
    }
}

TEST(CaseFlow, TakesFourEyes)
{
    EXPECT_EQ(code_of(accepted(), case_command::Approve{}, by(everything)), "cases.same_person");
    EXPECT_EQ(code_of(paid(), case_command::Enter{1, "n"}, by(everything)), "cases.same_person");
    const auto refused = decide(paid(), case_command::Enter{1, "n"}, by(everything));
    EXPECT_THAT(refused.error().detail, ::testing::HasSubstr("acceptor于2026-11-23"));
    // An item may let one person accept and review, but never accept and register.
    CaseFacts facts = by(everything);
    facts.reviewer_may_be_acceptor = true;
    EXPECT_EQ(code_of(accepted(), case_command::Approve{}, facts), "ok");
    EXPECT_EQ(code_of(paid(), case_command::Enter{1, "n"}, facts), "cases.same_person");
}

TEST(CaseFlow, JudgesTheRegisterAtAcceptanceAndAtEntry)
{
    const CaseFacts seized = by(acceptor, {.seized = true});
    const auto blocked = decide(filed(), case_command::Accept{"照办"}, seized);
    ASSERT_FALSE(blocked.has_value());
    EXPECT_EQ(blocked.error().code(), "cases.blocked");
    EXPECT_THAT(blocked.error().fields, ElementsAre(::testing::Field(&FieldError::code, "PRE-03")));

    EXPECT_EQ(code_of(filed(), case_command::Accept{}, by(acceptor, {.mortgaged = true})), "cases.remark_needed");
    EXPECT_EQ(code_of(filed(), case_command::Accept{"已告知"}, by(acceptor, {.mortgaged = true})), "ok");

    EXPECT_EQ(code_of(paid(), case_command::Enter{2, "n"}, by(registrar, {.seized = true})), "cases.blocked");
    // A bill is for a case that may still be entered.
    EXPECT_EQ(code_of(accepted(), case_command::Approve{}, by(reviewer, {.seized = true})), "cases.blocked");
    EXPECT_EQ(code_of(accepted(), case_command::Approve{}, by(reviewer, {.mortgaged = true})), "ok");
}

TEST(CaseFlow, AsksTheRegistrarToConfirmWhatAcceptanceDidNotSee)
{
    const Unit mortgaged{.mortgaged = true};
    const auto refused = decide(paid(), case_command::Enter{2, "n"}, by(registrar, mortgaged));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code(), "cases.remark_needed");
    EXPECT_THAT(refused.error().fields, ElementsAre(::testing::Field(&FieldError::code, "PRE-08")));
    EXPECT_THAT(refused.error().extra, ::testing::Contains(::testing::Pair("rules", "PRE-08")));
    const Case entered = fold(paid(), case_command::Enter{2, "n", "已告知抵押权人"}, by(registrar, mortgaged));
    EXPECT_EQ(entered.entry_remark, "已告知抵押权人");

    // Confirmed at acceptance: asked once. What is new beside it is asked.
    Case confirmed = fold(filed(), case_command::Accept{"已告知"}, by(acceptor, mortgaged));
    EXPECT_THAT(confirmed.confirmed, ElementsAre("PRE-08"));
    confirmed = fold(confirmed, case_command::Approve{{}, "b-1", 8000}, by(reviewer));
    confirmed = fold(confirmed, case_command::RecordPayment{"b-1", 8000, "r"}, platform());
    EXPECT_EQ(code_of(confirmed, case_command::Enter{2, "n"}, by(registrar, mortgaged)), "ok");
    const auto more =
        decide(confirmed, case_command::Enter{2, "n"}, by(registrar, {.mortgaged = true, .co_owner_missing = true}));
    ASSERT_FALSE(more.has_value());
    EXPECT_THAT(more.error().fields, ElementsAre(::testing::Field(&FieldError::code, "PRE-07")));
}

TEST(CaseFlow, TellsTheLoserOfARaceWhoWon)
{
    const Case done = registered();
    EXPECT_TRUE(check_version(done, done.version, CaseAction::enter).has_value());
    const Result<void> late = check_version(done, done.version - 1, CaseAction::enter);
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().code(), "cases.already_registered");
    EXPECT_THAT(late.error().detail, ::testing::HasSubstr("registrar"));
    const Result<void> stale = check_version(done, 3, CaseAction::withdraw);
    EXPECT_EQ(stale.error().code(), "cases.changed_meanwhile");
    EXPECT_THAT(stale.error().extra, ::testing::Contains(::testing::Pair("changed_by", "registrar")));
}

TEST(CaseFlow, RefusesAPackageOfAnotherSitting)
{
    case_command::File other = package();
    other.collection_id = "c-2";
    EXPECT_EQ(code_of(draft(), other, platform()), "cases.wrong_package");
    case_command::File empty = package();
    empty.dossier.application.reset();
    EXPECT_EQ(code_of(draft(), empty, platform()), "cases.wrong_package");
    EXPECT_EQ(code_of({}, case_command::Accept{}, by(acceptor)), "cases.not_found");
}

TEST(CaseFlow, OffersOnlyWhatThePersonMayDo)
{
    EXPECT_THAT(allowed_actions(filed(), acceptor, false),
                ElementsAre(CaseAction::accept, CaseAction::refuse_acceptance, CaseAction::request_supplement,
                            CaseAction::withdraw));
    EXPECT_THAT(allowed_actions(in_state(CaseState::suspended), reviewer, false),
                ElementsAre(CaseAction::resume, CaseAction::refuse));
    EXPECT_THAT(allowed_actions(paid(), registrar, false), ElementsAre(CaseAction::enter));
    EXPECT_THAT(allowed_actions(paid(), person("acceptor", {Duty::registrar}), false), IsEmpty());
    EXPECT_THAT(allowed_actions(paid(), person("x", {Duty::registrar}, 370202), false), IsEmpty());
    EXPECT_THAT(allowed_actions(registered(), everything, false), IsEmpty());
}

TEST(CaseFlow, KeepsWhatWasDecided)
{
    const Case done = fold(registered(), case_command::NoteCertificate{"n"}, platform());
    EXPECT_EQ(done.version, 7);
    EXPECT_EQ(done.acceptance->stamp.account, "acceptor");
    EXPECT_EQ(done.review->stamp.account, "reviewer");
    EXPECT_EQ(done.entry->stamp.account, "registrar");
    EXPECT_EQ(done.due_on, "2026-11-24");
    EXPECT_THAT(done.timeline, SizeIs(7));
    EXPECT_THAT(done.timeline[3].text, ::testing::HasSubstr("80.00"));
    EXPECT_EQ(record_text(record_from_text<Case>(record_text(done))), record_text(done));
    // A row written before a member existed.
    boost::json::value older = boost::json::parse(record_text(done));
    older.as_object().erase("confirmed");
    EXPECT_EQ(record_text(record_from<Case>(older)), record_text(done));
    // The same for a member of what is inside.
    const Case asked = in_state(CaseState::supplement);
    boost::json::value before = boost::json::parse(record_text(asked));
    boost::json::object& supplement = before.at("supplement").as_object();
    supplement.erase("due_on");
    supplement.at("lines").as_array()[0].as_object().erase("reason");
    const Case read = record_from<Case>(before);
    EXPECT_EQ(read.supplement->due_on, "");
    EXPECT_EQ(read.supplement->lines.at(0).text, "缺签字");
}

TEST(CaseFlow, IsPrintedInTheDocs)
{
    const std::string path = "docs/case-states.md";
    if (std::getenv("TONGBAN_WRITE_DOCS") != nullptr) std::ofstream(path) << case_states_document();
    std::stringstream there;
    there << std::ifstream(path).rdbuf();
    EXPECT_EQ(there.str(), case_states_document());
}

}  // namespace
}  // namespace tongban
