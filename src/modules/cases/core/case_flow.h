#pragma once
// The workflow of a case: one table of steps, and two pure functions. decide() judges a command and gives the events,
// or the reason why not; apply() folds one event into the state. Nothing else changes a Case.

#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "modules/access/core/actor.h"
#include "modules/cases/core/case.h"
#include "modules/cases/core/desk_events.h"
#include "modules/cases/core/preconditions.h"

namespace tongban {

// What a step asks for besides the state and the duty.
enum class Need {
    nothing,
    platform,            // no person does this: a message between registries, a payment, a worker
    preconditions,       // no blocking rule failed; those to confirm have a remark
    not_acceptor,        // another person than the one who accepted, and no blocking rule
    register_free,       // no blocking rule failed
    all_applicants,      // every joint applicant asked for it; until then it is only noted
    own_party,           // the applicant speaks for this party
    period_over,         // no person does this: the last day has passed
    whole,               // no person does this: nothing is missing in what all visits brought
    preconditions_again  // the same at the moment of entry; what acceptance did not confirm has a remark
};

struct CaseStep {
    CaseState from;
    CaseAction action;
    CaseState to;
    Duty duty;
    Need need;
};

// The whole workflow, which docs/case-states.md prints. A step that is not listed is not allowed.
std::span<const CaseStep> case_steps();
std::string_view to_text(Need need);

namespace case_command {
struct Open {
    std::string id;
    std::string number;
    std::string item;
    std::string catalog_version;
    CaseOrigin origin;
};
struct OpenPart {
    CasePart part;
};
struct Part {
    Dossier dossier;  // of this visit alone, sealed for this registry
    std::string package_digest;
    std::string collection_id;
    std::string location;
    std::string use;
    std::vector<std::string> handed_in_by = {};
};
struct TakePart : Part {  // others are still missing
    std::string last_day = {};
};
struct File : Part {};  // with this the application is whole
struct SetAsidePart {
    std::string collection_id, package_digest;
};
struct CancelPart {
    std::string collection_id, reason;
};
struct EndCollecting {
    std::string collection_id;  // of a visit whose part is in
    std::string reason;
};
struct ExpireCollecting {};
struct Accept {
    std::string remark;
};
struct RefuseAcceptance {
    std::string ground;  // incomplete, outside_territory, not_in_form, other
    std::string reason;
    std::string code = {};  // of return_reasons()
    Agency competent = 0;   // for outside_territory: who has the unit
    std::string competent_name = {};
    std::vector<std::string> cites = {};
};
struct RequestSupplement {
    std::vector<SupplementLine> lines;  // everything that is missing, at once (条例 17)
    std::string due_on = {};
};
struct ExpireSupplement {};
struct Approve {
    std::string remark;
    std::string bill_id;
    std::int64_t amount_fen = 0;
};
struct Refuse {
    std::string ground;  // violates_law, ownership_dispute, exceeds_term, other
    std::string reason;
    std::string code = {};
    std::vector<std::string> cites = {};  // rules and questions of the checklist
};
struct Withdraw {  // notes who asked; ends the case when nobody is left who has not
    std::string reason;
    std::vector<std::string> parties = {};
};
struct AskWithdrawal {  // the applicant himself
    std::string party;
    std::string reason;
};
struct Suspend {
    std::string reason, legal, document;
};
struct Resume {
    std::string remark;
};
struct Seize {  // suspends what was accepted, is noted on everything else that is open
    std::string organ, document_number;
    Millis delivered_at = 0;
    bool waiting = false;  // 轮候
};
struct ExtendClock {
    int days = 0;
    std::string reason, legal;
};
struct StopPower {  // the principal revoked the standing power 常设委托 under which it was filed
    std::string number, principal;
};
struct RecomputeClock {};
struct RecordPayment {
    std::string bill_id;
    std::int64_t amount_fen = 0;
    std::string reference;  // of the gateway
};
struct Enter {  // 登簿
    std::int64_t mortgage_order = 0;
    std::string certificate_number;  // of the first document issued; empty: the entry issues none
    std::string remark = {};
    std::string text = {};  // what the entry did, in words: 抵押权自此设立
};
struct NoteCertificate {  // the file exists
    std::string certificate_number;
};
struct Cancel {
    std::string reason;
};
}  // namespace case_command

using CaseCommand =
    std::variant<case_command::Open, case_command::OpenPart, case_command::TakePart, case_command::File,
                 case_command::SetAsidePart, case_command::CancelPart, case_command::EndCollecting,
                 case_command::ExpireCollecting, case_command::Accept, case_command::RefuseAcceptance,
                 case_command::RequestSupplement, case_command::ExpireSupplement, case_command::Approve,
                 case_command::Refuse, case_command::Withdraw, case_command::AskWithdrawal, case_command::Suspend,
                 case_command::Resume, case_command::Seize, case_command::StopPower, case_command::ExtendClock,
                 case_command::RecomputeClock, case_command::RecordPayment, case_command::Enter,
                 case_command::NoteCertificate, case_command::Cancel, case_command::Claim, case_command::Release,
                 case_command::Assign, case_command::AddNote, case_command::AnswerChecklist>;

CaseAction action_of(const CaseCommand& command);

// What decide() must know besides state and command; gathered by the flow inside the transaction.
struct CaseFacts {
    Actor actor;            // who asks; ignored when `platform`
    bool platform = false;  // a message, a payment or a worker acts, not a person
    Millis now = 0;
    std::vector<RuleResult> checks;         // judge() over the live register, for accept, approve and enter
    std::string due_on;                     // promised day, for accept, resume, extend and recompute: promise_with()
    int promised_working_days = 0;          // the budget of the clock, for accept
    std::string calendar;                   // version of the working days due_on was counted with
    bool reviewer_may_be_acceptor = false;  // the item allows 受审合一
    const Item* item = nullptr;             // the pinned version, for file
    std::string place, phone;               // where the actor sits, for his claim
    std::vector<std::string> questions;     // of the checklist, which an approval must find answered
};

namespace case_event {
struct Opened {
    static constexpr std::string_view type = "opened";
    Stamp stamp;
    Agency agency = 0;
    std::string id, number, item, catalog_version;
    CaseOrigin origin;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (stamp, agency, id, number, item, catalog_version, origin))
struct Filed {
    static constexpr std::string_view type = "filed";
    Stamp stamp;
    Dossier dossier;
    std::string package_digest, location, use;
    std::string collection_id = {};
    std::vector<std::string> handed_in_by = {};
};
BOOST_DESCRIBE_STRUCT(Filed, (), (stamp, dossier, package_digest, location, use, collection_id, handed_in_by))
struct PartOpened {
    static constexpr std::string_view type = "part_opened";
    Stamp stamp;
    CasePart part;
};
BOOST_DESCRIBE_STRUCT(PartOpened, (), (stamp, part))
struct PartTaken {
    static constexpr std::string_view type = "part_taken";
    Stamp stamp;
    Dossier dossier;  // of all visits so far
    std::string package_digest, location, use, collection_id;
    std::vector<std::string> handed_in_by;
    std::string last_day;
};
BOOST_DESCRIBE_STRUCT(PartTaken, (),
                      (stamp, dossier, package_digest, location, use, collection_id, handed_in_by, last_day))
struct PartSetAside {
    static constexpr std::string_view type = "part_set_aside";
    Stamp stamp;
    std::string collection_id, package_digest;
};
BOOST_DESCRIBE_STRUCT(PartSetAside, (), (stamp, collection_id, package_digest))
struct PartCancelled {
    static constexpr std::string_view type = "part_cancelled";
    Stamp stamp;
    std::string collection_id, reason;
};
BOOST_DESCRIBE_STRUCT(PartCancelled, (), (stamp, collection_id, reason))
struct CollectingEnded {
    static constexpr std::string_view type = "collecting_ended";
    Stamp stamp;
    std::string collection_id, reason;
};
BOOST_DESCRIBE_STRUCT(CollectingEnded, (), (stamp, collection_id, reason))
struct CollectingExpired {
    static constexpr std::string_view type = "collecting_expired";
    Stamp stamp;
    std::string last_day;
};
BOOST_DESCRIBE_STRUCT(CollectingExpired, (), (stamp, last_day))
struct Accepted {
    static constexpr std::string_view type = "accepted";
    Stamp stamp;
    std::string remark, due_on;
    std::vector<RuleResult> checks;
    int working_days = 0;
    std::string calendar;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (stamp, remark, due_on, checks, working_days, calendar))
struct NotAccepted {
    static constexpr std::string_view type = "not_accepted";
    Stamp stamp;
    std::string ground, reason, code;
    Agency competent = 0;
    std::string competent_name;
    std::vector<std::string> cites = {};
};
BOOST_DESCRIBE_STRUCT(NotAccepted, (), (stamp, ground, reason, code, competent, competent_name, cites))
struct SupplementRequested {
    static constexpr std::string_view type = "supplement_requested";
    Stamp stamp;
    std::vector<SupplementLine> lines;
    std::string due_on;
};
BOOST_DESCRIBE_STRUCT(SupplementRequested, (), (stamp, lines, due_on))
struct Approved {
    static constexpr std::string_view type = "approved";
    Stamp stamp;
    std::string remark, bill_id;
    std::int64_t amount_fen = 0;
};
BOOST_DESCRIBE_STRUCT(Approved, (), (stamp, remark, bill_id, amount_fen))
struct Refused {
    static constexpr std::string_view type = "refused";
    Stamp stamp;
    std::string ground, reason, code;
    std::vector<std::string> cites = {};
};
BOOST_DESCRIBE_STRUCT(Refused, (), (stamp, ground, reason, code, cites))
struct Withdrawn {
    static constexpr std::string_view type = "withdrawn";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (stamp, reason))
struct WithdrawalAsked {
    static constexpr std::string_view type = "withdrawal_asked";
    Stamp stamp;
    std::vector<WithdrawalRequest> requests;
    int left = 0;  // joint applicants who have not asked
};
BOOST_DESCRIBE_STRUCT(WithdrawalAsked, (), (stamp, requests, left))
struct Suspended {
    static constexpr std::string_view type = "suspended";
    Stamp stamp;
    std::string reason, legal, document;
};
BOOST_DESCRIBE_STRUCT(Suspended, (), (stamp, reason, legal, document))
struct Resumed {
    static constexpr std::string_view type = "resumed";
    Stamp stamp;
    std::string remark, due_on, calendar;
};
BOOST_DESCRIBE_STRUCT(Resumed, (), (stamp, remark, due_on, calendar))
struct SeizureNoted {
    static constexpr std::string_view type = "seizure_noted";
    Stamp stamp;
    std::string organ, document_number;
    Millis delivered_at = 0;
    bool waiting = false;
};
BOOST_DESCRIBE_STRUCT(SeizureNoted, (), (stamp, organ, document_number, delivered_at, waiting))
struct ClockExtended {
    static constexpr std::string_view type = "clock_extended";
    Stamp stamp;
    int days = 0;
    std::string reason, legal, due_on, calendar;
};
BOOST_DESCRIBE_STRUCT(ClockExtended, (), (stamp, days, reason, legal, due_on, calendar))
struct ClockRecomputed {
    static constexpr std::string_view type = "clock_recomputed";
    Stamp stamp;
    std::string due_on, calendar;
};
BOOST_DESCRIBE_STRUCT(ClockRecomputed, (), (stamp, due_on, calendar))
struct Paid {
    static constexpr std::string_view type = "paid";
    Stamp stamp;
    std::string bill_id;
    std::int64_t amount_fen = 0;
    std::string reference;
};
BOOST_DESCRIBE_STRUCT(Paid, (), (stamp, bill_id, amount_fen, reference))
struct Registered {
    static constexpr std::string_view type = "registered";
    Stamp stamp;
    std::int64_t mortgage_order = 0;
    std::string certificate_number;
    std::vector<RuleResult> checks;
    std::string remark = {};
    std::string text = {};
};
BOOST_DESCRIBE_STRUCT(Registered, (), (stamp, mortgage_order, certificate_number, checks, remark, text))
struct CertificateIssued {
    static constexpr std::string_view type = "certificate_issued";
    Stamp stamp;
    std::string certificate_number;
};
BOOST_DESCRIBE_STRUCT(CertificateIssued, (), (stamp, certificate_number))
struct Cancelled {
    static constexpr std::string_view type = "cancelled";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), (stamp, reason))
}  // namespace case_event

using CaseEvent =
    std::variant<case_event::Opened, case_event::PartOpened, case_event::PartTaken, case_event::Filed,
                 case_event::PartSetAside, case_event::PartCancelled, case_event::CollectingEnded,
                 case_event::CollectingExpired, case_event::Accepted, case_event::NotAccepted,
                 case_event::SupplementRequested, case_event::Approved, case_event::Refused, case_event::Withdrawn,
                 case_event::WithdrawalAsked, case_event::Suspended, case_event::Resumed, case_event::SeizureNoted,
                 case_event::ClockExtended, case_event::ClockRecomputed, case_event::Paid, case_event::Registered,
                 case_event::CertificateIssued, case_event::Cancelled, case_event::Claimed, case_event::Released,
                 case_event::Assigned, case_event::NoteAdded, case_event::ChecklistAnswered>;

// Pure. Problems, in this order: already_registered, action_not_allowed, wrong_duty, same_person, blocked,
// remark_needed, claimed (by another person of the duty), checklist_open, then what is wrong with the command itself. A
// case that does not exist yet (version 0) takes only Open.
Result<std::vector<CaseEvent>> decide(const Case& state, const CaseCommand& command, const CaseFacts& facts);

// The dossier with what this visit brought.
Dossier with_part(const Case& state, const case_command::Part& brought);

// Pure. Counts one version.
Case apply(Case state, const CaseEvent& event);

// What this person may do now, for the buttons of the screen. Rules over the register are not asked here.
std::vector<CaseAction> allowed_actions(const Case& state, const Actor& actor, bool reviewer_may_be_acceptor);

// If-Match: the case stands as the person last saw it. Answers already_registered (who and when) when the loser of a
// race wanted to enter, otherwise changed_meanwhile with who changed it and how.
Result<void> check_version(const Case& state, std::int64_t seen, CaseAction action);

// The table as Markdown with a diagram: the text of docs/case-states.md.
std::string case_states_document();

}  // namespace tongban
