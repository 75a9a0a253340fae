#pragma once
// What the verdicts of the rules (catalog/core/rules.h) mean for a case.

#include <string>
#include <vector>

#include "base/result.h"
#include "modules/catalog/core/rules.h"

namespace tongban {

bool is_blocked(const std::vector<RuleResult>& results);
// Ids of the rules to confirm that did not pass.
std::vector<std::string> failing_to_confirm(const std::vector<RuleResult>& results);
// cases.blocked naming the rules that did not pass, one field error each.
Error blocked_error(const std::vector<RuleResult>& results);

}  // namespace tongban
