#include "modules/cases/core/preconditions.h"

#include <algorithm>

#include "modules/cases/core/cases_problems.h"

namespace tongban {

bool is_blocked(const std::vector<RuleResult>& results)
{
    return std::ranges::any_of(results,
                               [](const RuleResult& r) { return r.severity == RuleSeverity::block && !r.passed; });
}

std::vector<std::string> failing_to_confirm(const std::vector<RuleResult>& results)
{
    std::vector<std::string> ids;
    for (const RuleResult& result : results) {
        if (result.severity == RuleSeverity::confirm && !result.passed) ids.push_back(result.rule);
    }
    return ids;
}

Error blocked_error(const std::vector<RuleResult>& results)
{
    std::string detail;
    std::vector<FieldError> fields;
    std::string ids;
    for (const RuleResult& result : results) {
        if (result.severity != RuleSeverity::block || result.passed) continue;
        detail += (detail.empty() ? "" : "；") + result.rule + " " + result.message;
        ids += (ids.empty() ? "" : ",") + result.rule;
        const std::string field = result.field.empty() ? "/unit_number" : "/values" + result.field;
        fields.push_back({"/application" + field, result.rule, result.message + "（" + result.source + "）"});
    }
    return Error{cases_problem::blocked, std::move(detail), std::move(fields)}.with("rules", std::move(ids));
}

}  // namespace tongban
