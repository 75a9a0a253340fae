#include "flows/change_impact.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "flows/register_facts.h"
#include "modules/catalog/core/differences.h"
#include "sql/change_impact_sql.h"

namespace tongban {
namespace {

namespace json = boost::json;

constexpr int cases_max = 500;   // looked at
constexpr int numbers_max = 50;  // named

std::vector<std::string> failing(const Item& item, const Facts& facts)
{
    std::vector<std::string> ids;
    for (const RuleResult& result : judge(item.rules, item.matter, facts, Moment::advice)) {
        if (!result.passed && result.severity == RuleSeverity::block) ids.push_back(result.rule);
    }
    return ids;
}

json::array words_of(const std::vector<std::string>& words)
{
    json::array all;
    for (const std::string& word : words) all.push_back(json::string(word));
    return all;
}

}  // namespace

CaseImpact impact_on(const Item& before, const Item& after, const Facts& facts)
{
    CaseImpact impact;
    for (const ListLine& line : after.lines) {
        if (!required_now(line, facts)) continue;
        const ListLine* old = before.find_line(line.code);
        const auto taken = facts.find("material." + line.code);
        const bool there = taken != facts.end() && taken->second == FactValue(true);
        if (!there && (old == nullptr || !required_now(*old, facts))) impact.needs.push_back(line.code);
    }
    const std::vector<std::string> failed_before = failing(before, facts);
    for (std::string& id : failing(after, facts)) {
        if (std::ranges::find(failed_before, id) == failed_before.end()) impact.fails.push_back(std::move(id));
    }
    return impact;
}

// Whose guide changes: the registry itself, or all that follow the province.
std::vector<Agency> ChangeImpact::concerned(Agency agency, const Item& after) const
{
    if (agency != parts_.catalog.province()) return {agency};
    std::vector<Agency> all;
    for (const Registry& registry : parts_.catalog.registries()) {
        const Item* now = parts_.catalog.find_item(registry.code, after.code, after.valid_from);
        if (now == nullptr || now->registries.empty()) all.push_back(registry.code);
    }
    return all;
}

json::object ChangeImpact::of_version(Sql& sql, Agency agency, const Item& before, const Item& after) const
{
    const std::string today = china_date(parts_.clock.now());
    const std::vector<Agency> registries = concerned(agency, after);
    json::array cases;
    json::array windows;
    int checked = 0;
    int affected = 0;
    std::int64_t sittings = 0;
    bool more = false;
    for (const Agency registry : registries) {
        const SqlRows rows =
            sql.query(sql::impact_cases, {registry, after.code, std::string{}, std::int64_t{cases_max} - checked + 1});
        for (const SqlRow& row : rows) {
            if (checked == cases_max) {
                more = true;
                break;
            }
            ++checked;
            const auto subject = parts_.cases.load(sql, registry, row.text(0));
            TONGBAN_ASSERT(subject);
            // Each from the version that the case itself is pinned to.
            const auto pinned = parts_.catalog.item_version(subject->item, subject->catalog_version);
            if (!pinned) continue;
            const auto& application = subject->dossier.application;
            const RegisterView unit =
                parts_.register_book.find_unit(sql, registry, application ? application->unit_number : std::string{});
            const Facts facts = facts_of_case(*subject, after, unit, 0, std::nullopt, today);
            const CaseImpact impact = impact_on(**pinned, after, facts);
            if (impact.needs.empty() && impact.fails.empty()) continue;
            if (++affected > numbers_max) continue;
            json::object one;
            one["number"] = subject->number;
            one["state"] = to_text(subject->state);
            one["needs"] = words_of(impact.needs);
            one["fails"] = words_of(impact.fails);
            cases.push_back(std::move(one));
        }
        for (const SqlRow& row : sql.query(sql::report_impact_sittings, {registry, after.code})) {
            const Registry* window = parts_.catalog.find_registry(static_cast<Agency>(row.integer(0)));
            sittings += row.integer(1);
            if (windows.size() == numbers_max) continue;
            json::object one;
            one["registry_name"] = window == nullptr ? std::string{} : window->name;
            one["sittings"] = row.integer(1);
            windows.push_back(std::move(one));
        }
        if (more) break;
    }
    json::object out;
    out["differences"] = to_json(differences(before, after));
    out["registries"] = registries.size();
    out["cases_checked"] = checked;
    out["cases_more"] = more;
    out["cases_affected"] = affected;
    out["cases"] = std::move(cases);
    out["sittings"] = sittings;
    out["windows"] = std::move(windows);
    return out;
}

}  // namespace tongban
