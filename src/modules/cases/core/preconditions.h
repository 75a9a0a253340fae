#pragma once
// Pre-conditions of a new mortgage against the live register (domain.md 2.5, column "New mortgage"), as a table. They
// are judged three times with the same words: while the window fills in the form (advice), at acceptance (decision) and
// inside the registration transaction (last word).

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tongban {

enum class RuleSeverity {
    block,    // may not go on
    confirm,  // may go on with a recorded reason
    inform
};
BOOST_DESCRIBE_ENUM(RuleSeverity, block, confirm, inform)
std::string_view to_text(RuleSeverity severity);

// What the rules ask of the register. Made from a RegisterView by the flows.
struct RegisterFacts {
    bool found = false;
    bool current = true;  // the unit itself is not history
    bool locked = false;
    int seizures = 0;
    int waiting_seizures = 0;
    int mortgages = 0;                  // in force
    int transfer_bans = 0;              // mortgages in force that forbid or limit transfer
    bool owners_known = false;          // the application names mortgagors whose documents can be compared
    bool mortgagors_are_owners = true;  // every mortgagor is a registered owner
    bool all_owners_apply = true;       // every registered owner is a mortgagor
};

struct RuleResult {
    std::string rule;  // PRE-01
    RuleSeverity severity = RuleSeverity::inform;
    bool passed = false;
    std::string message;  // Chinese, says what was found
    std::string source;   // law and article
};
BOOST_DESCRIBE_STRUCT(RuleResult, (), (rule, severity, passed, message, source))

// All rules in the order of their ids.
std::vector<RuleResult> judge(const RegisterFacts& facts);

bool is_blocked(const std::vector<RuleResult>& results);
// Ids of the rules to confirm that did not pass.
std::vector<std::string> failing_to_confirm(const std::vector<RuleResult>& results);
// cases.blocked naming the rules that did not pass, one field error each.
Error blocked_error(const std::vector<RuleResult>& results);

boost::json::array to_json(const std::vector<RuleResult>& results);

}  // namespace tongban
