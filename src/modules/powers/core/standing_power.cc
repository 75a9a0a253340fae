#include "modules/powers/core/standing_power.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/codes.h"
#include "base/text_table.h"
#include "modules/powers/core/powers_problems.h"

namespace tongban {
namespace {

constexpr TextTable<StandingState, 4> states{{{
    {StandingState::filed, "filed"},
    {StandingState::in_force, "in_force"},
    {StandingState::rejected, "rejected"},
    {StandingState::revoked, "revoked"},
}}};
constexpr TextTable<StandingAction, 4> actions{{{
    {StandingAction::attach, "attach"},
    {StandingAction::check, "check"},
    {StandingAction::reject, "reject"},
    {StandingAction::revoke, "revoke"},
}}};

struct Transition {
    StandingState state;
    StandingAction action;
};
// A power that nobody has checked yet may be revoked as well: the principal need not wait for us.
constexpr Transition transitions[] = {
    {StandingState::filed,    StandingAction::attach},
    {StandingState::filed,    StandingAction::check },
    {StandingState::filed,    StandingAction::reject},
    {StandingState::filed,    StandingAction::revoke},
    {StandingState::in_force, StandingAction::revoke},
};

constexpr std::string_view number_prefix = "CW";
constexpr std::size_t agency_digits = 6;
constexpr std::size_t number_length = number_prefix.size() + agency_digits + 4 + 5;
constexpr std::size_t parcel_length = 19;

bool all_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

struct Decider {
    const StandingPower& state;
    const PowerFacts& facts;
    Stamp stamp{facts.now, facts.actor.account, facts.actor.name};

    Result<void> check(StandingAction action) const
    {
        const bool allowed = state.version != 0 && std::ranges::any_of(transitions, [&](const Transition& one) {
                                 return one.state == state.state && one.action == action;
                             });
        if (!allowed) return Error{powers_problem::action_not_allowed};
        return {};
    }
    // Four eyes.
    Result<void> another_person() const
    {
        const std::string& me = facts.actor.account;
        if (me == state.filed.account || me == state.paper.stamp.account) return Error{powers_problem::same_person};
        return {};
    }
    static std::vector<PowerEvent> one(PowerEvent event) { return {std::move(event)}; }

    Result<std::vector<PowerEvent>> operator()(const power_command::File& c) const
    {
        if (state.version != 0) return Error{powers_problem::action_not_allowed};
        return one(power_event::Filed{stamp, c.agency, c.number, c.grant});
    }
    Result<std::vector<PowerEvent>> operator()(const power_command::Attach& c) const
    {
        TRY(check(StandingAction::attach));
        return one(power_event::Attached{stamp, c.digest, c.kind, c.pages});
    }
    Result<std::vector<PowerEvent>> operator()(const power_command::Check& c) const
    {
        TRY(check(StandingAction::check));
        TRY(another_person());
        if (state.paper.digest.empty()) return Error{powers_problem::paper_needed};
        if (is_over(state.grant.until, china_date(facts.now))) return Error{powers_problem::over_already};
        return one(power_event::Checked{stamp, c.remark});
    }
    Result<std::vector<PowerEvent>> operator()(const power_command::Reject& c) const
    {
        TRY(check(StandingAction::reject));
        TRY(another_person());
        if (c.reason.empty()) return Error{powers_problem::reason_needed};
        return one(power_event::Rejected{stamp, c.reason});
    }
    Result<std::vector<PowerEvent>> operator()(const power_command::Revoke& c) const
    {
        TRY(check(StandingAction::revoke));
        if (c.reason.empty()) return Error{powers_problem::reason_needed};
        return one(power_event::Revoked{stamp, c.reason});
    }
};

struct Applier {
    StandingPower& state;

    void operator()(const power_event::Filed& e) const
    {
        state.agency = e.agency;
        state.number = e.number;
        state.grant = e.grant;
        state.filed = e.stamp;
    }
    void operator()(const power_event::Attached& e) const { state.paper = {e.digest, e.kind, e.pages, e.stamp}; }
    void operator()(const power_event::Checked& e) const
    {
        state.state = StandingState::in_force;
        state.checked = e.stamp;
        state.remark = e.remark;
    }
    void operator()(const power_event::Rejected& e) const
    {
        state.state = StandingState::rejected;
        state.ended = e.stamp;
        state.remark = e.reason;
    }
    void operator()(const power_event::Revoked& e) const
    {
        state.state = StandingState::revoked;
        state.ended = e.stamp;
        state.remark = e.reason;
    }
};

}  // namespace

std::string_view to_text(StandingState state)
{
    return states.text(state);
}
std::string_view to_text(StandingAction action)
{
    return actions.text(action);
}
const StandingState* find_standing_state(std::string_view text)
{
    return states.find(text);
}

Result<std::vector<PowerEvent>> decide(const StandingPower& state, const PowerCommand& command, const PowerFacts& facts)
{
    return std::visit(Decider{state, facts}, command);
}

StandingPower apply(StandingPower state, const PowerEvent& event)
{
    std::visit(Applier{state}, event);
    state.last = std::visit([](const auto& e) { return e.stamp; }, event);
    ++state.version;
    return state;
}

std::vector<StandingAction> allowed_actions(const StandingPower& state, const Actor& actor)
{
    std::vector<StandingAction> all;
    for (const Transition& one : transitions) {
        if (one.state != state.state) continue;
        const bool review = one.action == StandingAction::check || one.action == StandingAction::reject;
        if (!authorise(actor, review ? Action::check_power : Action::file_power, state.agency)) continue;
        const bool mine = actor.account == state.filed.account || actor.account == state.paper.stamp.account;
        if (review && mine) continue;
        all.push_back(one.action);
    }
    return all;
}

Result<void> judge_use(const StandingPower& power, const PowerUse& use, std::string_view today)
{
    if (power.state == StandingState::revoked) return Error{powers_problem::revoked, power.remark};
    if (power.state != StandingState::in_force) return Error{powers_problem::not_in_force};
    const PowerGrant& grant = power.grant;
    if (today < grant.from || is_over(grant.until, today)) {
        return Error{powers_problem::out_of_term, fmt::format("委托期限为 {} 至 {}", grant.from, grant.until)};
    }
    if (!use.principal_code.empty() && use.principal_code != grant.principal_code) {
        return Error{powers_problem::wrong_principal};
    }
    if (!use.agent_digest.empty() &&
        std::ranges::find(grant.agents, use.agent_digest, &StandingAgent::number_digest) == grant.agents.end()) {
        return Error{powers_problem::wrong_agent};
    }
    if (!use.item.empty() &&
        std::ranges::none_of(grant.items, [&](const std::string& granted) { return covers_item(granted, use.item); })) {
        return Error{powers_problem::item_out_of_scope, fmt::format("委托事项：{}", fmt::join(grant.items, "、"))};
    }
    const bool any_unit = grant.units.empty() || use.unit_number.empty();
    if (!any_unit && std::ranges::none_of(grant.units, [&](const std::string& granted) {
            return use.unit_number.starts_with(granted);
        })) {
        return Error{powers_problem::unit_out_of_scope};
    }
    return {};
}

bool covers_item(std::string_view granted, std::string_view item)
{
    return item == granted ||
           (item.starts_with(granted) && item.size() > granted.size() && item[granted.size()] == '-');
}

bool is_item_scope(std::string_view text)
{
    const std::string_view family = text.substr(0, 2);
    const bool letters = family.size() == 2 && std::ranges::all_of(family, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!letters || text.size() == 2) return letters;
    return text.size() == 5 && text[2] == '-' && all_digits(text.substr(3));
}

bool is_unit_scope(std::string_view text)
{
    if (text.size() != parcel_length) return static_cast<bool>(check_unit_number(std::string(text)));
    // The parcel as a unit has the rest W00000000.
    return static_cast<bool>(check_unit_number(std::string(text) + "W00000000"));
}

std::optional<Agency> agency_of_power(std::string_view number)
{
    if (number.size() != number_length || !number.starts_with(number_prefix)) return std::nullopt;
    const std::string_view digits = number.substr(number_prefix.size());
    if (!all_digits(digits)) return std::nullopt;
    Agency agency = 0;
    std::from_chars(digits.data(), digits.data() + agency_digits, agency);
    return agency;
}

std::string power_number(Agency agency, int year, std::int64_t serial)
{
    return fmt::format("{}{:06}{:04}{:05}", number_prefix, agency, year, serial);
}

}  // namespace tongban
