#include "modules/cases/core/case.h"

#include <algorithm>

#include "base/text_table.h"

namespace tongban {
namespace {

using enum CaseState;

constexpr TextTable<CaseState, 12> states{{{
    {draft, "draft"},
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
}}};

constexpr TextTable<CaseState, 12> state_names{{{
    {draft, "草稿"},
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
}}};

constexpr TextTable<CaseAction, 19> actions{{{
    {CaseAction::open, "open"},
    {CaseAction::file, "file"},
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
    {CaseAction::recompute_clock, "recompute_clock"},
    {CaseAction::record_payment, "record_payment"},
    {CaseAction::enter, "register"},
    {CaseAction::note_certificate, "note_certificate"},
    {CaseAction::cancel, "cancel"},
}}};

constexpr TextTable<CaseQueue, 8> queues{{{
    {CaseQueue::none, "none"},
    {CaseQueue::acceptance, "acceptance"},
    {CaseQueue::review, "review"},
    {CaseQueue::payment, "payment"},
    {CaseQueue::registration, "registration"},
    {CaseQueue::supplement, "supplement"},
    {CaseQueue::suspended, "suspended"},
    {CaseQueue::done, "done"},
}}};

}  // namespace

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
    case filed: return CaseQueue::acceptance;
    case CaseState::supplement: return CaseQueue::supplement;
    case accepted: return CaseQueue::review;
    case awaiting_payment: return CaseQueue::payment;
    case paid: return CaseQueue::registration;
    case CaseState::suspended: return CaseQueue::suspended;
    case not_accepted:
    case registered:
    case refused:
    case withdrawn: return CaseQueue::done;
    }
    throw BrokenInvariant("a case state without a queue");
}

bool is_final(CaseState state)
{
    const CaseQueue queue = queue_of(state);
    return queue == CaseQueue::done || state == cancelled;
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

Millis waiting_since(const Case& subject)
{
    if (subject.state != filed) return 0;
    const auto last = std::find_if(subject.timeline.rbegin(), subject.timeline.rend(),
                                   [](const CaseProgress& step) { return step.what == "filed"; });
    return last == subject.timeline.rend() ? subject.filed_at : last->at;
}

}  // namespace tongban
