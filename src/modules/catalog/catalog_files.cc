#include "modules/catalog/catalog_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <regex>

#include "base/data_file.h"

namespace tongban {
namespace {

constexpr std::string_view roles[] = {"mortgagor", "mortgagee", "agent"};

Agency code_of(std::string_view text)
{
    Agency code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    return error == std::errc{} && end == text.data() + text.size() && text.size() == 6 ? code : 0;
}

struct Province {
    Agency code = 0;
    std::string short_name;
    std::string divisions;
};

Province read_province(const std::string& data_dir, DataFaults& faults)
{
    Province province;
    const std::string path = data_dir + "/catalog/province.toml";
    const DataFile file = DataFile::open(path, faults);
    DataTable table = file.top(faults);
    province.code = code_of(table.text("province"));
    province.divisions = table.text("divisions");
    for (const DataRow& row : read_csv(data_dir + "/divisions/provinces.csv", "code,name,short", faults)) {
        if (code_of(row.fields[0]) == province.code) province.short_name = row.fields[2];
    }
    if (province.short_name.empty()) table.fail("province", "is not in divisions/provinces.csv");
    table.finish();
    return province;
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

ListLine read_line(DataTable& table)
{
    ListLine line;
    line.code = table.text("code");
    line.title = table.text("title");
    const std::string requirement = table.text("requirement");
    if (requirement == "required") {
        line.requirement = Requirement::required;
    } else if (requirement == "conditional") {
        line.requirement = Requirement::conditional;
    } else if (requirement == "optional") {
        line.requirement = Requirement::optional;
    } else {
        table.fail("requirement", "is none of required, conditional, optional");
    }
    line.condition = table.optional_text("when");
    if ((line.requirement == Requirement::conditional) == line.condition.empty()) {
        table.fail("when", "belongs to conditional lines, and to them only");
    }
    if (!line.condition.empty()) {
        const auto fact = std::ranges::find(case_fact_names(), line.condition, &FactName::name);
        if (fact == case_fact_names().end()) {
            table.fail("when", "is not a known fact: " + line.condition);
        } else {
            line.condition_text = fact->text;
        }
    }
    for (const std::string& form : table.texts("forms")) {
        const MaterialForm* known = find_material_form(form);
        if (known == nullptr) {
            table.fail("forms", "may hold original, copy, electronic");
        } else {
            line.forms.push_back(*known);
        }
    }
    if (line.forms.empty()) table.fail("forms", "needs at least one");
    line.sharing = table.optional_text("sharing");
    line.must_not_demand = table.optional_boolean("must_not_demand", false);
    // 条例 24: what sharing gives must not be demanded, and what is not demanded must come from somewhere.
    if (line.must_not_demand && line.sharing.empty()) table.fail("must_not_demand", "needs a text in `sharing`");
    line.generated = table.optional_boolean("generated", false);
    line.remark = table.optional_text("remark");
    return line;
}

InterviewQuestion read_question(DataTable& table)
{
    InterviewQuestion question;
    question.id = table.text("id");
    question.text = table.text("text");
    const std::string answer = table.text("answer");
    if (answer == "yes_no") {
        question.answer = AnswerKind::yes_no;
    } else if (answer == "text") {
        question.answer = AnswerKind::text;
    } else {
        table.fail("answer", "is neither yes_no nor text");
    }
    question.expected = table.optional_text("expected");
    const bool fine = question.expected.empty() || (question.answer == AnswerKind::yes_no &&
                                                    (question.expected == "yes" || question.expected == "no"));
    if (!fine) table.fail("expected", "is yes or no, for questions of the kind yes_no");
    question.roles = table.texts("roles");
    for (const std::string& role : question.roles) {
        if (std::ranges::find(roles, role) == std::end(roles)) table.fail("roles", "holds an unknown role: " + role);
    }
    return question;
}

FeeRule read_fee(DataTable& table)
{
    FeeRule fee;
    fee.home = table.integer("home_fen");
    fee.other = table.integer("other_fen");
    fee.home_item_code = table.text("home_item_code");
    fee.other_item_code = table.text("other_item_code");
    fee.payer = table.text("payer");
    if (std::ranges::find(roles, fee.payer) == std::end(roles)) table.fail("payer", "is an unknown role");
    fee.basis = table.text("basis");
    return fee;
}

// One version of an item: catalog/<code>/<version>.toml.
Item read_version(const std::string& path, const Item& listed, const std::vector<Registry>& registries,
                  DataFaults& faults)
{
    Item item = listed;
    const DataFile file = DataFile::open(path, faults);
    DataTable table = file.top(faults);
    item.version = table.text("version");
    if (!std::regex_match(item.version, std::regex("[0-9]{8}-[0-9]{1,3}")))
        table.fail("version", "is a date and a serial: 20261123-1");
    if (!path.ends_with("/" + item.version + ".toml")) table.fail("version", "must be the name of the file");
    item.valid_from = table.date("valid_from");
    item.promised_working_days = static_cast<int>(table.integer("promised_working_days", 0, 30));
    for (const std::string& text : table.texts("registries")) {
        const Agency code = code_of(text);
        if (!std::ranges::binary_search(registries, code, {}, &Registry::code)) {
            table.fail("registries", "holds an unknown registry: " + text);
        }
        item.registries.push_back(code);
    }
    table.tables("lines", [&](DataTable& line) {
        item.lines.push_back(read_line(line));
        if (std::ranges::count(item.lines, item.lines.back().code, &ListLine::code) > 1)
            line.fail("code", "stands twice");
    });
    table.tables("questions", [&](DataTable& question) {
        item.questions.push_back(read_question(question));
        if (std::ranges::count(item.questions, item.questions.back().id, &InterviewQuestion::id) > 1) {
            question.fail("id", "stands twice");
        }
    });
    table.tables("fields", [&](DataTable& field) {
        item.fields.push_back({.key = field.text("key"),
                               .label = field.text("label"),
                               .required = field.optional_boolean("required", true)});
    });
    table.tables("prohibited", [&](DataTable& prohibition) {
        item.prohibited.push_back({.title = prohibition.text("title"), .reason = prohibition.text("reason")});
    });
    table.table("fee", [&](DataTable& fee) { item.fee = read_fee(fee); });
    if (item.lines.empty()) table.fail("lines", "needs at least one");
    table.finish();
    return item;
}

std::vector<Item> read_items(const std::string& folder, const std::vector<Registry>& registries, DataFaults& faults)
{
    std::vector<Item> items;
    const DataFile file = DataFile::open(folder + "/items.toml", faults);
    DataTable table = file.top(faults);
    table.tables("items", [&](DataTable& row) {
        Item item;
        item.code = row.text("code");
        item.name = row.text("name");
        item.on = row.boolean("on");
        if (std::ranges::find(items, item.code, &Item::code) != items.end()) row.fail("code", "stands twice");
        if (!item.on) {
            items.push_back(std::move(item));
            return;
        }
        const auto paths = data_files(folder + "/" + item.code, ".toml", faults);
        if (paths.empty()) row.fail("on", "is true, but there is no version of the item");
        bool general = false;
        for (const std::string& path : paths) {
            items.push_back(read_version(path, item, registries, faults));
            general |= items.back().registries.empty();
        }
        if (!general) row.fail("on", "is true, but no version is for all registries");
    });
    table.finish();
    return items;
}

}  // namespace

Catalog load_catalog(const std::string& data_dir)
{
    DataFaults faults;
    const Province province = read_province(data_dir, faults);
    faults.check();
    std::vector<Registry> registries = read_registries(data_dir + "/divisions/" + province.divisions, faults);
    std::vector<AbolishedDivision> abolished =
        read_abolished(data_dir + "/divisions/abolished.csv", registries, faults);
    std::vector<Item> items = read_items(data_dir + "/catalog", registries, faults);
    faults.check();
    return {province.short_name, std::move(registries), std::move(abolished), std::move(items)};
}

}  // namespace tongban
