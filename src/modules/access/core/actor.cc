#include "modules/access/core/actor.h"

#include <algorithm>

#include "modules/access/core/access_problems.h"

namespace tongban {
namespace {

bool covers(Scope scope, const Actor& actor, const Owner& owner)
{
    const bool same_agency = owner.agency != 0 && actor.agency == owner.agency;
    switch (scope) {
    case Scope::anyone: return true;
    case Scope::own_agency: return same_agency;
    case Scope::own_sitting: return same_agency && !owner.account.empty() && actor.account == owner.account;
    case Scope::own_case: return same_agency && !owner.case_number.empty() && actor.case_number == owner.case_number;
    case Scope::own_account: return actor.is_person() && actor.account == owner.account;
    }
    return false;
}

// Could there be a record that the scope covers? Somebody who follows one case has no account, and the other way round.
bool could_cover(Scope scope, const Actor& actor)
{
    switch (scope) {
    case Scope::anyone:
    case Scope::own_agency: return true;
    case Scope::own_sitting: return actor.case_number.empty() || actor.is_person();
    case Scope::own_case: return !actor.case_number.empty();
    case Scope::own_account: return actor.is_person();
    }
    return false;
}

Error refusal(const Actor& actor)
{
    return Error{actor.signed_in() ? access_problem::forbidden : access_problem::not_signed_in};
}

}  // namespace

bool Actor::holds(Duty duty) const
{
    if (duty == Duty::anyone) return true;
    // A duty without an account would be a session we never made.
    return signed_in() && std::ranges::find(duties, duty) != duties.end();
}

bool may_at_all(const Actor& actor, Action action)
{
    return std::ranges::any_of(permissions(), [&](const Permission& p) {
        return p.action == action && actor.holds(p.duty) && could_cover(p.scope, actor);
    });
}

bool may_by_duty(const Actor& actor, Action action)
{
    return std::ranges::any_of(permissions(), [&](const Permission& p) {
        return p.action == action && p.duty != Duty::anyone && actor.holds(p.duty) && could_cover(p.scope, actor);
    });
}

Result<void> authorise(const Actor& actor, Action action, const Owner& owner)
{
    if (!may_at_all(actor, action)) return refusal(actor);
    const bool covered = std::ranges::any_of(permissions(), [&](const Permission& p) {
        return p.action == action && actor.holds(p.duty) && covers(p.scope, actor, owner);
    });
    if (!covered) return Error{access_problem::out_of_scope};
    return {};
}

Result<void> authorise(const Actor& actor, Action action, Agency owner)
{
    return authorise(actor, action, Owner{.agency = owner, .account = {}, .case_number = {}});
}

}  // namespace tongban
