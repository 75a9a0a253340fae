#pragma once
// A condition of the data files: `count.buyer > 1 and not (mortgage.way = "maximum")`.
//
//     or      := and ("or" and)*
//     and     := not ("and" not)*
//     not     := "not" not | compare
//     compare := operand (("=" | "!=" | "<" | "<=" | ">" | ">=") operand)?
//     operand := fact | number | "text" | true | false | "(" or ")"
//
// Checked when parsed: every fact is known, both sides of a comparison are of one kind, order is asked of numbers and
// texts only (texts compare as dates do: 2026-01-02 < 2026-02-01), and the whole is yes or no.

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "modules/catalog/core/facts.h"

namespace tongban {

// what() in English for those who write data files; `at`: byte in the text.
struct ConditionFault : std::runtime_error {
    ConditionFault(const std::string& what, std::size_t where) : std::runtime_error(what), at(where) {}
    std::size_t at = 0;
};

// Three values: a fact that is not known makes a condition unknown unless the rest decides it (Kleene).
enum class Truth { no, yes, unknown };

class Condition {
public:
    Condition() = default;  // no condition: always yes
    // Throws ConditionFault.
    Condition(std::string_view text, const FactVocabulary& vocabulary);

    bool always() const { return nodes_.empty(); }
    const std::string& text() const { return text_; }
    Truth judge(const Facts& facts) const;
    bool holds(const Facts& facts) const { return judge(facts) == Truth::yes; }
    bool speaks_of(std::string_view fact) const;

    // For the browser: {"op":"and","of":[…]}, {"fact":"count.buyer"}, {"value":1}; null when always().
    boost::json::value to_json() const;

    struct Node {
        enum class Op { fact, value, negation, both, either, equal, unequal, less, less_equal };
        Op op = Op::value;
        std::string fact;
        FactValue value;
        std::size_t left = 0;
        std::size_t right = 0;
        FactKind kind = FactKind::yes_no;  // of the result
    };

private:
    std::string text_;
    std::vector<Node> nodes_;  // operands before their operation; the last one is the whole
};

}  // namespace tongban
