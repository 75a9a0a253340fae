#pragma once
// What is applied for 申请信息: the unit and the answers to the fields that the item asks for. Which fields there are,
// their kinds and rules is data (Item::fields), so a new item needs no code here.

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "modules/catalog/core/item.h"

namespace tongban {

// `text` is canonical: yes or no, whole numbers (money in fen) in decimal, dates as 2026-11-24, choices as their word.
struct FieldValue {
    std::string key;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(FieldValue, (), (key, text))

struct Application {
    std::string unit_number;         // 28 characters, normal form
    std::vector<FieldValue> values;  // in the order of the item's fields; those left out are not there

    // "" for a field left out.
    const std::string& text(std::string_view key) const;
    std::int64_t number(std::string_view key) const;  // 0
    bool yes(std::string_view key) const;             // false
};
BOOST_DESCRIBE_STRUCT(Application, (), (unit_number, values))

// {"unit_number": …, "values": {"mortgage.way": "general", "mortgage.transfer_ban": false}}. Wrong types, choices that
// are none, dates that are none and numbers out of range are faults at /values/<key>; what is missing is told later by
// application_faults(), since a form may be saved half done. Use nothing before finish().
Application read_application(JsonReader& in, const Item& item);

// The same shape again.
boost::json::object application_json(const Application& application, const Item& item);

// The value as people read it: 100,000.00 元, 是, 一般抵押. "" when left out.
std::string display_text(const FormField& field, const Application& application);

// Adds the item's fields to the facts, in their order: one whose condition does not hold counts as left out.
void add_field_facts(const Application& application, const Item& item, Facts& facts);

// Required fields that are missing, dates in the wrong order. Pointers are /unit_number and /values/<key>.
std::vector<FieldError> application_faults(const Application& application, const Item& item, const Facts& facts);

}  // namespace tongban
