#include "modules/catalog/core/rules.h"

#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<RuleSeverity, 3> severities{{{
    {RuleSeverity::block, "block"},
    {RuleSeverity::confirm, "confirm"},
    {RuleSeverity::inform, "inform"},
}}};
constexpr TextTable<Matter, matters> matter_names{{{
    {Matter::transfer, "transfer"},
    {Matter::mortgage, "mortgage"},
    {Matter::alteration, "alteration"},
    {Matter::notice, "notice"},
    {Matter::certificate, "certificate"},
    {Matter::mortgage_end, "mortgage_end"},
}}};

Truth passes(const Rule& rule, const Facts& facts)
{
    const Truth fails = rule.when.judge(facts);
    if (fails == Truth::no) return Truth::yes;
    const Truth excused = rule.unless.always() ? Truth::no : rule.unless.judge(facts);
    if (excused == Truth::yes) return Truth::yes;
    if (fails == Truth::yes && excused == Truth::no) return Truth::no;
    return Truth::unknown;
}

// {register.mortgages} becomes 2. A fact that is not known stays as …
std::string filled(const std::string& text, const Facts& facts)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) return out + text.substr(at);
        out += text.substr(at, open - at);
        const auto fact = facts.find(std::string_view(text).substr(open + 1, close - open - 1));
        out += fact == facts.end() ? "…" : fact_text(fact->second);
        at = close + 1;
    }
    return out;
}

}  // namespace

std::string_view to_text(RuleSeverity severity)
{
    return severities.text(severity);
}
const RuleSeverity* find_rule_severity(std::string_view text)
{
    return severities.find(text);
}
std::string_view to_text(Matter matter)
{
    return matter_names.text(matter);
}
const Matter* find_matter(std::string_view text)
{
    return matter_names.find(text);
}

std::vector<RuleResult> judge(const std::vector<Rule>& rules, Matter matter, const Facts& facts, Moment moment)
{
    std::vector<RuleResult> results;
    for (const Rule& rule : rules) {
        const std::optional<RuleSeverity>& severity = rule.severity_for(matter);
        if (!severity) continue;
        const Truth passed = passes(rule, facts);
        if (passed == Truth::unknown && moment == Moment::advice) continue;
        const bool yes = passed == Truth::yes;
        const bool early = rule.before_entry && moment != Moment::entry;
        results.push_back({rule.id, early ? RuleSeverity::inform : *severity, yes,
                           filled(yes ? rule.passed : rule.failed, facts), rule.source, rule.field});
    }
    return results;
}

boost::json::array to_json(const std::vector<RuleResult>& results)
{
    boost::json::array all;
    for (const RuleResult& result : results) {
        boost::json::object one{
            {"rule",     result.rule             },
            {"severity", to_text(result.severity)},
            {"passed",   result.passed           },
            {"message",  result.message          },
            {"source",   result.source           }
        };
        if (!result.field.empty()) one["field"] = result.field;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace tongban
