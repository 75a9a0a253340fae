#include "modules/catalog/core/condition.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace tongban {
namespace {

using Node = Condition::Node;
using Op = Node::Op;

class Parser {
public:
    Parser(std::string_view text, const FactVocabulary& vocabulary) : text_(text), vocabulary_(vocabulary) { next(); }

    std::vector<Node> whole()
    {
        const std::size_t root = either();
        if (!token_.empty()) fail("is not expected here: " + std::string(token_));
        if (nodes_[root].kind != FactKind::yes_no) fail("is a value, not a condition");
        return std::move(nodes_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw ConditionFault(what, start_); }

    static bool is_name(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    }

    void next()
    {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
        start_ = at_;
        if (at_ == text_.size()) {
            token_ = {};
            return;
        }
        if (is_name(text_[at_])) {
            while (at_ < text_.size() && is_name(text_[at_])) ++at_;
        } else if (text_[at_] == '"') {
            const std::size_t end = text_.find('"', at_ + 1);
            if (end == std::string_view::npos) fail("has a text without its second quote");
            at_ = end + 1;
        } else {
            const bool two = at_ + 1 < text_.size() && text_[at_ + 1] == '=' &&
                             (text_[at_] == '!' || text_[at_] == '<' || text_[at_] == '>');
            at_ += two ? 2 : 1;
        }
        token_ = text_.substr(start_, at_ - start_);
    }

    bool take(std::string_view token)
    {
        if (token_ != token) return false;
        next();
        return true;
    }

    std::size_t add(Node node)
    {
        nodes_.push_back(std::move(node));
        return nodes_.size() - 1;
    }

    std::size_t condition_of(std::size_t node)
    {
        if (nodes_[node].kind != FactKind::yes_no) fail("needs a yes or no before this");
        return node;
    }

    std::size_t either()
    {
        std::size_t left = both();
        while (token_ == "or") {
            condition_of(left);
            next();
            const std::size_t right = condition_of(both());
            left = add({.op = Op::either, .fact = {}, .value = {}, .left = left, .right = right});
        }
        return left;
    }

    std::size_t both()
    {
        std::size_t left = negation();
        while (token_ == "and") {
            condition_of(left);
            next();
            const std::size_t right = condition_of(negation());
            left = add({.op = Op::both, .fact = {}, .value = {}, .left = left, .right = right});
        }
        return left;
    }

    std::size_t negation()
    {
        if (++depth_ > 50) fail("is nested too deeply");
        std::size_t node = 0;
        if (take("not")) {
            node = add({.op = Op::negation, .fact = {}, .value = {}, .left = condition_of(negation())});
        } else {
            node = comparison();
        }
        --depth_;
        return node;
    }

    std::size_t comparison()
    {
        const std::size_t left = operand();
        struct Sign {
            std::string_view token;
            Op op;
            bool swapped;
        };
        constexpr Sign signs[] = {
            {"=",  Op::equal,      false},
            {"!=", Op::unequal,    false},
            {"<",  Op::less,       false},
            {"<=", Op::less_equal, false},
            {">",  Op::less,       true },
            {">=", Op::less_equal, true }
        };
        for (const Sign& sign : signs) {
            if (token_ != sign.token) continue;
            next();
            const std::size_t right = operand();
            if (nodes_[left].kind != nodes_[right].kind) fail("compares values of two kinds");
            const bool order = sign.op == Op::less || sign.op == Op::less_equal;
            if (order && nodes_[left].kind == FactKind::yes_no) fail("asks for the order of yes and no");
            return add({.op = sign.op,
                        .fact = {},
                        .value = {},
                        .left = sign.swapped ? right : left,
                        .right = sign.swapped ? left : right});
        }
        return left;
    }

    std::size_t operand()
    {
        if (token_.empty()) fail("ends too early");
        if (take("(")) {
            const std::size_t inner = either();
            if (!take(")")) fail("lacks a closing bracket");
            return inner;
        }
        const std::string_view token = token_;
        if (token == "and" || token == "or" || token == "not") fail("is not expected here: " + std::string(token));
        if (token == "true" || token == "false") return literal(token == "true");
        if (token.front() == '"') return literal(std::string(token.substr(1, token.size() - 2)));
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
        if (error == std::errc{} && end == token.data() + token.size()) return literal(number);
        if (!is_name(token.front())) fail("is not expected here: " + std::string(token));
        const std::optional<FactKind> kind = vocabulary_(token);
        if (!kind) fail("is not a known fact: " + std::string(token));
        next();
        return add({.op = Op::fact, .fact = std::string(token), .value = {}, .left = 0, .right = 0, .kind = *kind});
    }

    std::size_t literal(FactValue value)
    {
        next();
        const FactKind kind = kind_of(value);
        return add({.op = Op::value, .fact = {}, .value = std::move(value), .left = 0, .right = 0, .kind = kind});
    }

    std::string_view text_;
    const FactVocabulary& vocabulary_;
    std::vector<Node> nodes_;
    std::string_view token_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;
    int depth_ = 0;
};

using Known = std::optional<FactValue>;

Known known(bool yes)
{
    return FactValue(yes);
}

bool is(const Known& value, bool yes)
{
    return value && std::get<bool>(*value) == yes;
}

Known judged(const Node& node, const std::vector<Known>& values, const Facts& facts)
{
    const auto left = [&]() -> const Known& { return values[node.left]; };
    const auto right = [&]() -> const Known& { return values[node.right]; };
    switch (node.op) {
    case Op::value: return node.value;
    case Op::fact: {
        const auto found = facts.find(node.fact);
        // A fact of another kind than the vocabulary promised would be a bug; it is then as good as not known.
        if (found == facts.end() || kind_of(found->second) != node.kind) return std::nullopt;
        return found->second;
    }
    case Op::negation:
        if (!left()) return std::nullopt;
        return known(!std::get<bool>(*left()));
    case Op::both:
        if (is(left(), false) || is(right(), false)) return known(false);
        if (left() && right()) return known(true);
        return std::nullopt;
    case Op::either:
        if (is(left(), true) || is(right(), true)) return known(true);
        if (left() && right()) return known(false);
        return std::nullopt;
    default: break;
    }
    if (!left() || !right()) return std::nullopt;
    switch (node.op) {
    case Op::equal: return known(*left() == *right());
    case Op::unequal: return known(*left() != *right());
    case Op::less: return known(*left() < *right());
    case Op::less_equal: return known(*left() <= *right());
    default: return std::nullopt;
    }
}

std::string_view sign_of(Op op)
{
    switch (op) {
    case Op::negation: return "not";
    case Op::both: return "and";
    case Op::either: return "or";
    case Op::equal: return "=";
    case Op::unequal: return "!=";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::fact:
    case Op::value: break;
    }
    return "";
}

boost::json::value json_of(const std::vector<Node>& nodes, std::size_t at)
{
    const Node& node = nodes[at];
    if (node.op == Op::fact) {
        return boost::json::object{
            {"fact", node.fact}
        };
    }
    if (node.op == Op::value) {
        boost::json::object value;
        std::visit([&](const auto& v) { value["value"] = v; }, node.value);
        return value;
    }
    boost::json::array of{json_of(nodes, node.left)};
    if (node.op != Op::negation) of.push_back(json_of(nodes, node.right));
    return boost::json::object{
        {"op", sign_of(node.op)},
        {"of", std::move(of)   }
    };
}

}  // namespace

FactKind kind_of(const FactValue& value)
{
    if (std::holds_alternative<bool>(value)) return FactKind::yes_no;
    return std::holds_alternative<std::int64_t>(value) ? FactKind::number : FactKind::text;
}

std::string fact_text(const FactValue& value)
{
    if (const bool* yes = std::get_if<bool>(&value)) return *yes ? "是" : "否";
    if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    return std::get<std::string>(value);
}

Condition::Condition(std::string_view text, const FactVocabulary& vocabulary)
    : text_(text), nodes_(Parser(text, vocabulary).whole())
{
}

bool Condition::speaks_of(std::string_view fact) const
{
    return std::ranges::any_of(nodes_,
                               [&](const Node& node) { return node.op == Node::Op::fact && node.fact == fact; });
}

Truth Condition::judge(const Facts& facts) const
{
    if (always()) return Truth::yes;
    std::vector<Known> values;
    values.reserve(nodes_.size());
    for (const Node& node : nodes_) values.push_back(judged(node, values, facts));
    if (!values.back()) return Truth::unknown;
    return std::get<bool>(*values.back()) ? Truth::yes : Truth::no;
}

boost::json::value Condition::to_json() const
{
    if (always()) return nullptr;
    return json_of(nodes_, nodes_.size() - 1);
}

}  // namespace tongban
