#include "modules/catalog/rule_files.h"

#include <fmt/format.h>

#include <algorithm>

namespace tongban {
namespace {

constexpr Matter all_matters[] = {Matter::transfer, Matter::mortgage,    Matter::alteration,
                                  Matter::notice,   Matter::certificate, Matter::mortgage_end};
static_assert(std::size(all_matters) == matters);

void set_severity(DataTable& table, std::string_view key, const std::string& word, Rule& rule, Matter matter)
{
    if (word.empty()) return;
    const RuleSeverity* severity = find_rule_severity(word);
    if (severity == nullptr) return table.fail(key, "is none of block, confirm, inform");
    rule.severity[static_cast<std::size_t>(matter)] = *severity;
}

}  // namespace

WrittenRule read_rule(DataTable& table, const Matter* matter)
{
    WrittenRule written;
    Rule& rule = written.rule;
    rule.id = table.text("id");
    written.when = table.text("when");
    written.unless = table.optional_text("unless");
    rule.field = table.optional_text("field");
    rule.passed = table.text("passed");
    rule.failed = table.text("failed");
    rule.source = table.text("source");
    rule.approver = table.optional_text("approver");
    const std::string before = table.optional_text("before");
    if (!before.empty() && before != "entry") table.fail("before", "can only be entry");
    rule.before_entry = before == "entry";
    if (matter != nullptr) {
        set_severity(table, "severity", table.text("severity"), rule, *matter);
        return written;
    }
    table.table("severity", [&](DataTable& by_matter) {
        for (const Matter each : all_matters) {
            const std::string_view word = to_text(each);
            set_severity(by_matter, word, by_matter.optional_text(word), rule, each);
        }
    });
    return written;
}

RuleBooks read_rule_books(const std::string& folder, DataFaults& faults)
{
    RuleBooks books;
    for (const std::string& path : data_files(folder, ".toml", faults)) {
        const DataFile file = DataFile::open(path, faults);
        DataTable table = file.top(faults);
        const std::string version = table.text("version");
        if (!path.ends_with("/" + version + ".toml")) table.fail("version", "must be the name of the file");
        table.date("valid_from");
        std::vector<WrittenRule>& book = books[version];
        table.tables("rules", [&](DataTable& one) {
            book.push_back(read_rule(one, nullptr));
            const auto same = [&](const WrittenRule& other) { return other.rule.id == book.back().rule.id; };
            if (std::ranges::count_if(book, same) > 1) one.fail("id", "stands twice");
        });
        if (book.empty()) table.fail("rules", "needs at least one");
        table.finish();
    }
    return books;
}

Rule with_conditions(const WrittenRule& written, const FactVocabulary& vocabulary)
{
    Rule rule = written.rule;
    rule.when = Condition(written.when, vocabulary);
    if (!written.unless.empty()) rule.unless = Condition(written.unless, vocabulary);
    return rule;
}

Condition read_condition(DataTable& table, std::string_view key, const FactVocabulary& vocabulary)
{
    const std::string text = table.optional_text(key);
    if (text.empty()) return {};
    try {
        return {text, vocabulary};
    } catch (const ConditionFault& fault) {
        table.fail(key, fmt::format("{} (character {} of the condition)", fault.what(), fault.at + 1));
        return {};
    }
}

}  // namespace tongban
