#include "modules/catalog/catalog_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/data_file.h"
#include "modules/catalog/item_files.h"

namespace tongban {
namespace {

Agency code_of(std::string_view text)
{
    Agency code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    return error == std::errc{} && end == text.data() + text.size() && text.size() == 6 ? code : 0;
}

// Gives the file of its divisions too.
std::pair<Province, std::string> read_province(const std::string& data_dir, DataFaults& faults)
{
    Province province;
    const std::string path = data_dir + "/catalog/province.toml";
    const DataFile file = DataFile::open(path, faults);
    DataTable table = file.top(faults);
    province.code = code_of(table.text("province"));
    std::string divisions = table.text("divisions");
    for (const DataRow& row : read_csv(data_dir + "/divisions/provinces.csv", "code,name,short", faults)) {
        if (code_of(row.fields[0]) != province.code) continue;
        province.name = row.fields[1];
        province.short_name = row.fields[2];
    }
    if (province.short_name.empty()) table.fail("province", "is not in divisions/provinces.csv");
    table.finish();
    return {std::move(province), std::move(divisions)};
}

// Every county-level unit is a registry. Functional zones exist only in statistics: no unit number begins with them.
std::vector<Registry> read_registries(const std::string& path, DataFaults& faults)
{
    std::vector<Registry> registries;
    std::map<Agency, std::string> cities;
    for (const DataRow& row : read_csv(path, "code,name,level,parent", faults)) {
        const Agency code = code_of(row.fields[0]);
        const std::string& name = row.fields[1];
        const std::string& level = row.fields[2];
        const Agency parent = code_of(row.fields[3]);
        if (code == 0 || name.empty()) {
            faults.add(path, row.line, "needs a code of six digits and a name");
        } else if (level == "province") {
            continue;
        } else if (level == "prefecture") {
            cities[code] = name;
        } else if (level == "district" || level == "county" || level == "county_city") {
            const auto city = cities.find(parent);
            if (city == cities.end()) {
                faults.add(path, row.line, "parent is no prefecture above");
                continue;
            }
            registries.push_back({.code = code,
                                  .name = city->second + name + "不动产登记中心",
                                  .short_name = name,
                                  .city = city->second,
                                  .city_code = parent});
        } else if (level != "functional_zone") {
            faults.add(path, row.line,
                       "level is none of province, prefecture, district, county, county_city, functional_zone");
        }
    }
    std::ranges::sort(registries, {}, &Registry::code);
    const auto twice = std::ranges::adjacent_find(registries, {}, &Registry::code);
    if (twice != registries.end()) faults.add(path, 0, fmt::format("code {} twice", twice->code));
    if (registries.empty()) faults.add(path, 0, "holds no registry");
    return registries;
}

std::vector<AbolishedDivision> read_abolished(const std::string& path, const std::vector<Registry>& registries,
                                              DataFaults& faults)
{
    std::vector<AbolishedDivision> all;
    std::map<Agency, std::int64_t> lines;
    const auto is_registry = [&](Agency code) {
        return std::ranges::binary_search(registries, code, {}, &Registry::code);
    };
    for (const DataRow& row : read_csv(path, "code,name,abolished_in,successor", faults)) {
        AbolishedDivision gone{.code = code_of(row.fields[0]),
                               .name = row.fields[1],
                               .abolished_in = 0,
                               .successor = code_of(row.fields[3])};
        const std::string& year = row.fields[2];
        std::from_chars(year.data(), year.data() + year.size(), gone.abolished_in);
        if (gone.code == 0 || gone.name.empty() || gone.abolished_in < 1949 || gone.successor == 0) {
            faults.add(path, row.line, "needs code, name, year and successor");
        }
        if (is_registry(gone.code)) faults.add(path, row.line, "the code is in use today");
        if (!lines.emplace(gone.code, row.line).second) faults.add(path, row.line, "the code stands twice");
        all.push_back(std::move(gone));
    }
    for (const AbolishedDivision& gone : all) {
        Agency code = gone.successor;
        for (std::size_t steps = 0; steps < all.size() && !is_registry(code); ++steps) {
            const auto next = std::ranges::find(all, code, &AbolishedDivision::code);
            if (next == all.end()) break;
            code = next->successor;
        }
        if (!is_registry(code)) faults.add(path, lines[gone.code], "its successors do not lead to a registry of today");
    }
    return all;
}

}  // namespace

Catalog load_catalog(const std::string& data_dir)
{
    DataFaults faults;
    auto [province, divisions] = read_province(data_dir, faults);
    faults.check();
    std::vector<Registry> registries = read_registries(data_dir + "/divisions/" + divisions, faults);
    std::vector<AbolishedDivision> abolished =
        read_abolished(data_dir + "/divisions/abolished.csv", registries, faults);
    const RuleBooks rules = read_rule_books(data_dir + "/rules", faults);
    std::vector<Item> items = read_items(data_dir + "/catalog", registries, rules, faults);
    faults.check();
    return {std::move(province), std::move(registries), std::move(abolished), std::move(items)};
}

}  // namespace tongban
