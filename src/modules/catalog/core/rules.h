#pragma once
// The rules that protect the register, as data (data/rules, data/catalog): one engine for three moments — while the
// form is filled in (advice), at acceptance (decision) and inside the registration transaction (last word) — so the
// same case gets the same verdict under the same rule number (domain.md 2.5).

#include <array>
#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/catalog/core/condition.h"

namespace tongban {

enum class RuleSeverity {
    block,    // may not go on
    confirm,  // may go on with a recorded reason
    inform
};
BOOST_DESCRIBE_ENUM(RuleSeverity, block, confirm, inform)
std::string_view to_text(RuleSeverity severity);
const RuleSeverity* find_rule_severity(std::string_view text);

// The columns of the pre-condition matrix: what an item does to the register, as far as the rules care.
enum class Matter { transfer, mortgage, alteration, notice, certificate, mortgage_end };
inline constexpr std::size_t matters = 6;
std::string_view to_text(Matter matter);
const Matter* find_matter(std::string_view text);

struct Rule {
    std::string id;                                             // PRE-03
    std::array<std::optional<RuleSeverity>, matters> severity;  // by matter; none: the rule does not concern it
    Condition when;                                             // while this holds, the rule does not pass …
    Condition unless;                                           // … unless this holds; always(): nothing excuses
    std::string field;  // what on the form it is about: "/mortgage.debt_to"; may be empty
    std::string passed;
    std::string failed;         // {fact} stands for its value
    std::string source;         // law and article
    std::string approver;       // duty that may grant an exception; empty: nobody
    bool before_entry = false;  // the law asks for it before the entry only: until then it is told and stops nobody

    const std::optional<RuleSeverity>& severity_for(Matter matter) const
    {
        return severity[static_cast<std::size_t>(matter)];
    }
};

struct RuleResult {
    std::string rule;  // PRE-01
    RuleSeverity severity = RuleSeverity::inform;
    bool passed = false;
    std::string message;  // Chinese, says what was found
    std::string source;   // law and article
    std::string field;
};
BOOST_DESCRIBE_STRUCT(RuleResult, (), (rule, severity, passed, message, source, field))

// advice: what cannot be judged yet is left out. decision: a rule that cannot be judged has not passed; nobody is let
// through because something was not asked. entry: the same, and the rules that stand before the entry alone count too.
enum class Moment { advice, decision, entry };

// In the order of the rules; `matter` none of which the rule concerns: left out.
std::vector<RuleResult> judge(const std::vector<Rule>& rules, Matter matter, const Facts& facts, Moment moment);

boost::json::array to_json(const std::vector<RuleResult>& results);

}  // namespace tongban
