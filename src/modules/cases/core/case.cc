#include "modules/cases/core/case.h"

#include "base/text_table.h"

namespace tongban {
namespace {

using enum CaseState;

constexpr TextTable<CaseState, 11> states{{{
    {draft, "draft"},
    {filed, "filed"},
    {CaseState::supplement, "supplement"},
    {not_accepted, "not_accepted"},
    {accepted, "accepted"},
    {awaiting_payment, "awaiting_payment"},
    {paid, "paid"},
    {registered, "registered"},
    {refused, "refused"},
    {withdrawn, "withdrawn"},
    {cancelled, "cancelled"},
}}};

constexpr TextTable<CaseState, 11> state_names{{{
    {draft, "草稿"},
    {filed, "待受理"},
    {CaseState::supplement, "待补正"},
    {not_accepted, "不予受理"},
    {accepted, "已受理，待审核"},
    {awaiting_payment, "待缴费"},
    {paid, "已缴费，待登簿"},
    {registered, "已登簿"},
    {refused, "不予登记"},
    {withdrawn, "已撤回"},
    {cancelled, "已取消"},
}}};

constexpr TextTable<CaseAction, 12> actions{{{
    {CaseAction::open, "open"},
    {CaseAction::file, "file"},
    {CaseAction::accept, "accept"},
    {CaseAction::refuse_acceptance, "refuse_acceptance"},
    {CaseAction::request_supplement, "request_supplement"},
    {CaseAction::approve, "approve"},
    {CaseAction::refuse, "refuse"},
    {CaseAction::withdraw, "withdraw"},
    {CaseAction::record_payment, "record_payment"},
    {CaseAction::enter, "register"},
    {CaseAction::note_certificate, "note_certificate"},
    {CaseAction::cancel, "cancel"},
}}};

constexpr TextTable<CaseQueue, 7> queues{{{
    {CaseQueue::none, "none"},
    {CaseQueue::acceptance, "acceptance"},
    {CaseQueue::review, "review"},
    {CaseQueue::payment, "payment"},
    {CaseQueue::registration, "registration"},
    {CaseQueue::supplement, "supplement"},
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

}  // namespace tongban
