#include "flows/case_steps.h"

#include <optional>
#include <set>

#include "flows/own_cases.h"
#include "flows/package.h"

namespace tongban {
namespace {

// SMS that goes with a step; nothing for steps that are not worth one.
std::optional<NoticeKind> notice_of(CaseAction action, const Case& before, const Case& now)
{
    switch (action) {
    case CaseAction::file: return NoticeKind::case_received;
    case CaseAction::accept: return NoticeKind::case_accepted;
    case CaseAction::refuse_acceptance: return NoticeKind::case_not_accepted;
    case CaseAction::request_supplement: return NoticeKind::supplement_requested;
    case CaseAction::approve: return NoticeKind::fee_due;
    case CaseAction::refuse: return NoticeKind::case_refused;
    case CaseAction::withdraw:
        return now.state == CaseState::withdrawn ? NoticeKind::case_withdrawn : NoticeKind::withdrawal_asked;
    case CaseAction::ask_withdrawal: return NoticeKind::withdrawal_asked;
    case CaseAction::expire_supplement: return NoticeKind::case_not_accepted;
    case CaseAction::suspend: return NoticeKind::case_suspended;
    case CaseAction::resume: return NoticeKind::case_resumed;
    case CaseAction::seize:
        if (now.state != CaseState::suspended) return NoticeKind::unit_seized;
        return before.state == CaseState::suspended ? NoticeKind::unit_seized : NoticeKind::case_suspended;
    case CaseAction::extend_clock:
    case CaseAction::recompute_clock:
        if (before.due_on == now.due_on) return std::nullopt;
        return NoticeKind::due_changed;
    case CaseAction::record_payment: return NoticeKind::case_paid;
    case CaseAction::enter: return NoticeKind::case_registered;
    case CaseAction::open:
    case CaseAction::note_certificate:
    case CaseAction::cancel: return std::nullopt;
    }
    throw BrokenInvariant("a case action without a word on its notice");
}

}  // namespace

Result<Case> CaseSteps::take(Sql& sql, const Case& loaded, const CaseCommand& command, const CaseFacts& facts)
{
    Case now = TRY(cases_.act(sql, loaded, command, facts));
    tell_window(sql, now, facts.now);
    tell_people(sql, now, facts.now);
    tell_parties(sql, loaded, now, action_of(command));
    return now;
}

void CaseSteps::tell_window(Sql& sql, const Case& now, Millis at)
{
    outbox_.post(sql, now.agency, now.origin.collecting, message_kind::case_progress, record_text(progress_of(now)),
                 at);
}

// A draft without parties is nobody's yet.
void CaseSteps::tell_people(Sql& sql, const Case& now, Millis at)
{
    CasePeopleMessage message = people_of(now, catalog_, at);
    if (message.people.empty()) return;
    outbox_.post(sql, now.agency, province_of(now.agency), case_people_kind, record_text(message), at);
}

void CaseSteps::tell_parties(Sql& sql, const Case& before, const Case& now, CaseAction action)
{
    const std::optional<NoticeKind> kind = notice_of(action, before, now);
    if (!kind) return;
    const bool of_money = action == CaseAction::approve || action == CaseAction::record_payment;
    if (of_money && now.bill_id.empty()) return;  // nothing was charged: nothing to tell
    const Registry* home = catalog_.find_registry(now.agency);
    NoticeValues values{
        {"home",      home == nullptr ? std::string{} : home->name},
        {"case_tail", case_tail(now.number)                       }
    };
    const bool promises =
        *kind == NoticeKind::case_accepted || *kind == NoticeKind::case_resumed || *kind == NoticeKind::due_changed;
    if (promises) values["due_on"] = now.due_on;
    std::set<std::string> told;  // one message per phone
    for (const Participant& participant : now.dossier.parties) {
        const Party& party = participant.party;
        if (party.phone_sealed.empty() || !told.insert(party.phone_digest).second) continue;
        notices_.queue(sql, now.agency, party.phone_sealed, *kind, values, now.number);
    }
}

CaseFacts platform_facts(Millis now)
{
    CaseFacts facts;
    facts.platform = true;
    facts.now = now;
    return facts;
}

}  // namespace tongban
