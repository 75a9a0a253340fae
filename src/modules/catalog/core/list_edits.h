#pragma once
// What a registry's version of an item changes in the version that holds for the whole province, line by line; and what
// the law lets it change. Pure.

#include <boost/describe.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "modules/catalog/core/item.h"

namespace tongban {

// A line that is added, or what is different of a line that is there. Texts and words as in the files.
struct LineEdit {
    std::string code;
    std::string title;  // of a line that is there: ignored, the province names it
    std::string requirement;
    std::string when;
    std::string when_text;
    std::vector<std::string> forms;
    std::string sharing;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(LineEdit, (), (code, title, requirement, when, when_text, forms, sharing, remark))

struct QuestionEdit {
    std::string id, text, answer, expected, when;
    std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(QuestionEdit, (), (id, text, answer, expected, when, roles))

struct ContactEdit {
    std::string address, phone, hours;
};
BOOST_DESCRIBE_STRUCT(ContactEdit, (), (address, phone, hours))

struct ListEdits {
    std::string base;  // the version that is changed
    std::vector<LineEdit> lines;
    std::vector<std::string> dropped;  // codes of lines
    std::vector<QuestionEdit> questions;
    std::optional<std::int64_t> promised_working_days;
    std::string applies_to_running;  // why running cases must be looked at again; empty: they need not
    ContactEdit contact;
};
BOOST_DESCRIBE_STRUCT(ListEdits, (),
                      (base, lines, dropped, questions, promised_working_days, applies_to_running, contact))

struct ItemSwitchEdit {
    std::string channel;  // empty: the item as a whole
    bool on = false;
};
BOOST_DESCRIBE_STRUCT(ItemSwitchEdit, (), (channel, on))

// The ways to apply that can be switched on by themselves: window 异地代收, online 全程网办, online_then_hall
// 线上申请现场核验.
std::span<const std::string_view> known_channels();

// What a registry may not do to the province's version, each in a sentence: drop or weaken what the law demands, demand
// what sharing gives (条例 24) or what nobody may demand, promise more days, drop a question. Empty: all is well.
std::vector<std::string> law_faults(const Item& shared, const Item& own);

}  // namespace tongban
