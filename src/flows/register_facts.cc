#include "flows/register_facts.h"

#include <algorithm>

#include "base/clock.h"
#include "flows/tax_facts.h"
#include "modules/register_book/core/register_questions.h"

namespace tongban {
namespace {

std::int64_t number(std::size_t count)
{
    return static_cast<std::int64_t>(count);
}

bool is_current(const RegisterView& unit)
{
    return !unit.found || unit.status == RightStatus::current;
}

// What the entry that a form names may be; `any` tries each.
std::vector<EntryKind> kinds_of(const std::string& word)
{
    if (const EntryKind* kind = find_entry_kind(word)) return {*kind};
    return {EntryKind::ownership, EntryKind::mortgage, EntryKind::sale_notice, EntryKind::mortgage_notice};
}

// As the register knows these people, each of whom is among `applicants.all`.
std::vector<std::string> registered(const RegisterView& unit, const Applicants& applicants,
                                    const std::vector<std::string>& digests)
{
    std::vector<std::string> former;
    for (const std::string& digest : digests) {
        const auto at = std::ranges::find(applicants.all, digest) - applicants.all.begin();
        const auto index = static_cast<std::size_t>(at);
        former.push_back(index < applicants.former.size() ? applicants.former[index] : std::string{});
    }
    return as_registered(unit, digests, former);
}

bool name_differs(const RegisterView& unit, const Applicants& applicants, const std::vector<std::string>& all)
{
    for (std::size_t i = 0; i < all.size() && i < applicants.names.size(); ++i) {
        if (known_by_other_name(unit, all[i], applicants.names[i])) return true;
    }
    return false;
}

void add_target_facts(const RegisterView& unit, const Applicants& applicants, Facts& facts)
{
    std::optional<EntryFound> target;
    for (const EntryKind kind : kinds_of(applicants.target_of)) {
        if (!target) target = find_entry(unit, kind, applicants.target);
    }
    const bool named = unit.found && applicants.target_asked;
    facts["register.target_found"] = !named || target.has_value();
    // That there is no such entry is one rule's matter, that somebody else holds it another's.
    facts["register.target_holder_applies"] = !named || !target || !applicants.target_holders_asked ||
                                              holds(*target, registered(unit, applicants, applicants.target_holders));
}

}  // namespace

void add_register_facts(const RegisterView& unit, std::int64_t other_cases, std::string_view today, Facts& facts)
{
    facts["register.found"] = unit.found;
    facts["register.current"] = is_current(unit);
    facts["register.locked"] = unit.locked;
    facts["register.placeholder"] = unit.placeholder;
    facts["register.term_expired"] = term_expired(unit, today);
    facts["register.use"] = std::string(to_text(unit.use));
    facts["register.seizures"] = number(seizures_in_effect(unit));
    facts["register.waiting_seizures"] = number(waiting_seizures(unit));
    facts["register.mortgages"] = number(current_mortgages(unit));
    facts["register.construction_mortgages"] = number(construction_mortgages(unit));
    facts["register.transfer_bans"] = number(transfer_bans(unit));
    facts["register.objections"] = number(current_objections(unit));
    facts["register.residence_rights"] = number(current_residence_rights(unit));
    facts["register.easements"] = number(current_easements(unit));
    facts["register.sale_notices"] = number(current_notices(unit, PreNoticeKind::sale));
    facts["register.mortgage_notices"] = number(current_notices(unit, PreNoticeKind::mortgage));
    facts["register.owners"] = number(unit.owners.size());
    facts["register.other_cases"] = other_cases;
    facts["register.objection_until"] = objection_until(unit);
    facts["register.aged_sale_notices"] = number(aged_sale_notices(unit, today));
}

void add_applicant_facts(const RegisterView& unit, const Applicants& applicants, std::string_view today, Facts& facts)
{
    const bool compared = unit.found && applicants.owners_asked;
    const std::vector<std::string> owners = registered(unit, applicants, applicants.owners);
    const std::vector<std::string> all = registered(unit, applicants, applicants.all);
    facts["register.applicants_are_owners"] = !compared || are_owners(unit, owners);
    facts["register.all_owners_apply"] = !compared || are_all_owners(unit, owners);
    facts["register.two_thirds_apply"] = !compared || hold_two_thirds(unit, owners);
    facts["register.joint_owner_missing"] = compared && joint_owner_missing(unit, owners);
    facts["register.applicants_share"] = compared ? share_of(unit, owners) : std::string{};
    facts["register.former_number_used"] = all != applicants.all;
    facts["register.holder_name_differs"] = name_differs(unit, applicants, all);
    facts["register.sale_notice_of_applicant"] = has_sale_notice_of(unit, all);
    facts["register.sale_notices_of_others"] = number(sale_notices_of_others(unit, all));
    facts["power.expired"] = is_over(applicants.power_until, today);
    add_target_facts(unit, applicants, facts);
}

Facts facts_of_case(const Case& subject, const Item& item, const RegisterView& unit, std::int64_t other_cases,
                    const std::optional<TaxSettlement>& tax, std::string_view today)
{
    // Capacity is judged at the application (domain.md 1.10).
    Facts facts = facts_of(subject.dossier, item, china_date(subject.filed_at));
    add_register_facts(unit, other_cases, today, facts);
    const Applicants applicants = applicants_of(subject.dossier, item);
    add_applicant_facts(unit, applicants, today, facts);
    if (subject.dossier.application) add_tax_facts(subject.dossier.application->unit_number, applicants, tax, facts);
    return facts;
}

std::vector<RuleResult> judge_case(const Case& subject, const Item& item, const RegisterView& unit,
                                   std::int64_t other_cases, const std::optional<TaxSettlement>& tax,
                                   std::string_view today)
{
    return judge(item.rules, item.matter, facts_of_case(subject, item, unit, other_cases, tax, today),
                 moment_of(subject.state));
}

Moment moment_of(CaseState state)
{
    return state == CaseState::paid ? Moment::entry : Moment::decision;
}

}  // namespace tongban
