#include "modules/cases/core/desk.h"

#include <algorithm>

#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

constexpr std::size_t notes_max = 200;

std::vector<CaseEvent> one(CaseEvent event)
{
    std::vector<CaseEvent> events;
    events.push_back(std::move(event));
    return events;
}

// Review and entry are not for the person who accepted (实施细则, four eyes).
bool accepted_himself(const Case& state, const std::string& account, bool reviewer_may_be_acceptor)
{
    const CaseQueue queue = queue_of(state.state);
    if (queue != CaseQueue::review && queue != CaseQueue::registration) return false;
    if (queue == CaseQueue::review && reviewer_may_be_acceptor) return false;
    return state.acceptance && state.acceptance->stamp.account == account;
}

Result<Duty> waiting_duty(const Case& state)
{
    const Duty duty = duty_of(queue_of(state.state));
    if (duty != Duty::anyone) return duty;
    return Error{cases_problem::action_not_allowed,
                 "办件当前为“" + std::string(chinese(state.state)) + "”，不在任何岗位的待办中"}
        .with("state", std::string(to_text(state.state)));
}

bool is_staff_of(const Case& state, const Actor& actor)
{
    if (actor.agency != state.agency || actor.account.empty()) return false;
    return actor.holds(Duty::acceptor) || actor.holds(Duty::reviewer) || actor.holds(Duty::registrar) ||
           actor.holds(Duty::supervisor);
}

struct DeskMaker {
    const Case& state;
    const CaseFacts& facts;
    const Stamp& stamp;
    using Events = Result<std::vector<CaseEvent>>;

    Result<Duty> own_queue() const
    {
        const Duty duty = TRY(waiting_duty(state));
        if (facts.actor.agency != state.agency || !facts.actor.holds(duty)) return Error{cases_problem::wrong_duty};
        return duty;
    }
    case_event::Claimed claimed() const { return {stamp, facts.place, facts.phone}; }

    Events operator()(const case_command::Claim&) const
    {
        TRY(own_queue());
        TRY(check_claim(state, facts.actor));
        if (state.claim) return std::vector<CaseEvent>{};
        if (accepted_himself(state, facts.actor.account, facts.reviewer_may_be_acceptor))
            return Error{cases_problem::same_person}.with("accepted_by", state.acceptance->stamp.name);
        return one(claimed());
    }
    Events operator()(const case_command::Release& c) const
    {
        if (facts.actor.agency != state.agency) return Error{cases_problem::wrong_duty};
        if (!state.claim) return Error{cases_problem::not_claimed};
        if (claimed_by_another(state, facts.actor)) {
            if (!facts.actor.holds(Duty::supervisor)) return check_claim(state, facts.actor).error();
            if (c.reason.empty()) return Error{cases_problem::desk_reason_needed};
        }
        return one(case_event::Released{stamp, c.reason});
    }
    Events operator()(const case_command::Assign& c) const
    {
        TRY(waiting_duty(state));
        if (facts.actor.agency != state.agency || !facts.actor.holds(Duty::supervisor))
            return Error{cases_problem::wrong_duty};
        if (!c.fit) return Error{cases_problem::assignee_unfit, c.name};
        if (c.reason.empty()) return Error{cases_problem::desk_reason_needed};
        if (accepted_himself(state, c.account, facts.reviewer_may_be_acceptor))
            return Error{cases_problem::same_person}.with("accepted_by", state.acceptance->stamp.name);
        if (state.claim && state.claim->account == c.account) return std::vector<CaseEvent>{};
        return one(case_event::Assigned{stamp, c.account, c.name, c.place, c.phone, c.reason});
    }
    Events operator()(const case_command::AddNote& c) const
    {
        if (!is_staff_of(state, facts.actor)) return Error{cases_problem::wrong_duty};
        if (state.notes.size() >= notes_max) return Error{cases_problem::too_many_notes};
        return one(case_event::NoteAdded{stamp, c.text});
    }
    Events operator()(const case_command::AnswerChecklist& c) const
    {
        const Duty duty = TRY(own_queue());
        if (duty != Duty::acceptor && duty != Duty::reviewer) return Error{cases_problem::action_not_allowed};
        TRY(check_claim(state, facts.actor));
        if (accepted_himself(state, facts.actor.account, facts.reviewer_may_be_acceptor))
            return Error{cases_problem::same_person}.with("accepted_by", state.acceptance->stamp.name);
        case_event::ChecklistAnswered answered{stamp, c.answers};
        for (ChecklistAnswer& answer : answered.answers) {
            answer.stamp = stamp;
            answer.duty = to_text(duty);
        }
        std::vector<CaseEvent> events;
        if (!state.claim) events.emplace_back(claimed());
        events.emplace_back(std::move(answered));
        return events;
    }
    template <class Other>
    Events operator()(const Other&) const
    {
        throw BrokenInvariant("no work of the desk");
    }
};

void note(Case& state, const Stamp& stamp, std::string_view what, std::string text)
{
    state.last = stamp;
    state.last_event = what;
    state.desk.push_back({stamp.at, std::string(what), std::move(text), stamp.name});
}

}  // namespace

Duty duty_of(CaseQueue queue)
{
    switch (queue) {
    case CaseQueue::acceptance: return Duty::acceptor;
    case CaseQueue::review:
    case CaseQueue::suspended: return Duty::reviewer;
    case CaseQueue::registration: return Duty::registrar;
    case CaseQueue::none:
    case CaseQueue::collecting:
    case CaseQueue::payment:
    case CaseQueue::supplement:
    case CaseQueue::done: return Duty::anyone;
    }
    throw BrokenInvariant("a queue without a word on whose work it is");
}

bool is_desk_work(CaseAction action)
{
    return action == CaseAction::claim || action == CaseAction::release || action == CaseAction::assign ||
           action == CaseAction::add_note || action == CaseAction::answer_checklist;
}

bool claimed_by_another(const Case& state, const Actor& actor)
{
    return state.claim && state.claim->account != actor.account;
}

Result<void> check_claim(const Case& state, const Actor& actor)
{
    if (!claimed_by_another(state, actor)) return {};
    const CaseClaim& claim = *state.claim;
    std::string where = claim.place;
    if (!claim.phone.empty()) where += (where.empty() ? "" : "，") + ("电话 " + claim.phone);
    return Error{cases_problem::claimed, claim.name + (where.empty() ? "" : "（" + where + "）") + "自" +
                                             china_date_time(claim.stamp.at) + "起办理该办件"}
        .with("claimed_by", claim.name)
        .with("claimed_at", utc_text(claim.stamp.at));
}

Result<void> check_answered(const Case& state, Duty duty, const std::vector<std::string>& questions)
{
    std::vector<FieldError> open;
    for (const std::string& question : questions) {
        const bool answered = std::ranges::any_of(state.checklist, [&](const ChecklistAnswer& answer) {
            return answer.question == question && answer.duty == to_text(duty);
        });
        if (!answered) open.push_back({"/checklist/" + question, "required", "尚未作出判断"});
    }
    if (open.empty()) return {};
    std::string left = "还有 " + std::to_string(open.size()) + " 项没有判断";
    return Error{cases_problem::checklist_open, std::move(left), std::move(open)};
}

std::vector<CaseEvent> with_claim(const Case& state, const CaseStep& step, const CaseFacts& facts, const Stamp& stamp,
                                  std::vector<CaseEvent> events)
{
    const CaseQueue queue = queue_of(state.state);
    if (facts.platform || state.claim || events.empty() || step.duty != duty_of(queue)) return events;
    Case after = state;
    for (const CaseEvent& event : events) after = apply(std::move(after), event);
    if (queue_of(after.state) == queue) events.emplace_back(case_event::Claimed{stamp, facts.place, facts.phone});
    return events;
}

Result<std::vector<CaseEvent>> decide_at_desk(const Case& state, const CaseCommand& command, const CaseFacts& facts,
                                              const Stamp& stamp)
{
    if (facts.platform) return Error{cases_problem::wrong_duty};
    return std::visit(DeskMaker{state, facts, stamp}, command);
}

std::vector<CaseAction> desk_actions(const Case& state, const Actor& actor)
{
    std::vector<CaseAction> actions;
    if (!is_staff_of(state, actor)) return actions;
    const CaseQueue queue = queue_of(state.state);
    const Duty duty = duty_of(queue);
    const bool waits = duty != Duty::anyone;
    const bool own = waits && actor.holds(duty) && !accepted_himself(state, actor.account, false);
    const bool supervises = actor.holds(Duty::supervisor);
    if (own && !state.claim) actions.push_back(CaseAction::claim);
    if (state.claim && (supervises || !claimed_by_another(state, actor))) actions.push_back(CaseAction::release);
    if (waits && supervises) actions.push_back(CaseAction::assign);
    actions.push_back(CaseAction::add_note);
    const bool reads_papers = queue == CaseQueue::acceptance || queue == CaseQueue::review;
    if (own && reads_papers && !claimed_by_another(state, actor)) actions.push_back(CaseAction::answer_checklist);
    return actions;
}

std::string last_words(const Case& state)
{
    if (state.last_event == case_event::NoteAdded::type) return "内部备注";
    if (state.last_event == case_event::ChecklistAnswered::type) return "审查清单";
    if (!state.desk.empty() && state.desk.back().what == state.last_event && state.desk.back().at == state.last.at)
        return state.desk.back().text;
    return state.timeline.empty() ? std::string{} : state.timeline.back().text;
}

void apply_at_desk(Case& state, const case_event::Claimed& event)
{
    state.claim = CaseClaim{event.stamp, event.stamp.account, event.stamp.name, event.place, event.phone};
    note(state, event.stamp, event.type, event.stamp.name + "领取");
}

void apply_at_desk(Case& state, const case_event::Released& event)
{
    const std::string owner = state.claim ? state.claim->name : std::string{};
    state.claim.reset();
    note(state, event.stamp, event.type,
         (owner == event.stamp.name ? owner + "放回待办" : event.stamp.name + "收回" + owner + "的办件") +
             (event.reason.empty() ? "" : "：" + event.reason));
}

void apply_at_desk(Case& state, const case_event::Assigned& event)
{
    const std::string from = state.claim ? "由" + state.claim->name : std::string{};
    state.claim = CaseClaim{event.stamp, event.account, event.name, event.place, event.phone};
    note(state, event.stamp, event.type, from + "改派给" + event.name + "：" + event.reason);
}

void apply_at_desk(Case& state, const case_event::NoteAdded& event)
{
    state.notes.push_back({event.stamp, event.text});
    state.last = event.stamp;
    state.last_event = event.type;
}

void apply_at_desk(Case& state, const case_event::ChecklistAnswered& event)
{
    for (const ChecklistAnswer& answer : event.answers) {
        std::erase_if(state.checklist, [&](const ChecklistAnswer& before) {
            return before.question == answer.question && before.duty == answer.duty;
        });
        state.checklist.push_back(answer);
    }
    state.last = event.stamp;
    state.last_event = event.type;
}

}  // namespace tongban
