#include "modules/cases/core/case.h"

#include <algorithm>

#include "base/record.h"
#include "base/text_table.h"
#include "modules/materials/core/missing.h"

namespace tongban {
namespace {

using enum CaseState;

constexpr TextTable<CaseState, 14> states{{{
    {draft, "draft"},
    {collecting, "collecting"},
    {filed, "filed"},
    {CaseState::supplement, "supplement"},
    {not_accepted, "not_accepted"},
    {accepted, "accepted"},
    {awaiting_payment, "awaiting_payment"},
    {paid, "paid"},
    {CaseState::suspended, "suspended"},
    {registered, "registered"},
    {refused, "refused"},
    {withdrawn, "withdrawn"},
    {cancelled, "cancelled"},
    {expired, "expired"},
}}};

constexpr TextTable<CaseState, 14> state_names{{{
    {draft, "草稿"},
    {collecting, "待齐"},
    {filed, "待受理"},
    {CaseState::supplement, "待补正"},
    {not_accepted, "不予受理"},
    {accepted, "已受理，待审核"},
    {awaiting_payment, "待缴费"},
    {paid, "已缴费，待登簿"},
    {CaseState::suspended, "已暂停"},
    {registered, "已登簿"},
    {refused, "不予登记"},
    {withdrawn, "已撤回"},
    {cancelled, "已取消"},
    {expired, "已过期"},
}}};

constexpr TextTable<CaseAction, 31> actions{{{
    {CaseAction::open, "open"},
    {CaseAction::open_part, "open_part"},
    {CaseAction::take_part, "take_part"},
    {CaseAction::file, "file"},
    {CaseAction::set_aside_part, "set_aside_part"},
    {CaseAction::cancel_part, "cancel_part"},
    {CaseAction::end_collecting, "end_collecting"},
    {CaseAction::expire_collecting, "expire_collecting"},
    {CaseAction::accept, "accept"},
    {CaseAction::refuse_acceptance, "refuse_acceptance"},
    {CaseAction::request_supplement, "request_supplement"},
    {CaseAction::approve, "approve"},
    {CaseAction::refuse, "refuse"},
    {CaseAction::withdraw, "withdraw"},
    {CaseAction::ask_withdrawal, "ask_withdrawal"},
    {CaseAction::expire_supplement, "expire_supplement"},
    {CaseAction::suspend, "suspend"},
    {CaseAction::resume, "resume"},
    {CaseAction::seize, "seize"},
    {CaseAction::extend_clock, "extend_clock"},
    {CaseAction::stop_power, "stop_power"},
    {CaseAction::recompute_clock, "recompute_clock"},
    {CaseAction::record_payment, "record_payment"},
    {CaseAction::enter, "register"},
    {CaseAction::note_certificate, "note_certificate"},
    {CaseAction::cancel, "cancel"},
    {CaseAction::claim, "claim"},
    {CaseAction::release, "release"},
    {CaseAction::assign, "assign"},
    {CaseAction::add_note, "add_note"},
    {CaseAction::answer_checklist, "answer_checklist"},
}}};

constexpr TextTable<CaseQueue, 9> queues{{{
    {CaseQueue::none, "none"},
    {CaseQueue::collecting, "collecting"},
    {CaseQueue::acceptance, "acceptance"},
    {CaseQueue::review, "review"},
    {CaseQueue::payment, "payment"},
    {CaseQueue::registration, "registration"},
    {CaseQueue::supplement, "supplement"},
    {CaseQueue::suspended, "suspended"},
    {CaseQueue::done, "done"},
}}};

constexpr TextTable<PartState, 4> part_states{{{
    {PartState::open, "open"},
    {PartState::pushed, "pushed"},
    {PartState::cancelled, "cancelled"},
    {PartState::unused, "unused"},
}}};

}  // namespace

std::string_view to_text(PartState state)
{
    return part_states.text(state);
}
std::string_view to_text(CaseState state)
{
    return states.text(state);
}
std::string_view to_text(CaseAction action)
{
    return actions.text(action);
}
std::string_view to_text(CaseQueue queue)
{
    return queues.text(queue);
}
const CaseState* find_case_state(std::string_view text)
{
    return states.find(text);
}
const CaseQueue* find_case_queue(std::string_view text)
{
    return queues.find(text);
}
std::string_view chinese(CaseState state)
{
    return state_names.text(state);
}

CaseQueue queue_of(CaseState state)
{
    switch (state) {
    case draft:
    case cancelled: return CaseQueue::none;
    case CaseState::collecting: return CaseQueue::collecting;
    case filed: return CaseQueue::acceptance;
    case CaseState::supplement: return CaseQueue::supplement;
    case accepted: return CaseQueue::review;
    case awaiting_payment: return CaseQueue::payment;
    case paid: return CaseQueue::registration;
    case CaseState::suspended: return CaseQueue::suspended;
    case not_accepted:
    case registered:
    case refused:
    case withdrawn:
    case expired: return CaseQueue::done;
    }
    throw BrokenInvariant("a case state without a queue");
}

bool is_final(CaseState state)
{
    const CaseQueue queue = queue_of(state);
    return queue == CaseQueue::done || state == cancelled;
}

CasePart part_of(const CaseOrigin& origin, Millis opened_at)
{
    CasePart part;
    part.collecting = origin.collecting;
    part.collection_id = origin.collection_id;
    part.collection_number = origin.collection_number;
    part.clerk = origin.clerk;
    part.channel = origin.channel;
    part.opened_at = opened_at;
    return part;
}

const CasePart& origin_of(const Case& subject)
{
    TONGBAN_ASSERT(!subject.parts.empty());
    return subject.parts.front();
}

const CasePart* find_part(const Case& subject, std::string_view collection_id)
{
    const auto found = std::ranges::find(subject.parts, collection_id, &CasePart::collection_id);
    return found == subject.parts.end() ? nullptr : &*found;
}

bool is_joint(const Case& subject)
{
    return subject.parts.size() > 1 || has_parties_elsewhere(subject.dossier);
}

std::string application_day(const Case& subject)
{
    return china_date(subject.applied_at != 0 ? subject.applied_at : subject.filed_at);
}

std::vector<std::string> missing_for_filing(const Dossier& dossier, const Item& item, const std::string& day)
{
    std::vector<std::string> texts;
    for (Missing& line : missing_of(dossier, item, day)) texts.push_back(std::move(line.text));
    return texts;
}

Case case_from_text(std::string_view body)
{
    boost::json::value stored = boost::json::parse(body);
    boost::json::object& members = stored.as_object();
    if (const boost::json::value* begun = members.if_contains("origin")) {
        const auto origin = record_from<CaseOrigin>(*begun);
        members.erase("origin");
        Case subject = record_from<Case>(stored);
        CasePart part = part_of(origin, subject.timeline.empty() ? 0 : subject.timeline.front().at);
        for (const CaseProgress& step : subject.timeline) {
            if (step.what == "filed") part.pushed_at = step.at;
        }
        if (part.pushed_at != 0) part.state = PartState::pushed;
        if (part.pushed_at == 0 && subject.state == CaseState::cancelled) part.state = PartState::cancelled;
        part.package_digest = subject.package_digest;
        subject.applied_at = subject.filed_at;
        subject.parts.push_back(std::move(part));
        return subject;
    }
    return record_from<Case>(stored);
}

std::vector<const Party*> joint_applicants(const Case& subject)
{
    std::vector<const Party*> parties;
    for (const Participant& participant : subject.dossier.parties) {
        if (participant.party.represents.empty()) parties.push_back(&participant.party);
    }
    return parties;
}

std::vector<const Party*> still_applying(const Case& subject)
{
    std::vector<const Party*> parties = joint_applicants(subject);
    std::erase_if(parties, [&](const Party* party) {
        return std::ranges::find(subject.withdrawal_requests, party->id, &WithdrawalRequest::party) !=
               subject.withdrawal_requests.end();
    });
    return parties;
}

std::vector<std::string> workers_of(const Case& subject)
{
    std::vector<std::string> accounts;
    const auto add = [&](const std::string& account) {
        if (std::ranges::find(accounts, account) == accounts.end()) accounts.push_back(account);
    };
    if (subject.claim) add(subject.claim->account);
    if (subject.acceptance) add(subject.acceptance->stamp.account);
    if (subject.supplement) add(subject.supplement->stamp.account);
    if (subject.review) add(subject.review->stamp.account);
    if (subject.suspension) add(subject.suspension->stamp.account);
    if (subject.outcome) add(subject.outcome->stamp.account);
    if (subject.entry) add(subject.entry->stamp.account);
    return accounts;
}

Millis waiting_since(const Case& subject)
{
    if (subject.state != filed) return 0;
    const auto last = std::find_if(subject.timeline.rbegin(), subject.timeline.rend(),
                                   [](const CaseProgress& step) { return step.what == "filed"; });
    return last == subject.timeline.rend() ? subject.filed_at : last->at;
}

}  // namespace tongban
