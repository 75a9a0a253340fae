#pragma once
// What is known of a case, by name: "count.buyer", "register.seizures", "mortgage.way" (data/catalog/README.md lists
// them). Conditions of the data files speak of facts only, so they can be judged in the window, at the home registry
// and in the browser alike.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tongban {

enum class FactKind { yes_no, number, text };
using FactValue = std::variant<bool, std::int64_t, std::string>;
// A name that is not there is not known yet, which is neither yes nor no.
using Facts = std::map<std::string, FactValue, std::less<>>;
// The names that a condition may use; nullopt: there is no such fact.
using FactVocabulary = std::function<std::optional<FactKind>(std::string_view name)>;

FactKind kind_of(const FactValue& value);
// As it stands in a message: 是, 3, maximum.
std::string fact_text(const FactValue& value);

}  // namespace tongban
