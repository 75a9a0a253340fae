#pragma once
// What differs between two versions of an item, or between the versions of two registries: in words, for people who
// decide about it and for people who read a guide. Pure.

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "modules/catalog/core/item.h"

namespace tongban {

struct Difference {
    std::string
        part;  // line, question, rule, promise, fee, reduction, role, field, prohibited, document, text, contact
    std::string code;    // within the part: M10, intent, PRE-03; may be empty
    std::string title;   // 主债权合同和抵押合同
    std::string before;  // in words; empty: was not there
    std::string after;   // empty: is gone
};

// In the order in which a guide shows the parts; inside a part first what changed or went, then what came.
std::vector<Difference> differences(const Item& before, const Item& after);

boost::json::array to_json(const std::vector<Difference>& all);

// Parts in words, one statement a line; equal words mean that nothing changed.
std::string in_words(const ListLine& line);
std::string in_words(const InterviewQuestion& question);
std::string in_words(const FeeLine& fee);
std::string in_words(const FeeReduction& reduction);

}  // namespace tongban
