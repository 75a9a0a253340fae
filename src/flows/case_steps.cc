#include "flows/case_steps.h"

#include <algorithm>
#include <optional>
#include <set>

#include "flows/own_cases.h"
#include "flows/package.h"

namespace tongban {
namespace {

constexpr Millis day_length = 24LL * 60 * 60 * 1000;

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
    case CaseAction::suspend:
    case CaseAction::stop_power: return NoticeKind::case_suspended;
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
    case CaseAction::open_part:
    case CaseAction::take_part:  // those who are missing get a code instead: call_parties()
    case CaseAction::set_aside_part:
    case CaseAction::cancel_part:
    case CaseAction::cancel:
    case CaseAction::claim:
    case CaseAction::release:
    case CaseAction::assign:
    case CaseAction::add_note:
    case CaseAction::answer_checklist: return std::nullopt;
    case CaseAction::end_collecting: return NoticeKind::application_ended;
    case CaseAction::expire_collecting: return NoticeKind::application_expired;
    }
    throw BrokenInvariant("a case action without a word on its notice");
}

}  // namespace

Result<Case> CaseSteps::take(Sql& sql, const Case& loaded, const CaseCommand& command, const CaseFacts& facts)
{
    Case now = TRY(cases_.act(sql, loaded, command, facts));
    call_parties(sql, now, action_of(command), facts.now);
    tell_visits(sql, now, facts.now);
    tell_people(sql, now, facts.now);
    tell_parties(sql, loaded, now, action_of(command));
    return now;
}

void CaseSteps::tell_visits(Sql& sql, const Case& now, Millis at)
{
    const ToldCase told = told_of(now, catalog_);
    for (const CasePart& part : now.parts) {
        // Who cancelled knows it; only the end of the case itself reaches a single visit that did.
        if (part.state == PartState::cancelled && now.parts.size() > 1 && !is_final(now.state)) continue;
        outbox_.post(sql, now.agency, part.collecting, message_kind::case_progress,
                     record_text(CaseProgressMessage{part.collection_id, told}), at);
    }
}

CalledParty CaseSteps::call_party(Sql& sql, const Case& subject, const std::string& principal, Millis now)
{
    const bool later = subject.state == CaseState::supplement;
    CalledParty called;
    called.until = later && subject.supplement ? subject.supplement->due_on : subject.last_day;
    if (called.until.empty()) called.until = china_date(now + collecting_days_usual * day_length);
    called.code = codes_.renew(sql, subject.agency, subject.number, principal, called.until, now);
    const Registry* home = catalog_.find_registry(subject.agency);
    const Result<const Item*> item = catalog_.item_version(subject.item, subject.catalog_version);
    NoticeValues values{
        {"home",        home == nullptr ? std::string{} : home->name},
        {"case_number", subject.number                              },
        {"code",        called.code                                 },
        {"until",       called.until                                }
    };
    std::set<std::string> phones;
    for (const Participant& participant : subject.dossier.parties) {
        const Party& party = participant.party;
        if (principal_of(party) != principal || party.phone_sealed.empty()) continue;
        if (!phones.insert(party.phone_digest).second) continue;
        called.sent_to += (called.sent_to.empty() ? "" : "、") + party.phone_masked;
        if (!later) {
            values["name"] = party.name;
            values["item"] = item ? (*item)->name : subject.item;
        }
        notices_.queue(sql, subject.agency, party.phone_sealed,
                       later ? NoticeKind::supplement_code : NoticeKind::party_called, values, subject.number);
    }
    return called;
}

// Whoever is still to come gets his code with the first part; a supplement may be given anywhere (H22). What is whole
// needs no code any more.
void CaseSteps::call_parties(Sql& sql, const Case& now, CaseAction action, Millis at)
{
    if (action == CaseAction::file) return CaseCodes::forget(sql, now.agency, now.number);
    const bool supplement = action == CaseAction::request_supplement;
    if (action != CaseAction::take_part && !supplement) return;
    for (const Participant& participant : now.dossier.parties) {
        const Party& party = participant.party;
        if (party.acts()) continue;
        const bool missing = std::ranges::any_of(now.dossier.parties, [&](const Participant& other) {
            return principal_of(other.party) == party.id && !is_verified(other.party);
        });
        if (!supplement && !missing) {
            CaseCodes::forget(sql, now.agency, now.number, party.id);
        } else if (supplement || !CaseCodes::made_at(sql, now.agency, now.number, party.id)) {
            call_party(sql, now, party.id, at);
        }
    }
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
