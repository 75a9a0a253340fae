#include "modules/cases/core/preconditions.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text_table.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

using enum RuleSeverity;

constexpr TextTable<RuleSeverity, 3> severities{{{
    {block, "block"},
    {confirm, "confirm"},
    {inform, "inform"},
}}};

struct Rule {
    std::string_view id;
    RuleSeverity severity;
    bool (*passes)(const RegisterFacts&);
    std::string_view when_passed;
    std::string_view when_not;
    std::string_view source;
};

// A rule about something that an unknown unit cannot have passes: PRE-01 alone says that the unit is unknown.
// clang-format off
constexpr Rule rules[] = {
    {"PRE-01", block, [](const RegisterFacts& f) { return f.found; },
     "不动产单元在登记簿中", "登记簿中没有这个不动产单元，请核对单元号", "《不动产登记暂行条例》第八条"},
    {"PRE-02", block, [](const RegisterFacts& f) { return f.current; },
     "不动产单元为现势状态", "不动产单元已注销或灭失，不能设立抵押", "《不动产登记暂行条例》第二十二条"},
    {"PRE-03", block, [](const RegisterFacts& f) { return f.seizures == 0; },
     "没有查封", "不动产单元已被查封，查封期间不予办理抵押登记",
     "《不动产登记暂行条例》第二十二条、《民法典》第三百九十九条"},
    {"PRE-04", block, [](const RegisterFacts& f) { return f.waiting_seizures == 0; },
     "没有轮候查封", "不动产单元有轮候查封，不予办理抵押登记", "《查封扣押冻结规定》第二十六条"},
    {"PRE-05", block, [](const RegisterFacts& f) { return !f.locked; },
     "没有锁定", "不动产单元已被锁定，须由有权人员解除后办理", "登记机构业务规则"},
    {"PRE-06", block, [](const RegisterFacts& f) { return !f.owners_known || f.mortgagors_are_owners; },
     "抵押人与登记簿记载的权利人一致", "抵押人不是登记簿记载的权利人", "《民法典》第二百一十六条、第三百九十五条"},
    {"PRE-07", confirm, [](const RegisterFacts& f) { return !f.owners_known || f.all_owners_apply; },
     "登记簿记载的全部权利人均已申请", "登记簿记载的共有人没有全部申请，请确认其同意抵押的材料",
     "《民法典》第三百零一条"},
    {"PRE-08", confirm, [](const RegisterFacts& f) { return f.mortgages == 0; },
     "没有在先抵押", "已有在先抵押，本次抵押顺位在后，请确认申请人知悉", "《民法典》第四百一十四条"},
    {"PRE-09", inform, [](const RegisterFacts& f) { return f.transfer_bans == 0; },
     "在先抵押没有禁止或限制转让的约定", "在先抵押登记有禁止或限制转让的约定", "《民法典》第四百零六条"},
};
// clang-format on

}  // namespace

std::string_view to_text(RuleSeverity severity)
{
    return severities.text(severity);
}

std::vector<RuleResult> judge(const RegisterFacts& facts)
{
    std::vector<RuleResult> results;
    for (const Rule& rule : rules) {
        const bool passed = rule.passes(facts);
        results.push_back({std::string(rule.id), rule.severity, passed,
                           std::string(passed ? rule.when_passed : rule.when_not), std::string(rule.source)});
    }
    return results;
}

bool is_blocked(const std::vector<RuleResult>& results)
{
    return std::ranges::any_of(results, [](const RuleResult& r) { return r.severity == block && !r.passed; });
}

std::vector<std::string> failing_to_confirm(const std::vector<RuleResult>& results)
{
    std::vector<std::string> ids;
    for (const RuleResult& result : results) {
        if (result.severity == confirm && !result.passed) ids.push_back(result.rule);
    }
    return ids;
}

Error blocked_error(const std::vector<RuleResult>& results)
{
    std::string detail;
    std::vector<FieldError> fields;
    std::string ids;
    for (const RuleResult& result : results) {
        if (result.severity != block || result.passed) continue;
        detail += (detail.empty() ? "" : "；") + result.rule + " " + result.message;
        ids += (ids.empty() ? "" : ",") + result.rule;
        fields.push_back({"/application/unit_number", result.rule, result.message + "（" + result.source + "）"});
    }
    return Error{cases_problem::blocked, std::move(detail), std::move(fields)}.with("rules", std::move(ids));
}

boost::json::array to_json(const std::vector<RuleResult>& results)
{
    boost::json::array all;
    for (const RuleResult& result : results) {
        all.push_back({
            {"rule",     result.rule             },
            {"severity", to_text(result.severity)},
            {"passed",   result.passed           },
            {"message",  result.message          },
            {"source",   result.source           }
        });
    }
    return all;
}

}  // namespace tongban
