#pragma once
// A case 办件: the application at the home registry, from the draft to the entry. Every legal act happens on it, and
// only people of the home registry act (domain.md 0.3: collecting is not accepting).

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"
#include "base/stamp.h"
#include "modules/calendar/core/clock_ledger.h"
#include "modules/cases/core/case_desk.h"
#include "modules/materials/core/dossier.h"
#include "modules/materials/core/visits.h"

namespace tongban {

enum class CaseState {
    draft,             // 草稿: being collected
    collecting,        // 待齐: handed in in part; waits for parties at other places (domain.md 1.13 PARTIAL)
    filed,             // 待受理
    supplement,        // 待补正
    not_accepted,      // 不予受理
    accepted,          // 已受理, to be reviewed
    awaiting_payment,  // 待缴费
    paid,              // 已缴费, to be entered
    suspended,         // 已暂停: an announcement, a dispute, a seizure …; goes on where it stood
    registered,        // 已登簿
    refused,           // 不予登记
    withdrawn,         // 已撤回
    cancelled,         // 已取消: the sitting ended without a push, or a party ended it before all were there
    expired            // 已过期: somebody never came
};
BOOST_DESCRIBE_ENUM(CaseState, draft, collecting, filed, supplement, not_accepted, accepted, awaiting_payment, paid,
                    suspended, registered, refused, withdrawn, cancelled, expired)

enum class CaseAction {
    open,
    open_part,       // another visit joined
    take_part,       // it handed in its part; others are still missing
    file,            // the application is whole
    set_aside_part,  // it came when the case no longer took anything
    cancel_part,
    end_collecting,     // a party whose part is in ends it
    expire_collecting,  // somebody never came
    accept,
    refuse_acceptance,
    request_supplement,
    approve,
    refuse,
    withdraw,
    ask_withdrawal,     // one applicant asks; it takes all of them
    expire_supplement,  // the period ran out
    suspend,
    resume,
    seize,  // a court document reached the registry
    extend_clock,
    stop_power,  // a standing power under which it was filed was revoked
    recompute_clock,
    record_payment,
    enter,  // 登簿; "register" on the wire
    note_certificate,
    cancel,
    claim,    // 领取; this and what follows moves no case
    release,  // 放回
    assign,   // 改派
    add_note,
    answer_checklist
};

// Where a case waits. Column `queue` of the table; `none` is not worth a list.
enum class CaseQueue { none, collecting, acceptance, review, payment, registration, supplement, suspended, done };

std::string_view to_text(CaseState state);
std::string_view to_text(CaseAction action);
std::string_view to_text(CaseQueue queue);
const CaseState* find_case_state(std::string_view text);
const CaseQueue* find_case_queue(std::string_view text);
std::string_view chinese(CaseState state);
CaseQueue queue_of(CaseState state);
bool is_final(CaseState state);

struct SupplementLine {
    std::string line;  // code of a material line; may be empty
    std::string text;
    std::string reason;     // code of return_reasons()
    std::string rule = {};  // number of the rule or id of the question it rests on; may be empty
};
BOOST_DESCRIBE_STRUCT(SupplementLine, (), (line, text, reason, rule))

struct CaseDecision {
    Stamp stamp;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(CaseDecision, (), (stamp, remark))

struct CaseSupplement {
    Stamp stamp;
    std::vector<SupplementLine> lines;
    std::string due_on;  // the last day to give it; after that the case is not accepted
};
BOOST_DESCRIBE_STRUCT(CaseSupplement, (), (stamp, lines, due_on))

struct CaseOutcome {
    std::string kind;  // not_accepted, refused, withdrawn
    std::string ground;
    std::string reason;
    Stamp stamp;
    std::string code;      // of return_reasons(); empty for a withdrawal
    Agency competent = 0;  // the registry that has the unit, when this one has not (条例 17)
    std::string competent_name;
    std::vector<std::string> cites = {};  // rules and questions of the checklist that it rests on
};
BOOST_DESCRIBE_STRUCT(CaseOutcome, (), (kind, ground, reason, stamp, code, competent, competent_name, cites))

// 暂停: why the home registry may not go on for the time being. The clock stands still.
struct CaseSuspension {
    Stamp stamp;
    std::string reason;                    // announcement, dispute, seizure, tax, agency, other
    std::string legal;                     // law and article
    std::string document;                  // what proves it; may be empty
    CaseState from = CaseState::accepted;  // where it goes on
};
BOOST_DESCRIBE_STRUCT(CaseSuspension, (), (stamp, reason, legal, document, from))

// One applicant wants the application back. It is back when all joint applicants do (实施细则 13; H02).
struct WithdrawalRequest {
    Stamp stamp;
    std::string party;  // id within the dossier
    std::string name;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawalRequest, (), (stamp, party, name, reason))

// The register record that the case made.
struct CaseEntry {
    std::int64_t mortgage_order = 0;
    std::string certificate_number;
    Stamp stamp;  // the registrar 登簿人 and the moment of legal effect
};
BOOST_DESCRIBE_STRUCT(CaseEntry, (), (mortgage_order, certificate_number, stamp))

// One line of the timeline, in plain words.
struct CaseProgress {
    Millis at = 0;
    std::string what;  // type of the event
    std::string text;
    std::string by;
};
BOOST_DESCRIBE_STRUCT(CaseProgress, (), (at, what, text, by))

// Where and by whom it was begun, as the first visit tells it.
struct CaseOrigin {
    Agency collecting = 0;
    std::string collection_id;
    std::string collection_number;
    std::string clerk;
    VisitChannel channel = VisitChannel::window;
};
BOOST_DESCRIBE_STRUCT(CaseOrigin, (), (collecting, collection_id, collection_number, clerk, channel))

// One visit that the case is collected by; the first is where it was begun. `unused`: the application ended before it
// was whole, or the part came too late. The evidence stays.
enum class PartState { open, pushed, cancelled, unused };
BOOST_DESCRIBE_ENUM(PartState, open, pushed, cancelled, unused)
std::string_view to_text(PartState state);

struct CasePart {
    Agency collecting = 0;
    std::string collection_id;
    std::string collection_number;
    std::string clerk;  // of the window; online the person himself
    VisitChannel channel = VisitChannel::window;
    PartState state = PartState::open;
    Millis opened_at = 0;
    Millis pushed_at = 0;
    std::string package_digest;
    std::vector<std::string> handed_in_by;  // names, of visits that only brought materials
};
BOOST_DESCRIBE_STRUCT(CasePart, (),
                      (collecting, collection_id, collection_number, clerk, channel, state, opened_at, pushed_at,
                       package_digest, handed_in_by))

struct Case {
    Agency agency = 0;  // home registry
    std::string id;
    std::string number;        // TB…
    std::int64_t version = 0;  // events so far
    CaseState state = CaseState::draft;
    std::string item;
    std::string catalog_version;  // pinned when the draft was opened (domain.md 2.14)
    std::vector<CasePart> parts;  // never empty once it is opened
    Dossier dossier;
    std::string package_digest;  // of the last package taken
    Millis applied_at = 0;       // when the first part came: capacity is judged on that day (H04)
    std::string last_day;        // until which it waits for the others, while it collects
    std::string location;        // of the unit, as the register said at filing
    std::string use;             // home, other; decides the fee
    std::optional<CaseDecision> acceptance;
    std::vector<std::string>
        confirmed;  // ids of the rules that did not pass at acceptance and that its remark confirms
    std::optional<CaseDecision> review;
    std::optional<CaseSupplement> supplement;  // the last one asked for; kept for the document
    std::optional<CaseOutcome> outcome;
    std::optional<CaseEntry> entry;
    std::string entry_remark;                  // confirms what did not pass at the entry and had passed at acceptance
    std::string due_on;                        // promised day; empty before acceptance
    ClockLedger clock;                         // every act on the time the registry has; empty before acceptance
    std::string calendar;                      // the working days that due_on was counted with
    std::optional<CaseSuspension> suspension;  // while suspended
    std::vector<WithdrawalRequest> withdrawal_requests;
    std::string bill_id;
    Millis filed_at = 0;
    Stamp last;              // who changed it last
    std::string last_event;  // and how
    std::vector<CaseProgress> timeline;
    std::optional<CaseClaim> claim;
    std::vector<CaseProgress> desk;  // the timeline inside the house: claims, assignments
    std::vector<CaseNote> notes;
    std::vector<ChecklistAnswer> checklist;  // about the package taken last
};
BOOST_DESCRIBE_STRUCT(Case, (),
                      (agency, id, number, version, state, item, catalog_version, parts, dossier, package_digest,
                       applied_at, last_day, location, use, acceptance, confirmed, review, supplement, outcome, entry,
                       entry_remark, due_on, clock, calendar, suspension, withdrawal_requests, bill_id, filed_at, last,
                       last_event, timeline, claim, desk, notes, checklist))

CasePart part_of(const CaseOrigin& origin, Millis opened_at);
// Where it was begun.
const CasePart& origin_of(const Case& subject);
const CasePart* find_part(const Case& subject, std::string_view collection_id);
// Made whole, or to be made whole, by more visits than one.
bool is_joint(const Case& subject);
// The day on which capacity and the like are judged, 2026-11-24.
std::string application_day(const Case& subject);
// Is the dossier, as it would stand, whole? What is missing otherwise, in words.
std::vector<std::string> missing_for_filing(const Dossier& dossier, const Item& item, const std::string& day);
// A case as it was stored, also before it had parts.
Case case_from_text(std::string_view body);

// The people and organisations the application belongs to, without those who only speak for them.
std::vector<const Party*> joint_applicants(const Case& subject);
// Those who have not asked for the withdrawal.
std::vector<const Party*> still_applying(const Case& subject);
// Accounts that have decided something on the case or have it now.
std::vector<std::string> workers_of(const Case& subject);
// When the package that waits for an answer came; 0 when none waits.
Millis waiting_since(const Case& subject);

}  // namespace tongban
