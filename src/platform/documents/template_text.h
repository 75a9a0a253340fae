#pragma once
// Texts of templates: "{party.name}" is a value, "{amount|大写}" a value in another form, "{note?}" one that may be
// missing, "{#}" the number of the row. Internal to platform/documents.

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban::documents {

// Where names are looked up: in the row first, when there is one, then in the whole.
struct Scope {
    const boost::json::object& whole;
    const boost::json::value* row = nullptr;
    std::size_t number = 0;  // of the row, from 1
};

// Nothing when there is no such value; "a.b" goes down.
const boost::json::value* find_value(const Scope& scope, std::string_view path);
// Is it there, and neither empty nor false nor zero?
bool holds(const Scope& scope, std::string_view path);

// documents.value_missing names the place. Filters: 大写 (fen → 捌拾元整), 元 (fen → 80.00), 日期 (2026-11-23 →
// 2026年11月23日), 名单 (a list → a、b), 勾选=x (■ when the value, or one of the list, is x, else □).
Result<std::string> fill(std::string_view text, const Scope& scope);

}  // namespace tongban::documents
