#pragma once
// Rules as they stand in data files, before the facts of an item are known.

#include <map>
#include <string>
#include <vector>

#include "base/data_file.h"
#include "modules/catalog/core/rules.h"

namespace tongban {

struct WrittenRule {
    Rule rule;  // without its conditions
    std::string when;
    std::string unless;
};

// By version: data/rules/<version>.toml.
using RuleBooks = std::map<std::string, std::vector<WrittenRule>, std::less<>>;
RuleBooks read_rule_books(const std::string& folder, DataFaults& faults);

// One table [[rules]]. With `matter` the rule is of one item and has one severity; without, a table of them.
WrittenRule read_rule(DataTable& table, const Matter* matter);

// With its conditions. Throws ConditionFault.
Rule with_conditions(const WrittenRule& written, const FactVocabulary& vocabulary);

// Reads `key` of the table as a condition; a fault is reported at its line. Absent: always().
Condition read_condition(DataTable& table, std::string_view key, const FactVocabulary& vocabulary);

}  // namespace tongban
