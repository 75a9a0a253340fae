#pragma once
// What the pre-condition rules (cases/core/preconditions.h) ask of the live register, taken from what it says.

#include <span>
#include <string>

#include "modules/cases/core/case.h"
#include "modules/cases/core/preconditions.h"
#include "modules/register_book/core/register_view.h"

namespace tongban {

// `mortgagor_digests`: Party::number_digest under the home registry's key; empty: the owners are not compared.
RegisterFacts register_facts(const RegisterView& unit, std::span<const std::string> mortgagor_digests);

std::vector<std::string> mortgagor_digests(const Dossier& dossier);

// judge() for this case over the unit as it stands: at acceptance and inside the registration transaction.
std::vector<RuleResult> judge_case(const Case& subject, const RegisterView& unit);

}  // namespace tongban
