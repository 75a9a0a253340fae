#include "modules/catalog/core/change.h"

#include <fmt/format.h>

#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<ChangeKind, 3> kinds{{{
    {ChangeKind::item, "item"},
    {ChangeKind::item_switch, "item_switch"},
    {ChangeKind::calendar, "calendar"},
}}};
constexpr TextTable<ChangeState, 4> states{{{
    {ChangeState::draft, "draft"},
    {ChangeState::in_review, "in_review"},
    {ChangeState::approved, "approved"},
    {ChangeState::withdrawn, "withdrawn"},
}}};
constexpr TextTable<ChangeAction, 5> actions{{{
    {ChangeAction::write, "write"},
    {ChangeAction::hand_in, "hand_in"},
    {ChangeAction::approve, "approve"},
    {ChangeAction::send_back, "send_back"},
    {ChangeAction::withdraw, "withdraw"},
}}};

// What may be done in which state. Withdrawing what was approved has one more rule: in_force_already.
struct Transition {
    ChangeState state;
    ChangeAction action;
};
constexpr Transition transitions[] = {
    {ChangeState::draft,     ChangeAction::write    },
    {ChangeState::draft,     ChangeAction::hand_in  },
    {ChangeState::draft,     ChangeAction::withdraw },
    {ChangeState::in_review, ChangeAction::approve  },
    {ChangeState::in_review, ChangeAction::send_back},
    {ChangeState::in_review, ChangeAction::withdraw },
    {ChangeState::approved,  ChangeAction::withdraw },
};

bool allowed(ChangeState state, ChangeAction action)
{
    for (const Transition& one : transitions) {
        if (one.state == state && one.action == action) return true;
    }
    return false;
}

bool in_force(const Change& change, Millis now)
{
    return change.state == ChangeState::approved && change.content.from <= china_date(now);
}

struct Decider {
    const Change& state;
    const ChangeFacts& facts;
    Stamp stamp{facts.now, facts.actor.account, facts.actor.name};

    Result<void> check(ChangeAction action) const
    {
        if (state.version == 0 || !allowed(state.state, action)) return Error{change_problem::action_not_allowed};
        return {};
    }
    // Four eyes: neither who wrote what stands there nor who handed it in.
    Result<void> another_person() const
    {
        const std::string& me = facts.actor.account;
        if (me == state.written.account || me == state.handed_in.account) return Error{change_problem::same_person};
        return {};
    }
    Result<void> fit() const
    {
        if (!state.content.from.empty() && state.content.from < china_date(facts.now)) {
            return Error{change_problem::from_in_the_past, "施行日期 " + state.content.from + " 已经过去"};
        }
        if (facts.faults.empty()) return {};
        return Error{change_problem::has_faults, fmt::format("{}", fmt::join(facts.faults, "\n"))};
    }
    static std::vector<ChangeEvent> one(ChangeEvent event) { return {std::move(event)}; }

    Result<std::vector<ChangeEvent>> operator()(const change_command::Draft& c) const
    {
        if (state.version != 0) return Error{change_problem::action_not_allowed};
        return one(change_event::Drafted{stamp, c.agency, c.id, c.kind, c.content});
    }
    Result<std::vector<ChangeEvent>> operator()(const change_command::Write& c) const
    {
        TRY(check(ChangeAction::write));
        return one(change_event::Written{stamp, c.content});
    }
    Result<std::vector<ChangeEvent>> operator()(const change_command::HandIn&) const
    {
        TRY(check(ChangeAction::hand_in));
        TRY(fit());
        return one(change_event::HandedIn{stamp});
    }
    Result<std::vector<ChangeEvent>> operator()(const change_command::Approve& c) const
    {
        TRY(check(ChangeAction::approve));
        TRY(another_person());
        TRY(fit());
        return one(change_event::Approved{stamp, c.remark, c.name, c.text, c.impact});
    }
    Result<std::vector<ChangeEvent>> operator()(const change_command::SendBack& c) const
    {
        TRY(check(ChangeAction::send_back));
        TRY(another_person());
        if (c.remark.empty()) return Error{change_problem::remark_needed};
        return one(change_event::SentBack{stamp, c.remark});
    }
    Result<std::vector<ChangeEvent>> operator()(const change_command::Withdraw& c) const
    {
        TRY(check(ChangeAction::withdraw));
        if (in_force(state, facts.now)) return Error{change_problem::in_force_already};
        if (c.reason.empty()) return Error{change_problem::remark_needed};
        return one(change_event::Withdrawn{stamp, c.reason});
    }
};

struct Applier {
    Change& state;

    void operator()(const change_event::Drafted& e) const
    {
        state.agency = e.agency;
        state.id = e.id;
        state.kind = e.kind;
        state.content = e.content;
        state.drafted = e.stamp;
        state.written = e.stamp;
    }
    void operator()(const change_event::Written& e) const
    {
        state.content = e.content;
        state.written = e.stamp;
    }
    void operator()(const change_event::HandedIn& e) const
    {
        state.state = ChangeState::in_review;
        state.handed_in = e.stamp;
    }
    void operator()(const change_event::Approved& e) const
    {
        state.state = ChangeState::approved;
        state.name = e.name;
        state.text = e.text;
        state.impact = e.impact;
        if (state.content.from.empty()) state.content.from = china_date(e.stamp.at);
        state.reviews.push_back({e.stamp, true, e.remark});
    }
    void operator()(const change_event::SentBack& e) const
    {
        state.state = ChangeState::draft;
        state.handed_in = {};
        state.reviews.push_back({e.stamp, false, e.remark});
    }
    void operator()(const change_event::Withdrawn& e) const
    {
        state.state = ChangeState::withdrawn;
        state.withdrawn_because = e.reason;
    }
};

}  // namespace

std::string_view to_text(ChangeKind kind)
{
    return kinds.text(kind);
}
std::string_view to_text(ChangeState state)
{
    return states.text(state);
}
std::string_view to_text(ChangeAction action)
{
    return actions.text(action);
}
const ChangeKind* find_change_kind(std::string_view text)
{
    return kinds.find(text);
}
const ChangeState* find_change_state(std::string_view text)
{
    return states.find(text);
}

Result<std::vector<ChangeEvent>> decide(const Change& state, const ChangeCommand& command, const ChangeFacts& facts)
{
    return std::visit(Decider{state, facts}, command);
}

Change apply(Change state, const ChangeEvent& event)
{
    std::visit(Applier{state}, event);
    state.last = std::visit([](const auto& e) { return e.stamp; }, event);
    ++state.version;
    return state;
}

std::vector<ChangeAction> allowed_actions(const Change& state, const Actor& actor, Millis now)
{
    std::vector<ChangeAction> all;
    for (const Transition& one : transitions) {
        if (one.state != state.state) continue;
        const bool review = one.action == ChangeAction::approve || one.action == ChangeAction::send_back;
        if (!authorise(actor, review ? Action::review_change : Action::draft_change, state.agency)) continue;
        const bool mine = actor.account == state.written.account || actor.account == state.handed_in.account;
        if ((review && mine) || (one.action == ChangeAction::withdraw && in_force(state, now))) continue;
        all.push_back(one.action);
    }
    return all;
}

}  // namespace tongban
