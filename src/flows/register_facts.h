#pragma once
// What the rules ask of the live register (data/catalog/README.md, register.*), taken from what it says.

#include "modules/cases/core/case.h"
#include "modules/catalog/core/catalog.h"
#include "modules/fees/core/tax.h"
#include "modules/materials/core/applicants.h"
#include "modules/register_book/core/register_view.h"

namespace tongban {

// What anybody may ask of a unit. A rule about something that an unknown unit cannot have passes: that the unit is
// unknown is one rule's matter alone.
void add_register_facts(const RegisterView& unit, std::int64_t other_cases, std::string_view today, Facts& facts);

// What compares applicants with holders: never told to another registry, which must not learn who owns what by trying
// names. Also what runs out with the days: powers of attorney (`today`).
void add_applicant_facts(const RegisterView& unit, const Applicants& applicants, std::string_view today, Facts& facts);

// All rules of the item for this case over the unit as it stands: at acceptance and inside the registration
// transaction. `other_cases`: CaseStore::others_on_unit(); `tax`: tax_of_case(); `today` decides whether a land right
// or a power of attorney has run out. The moment is that of the next act: moment_of().
std::vector<RuleResult> judge_case(const Case& subject, const Item& item, const RegisterView& unit,
                                   std::int64_t other_cases, const std::optional<TaxSettlement>& tax,
                                   std::string_view today);

// The entry is next when a case waits for it; every other act is a decision before it.
Moment moment_of(CaseState state);

// Everything known of the case, for rules, fees and documents.
Facts facts_of_case(const Case& subject, const Item& item, const RegisterView& unit, std::int64_t other_cases,
                    const std::optional<TaxSettlement>& tax, std::string_view today);

}  // namespace tongban
