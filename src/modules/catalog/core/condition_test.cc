#include "modules/catalog/core/condition.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "modules/catalog/core/rules.h"

namespace tongban {
namespace {

namespace json = boost::json;

const json::value& vectors()
{
    static const json::value read = [] {
        std::stringstream text;
        text << std::ifstream("tests/vectors/conditions.json").rdbuf();
        return json::parse(text.str());
    }();
    return read;
}

std::optional<FactKind> vocabulary(std::string_view name)
{
    const json::value* kind = vectors().at("facts").as_object().if_contains(name);
    if (kind == nullptr) return std::nullopt;
    if (kind->as_string() == "yes_no") return FactKind::yes_no;
    return kind->as_string() == "number" ? FactKind::number : FactKind::text;
}

Facts known()
{
    Facts facts;
    for (const auto& [name, value] : vectors().at("known").as_object()) {
        if (value.is_bool()) facts[name] = value.as_bool();
        if (value.is_int64()) facts[name] = value.as_int64();
        if (value.is_string()) facts[name] = std::string(value.as_string());
    }
    return facts;
}

std::string_view word(Truth truth)
{
    switch (truth) {
    case Truth::no: return "no";
    case Truth::yes: return "yes";
    case Truth::unknown: break;
    }
    return "unknown";
}

TEST(Condition, JudgesTheSharedVectors)
{
    for (const json::value& vector : vectors().at("vectors").as_array()) {
        const std::string text(vector.at("text").as_string());
        const Condition condition(text, vocabulary);
        EXPECT_EQ(condition.to_json(), vector.at("tree")) << text << "\n" << json::serialize(condition.to_json());
        EXPECT_EQ(word(condition.judge(known())), vector.at("verdict").as_string()) << text;
    }
}

std::string fault_of(std::string_view text)
{
    try {
        const Condition condition(text, vocabulary);
        return "fine";
    } catch (const ConditionFault& fault) {
        return std::to_string(fault.at) + " " + fault.what();
    }
}

TEST(Condition, SaysWhatIsWrongAndWhere)
{
    EXPECT_EQ(fault_of("yess"), "0 is not a known fact: yess");
    EXPECT_EQ(fault_of("yes and count.bank > 1"), "8 is not a known fact: count.bank");
    EXPECT_EQ(fault_of("count.buyer"), "11 is a value, not a condition");
    EXPECT_EQ(fault_of("count.buyer = \"2\""), "17 compares values of two kinds");
    EXPECT_EQ(fault_of("yes < no"), "8 asks for the order of yes and no");
    EXPECT_EQ(fault_of("(yes"), "4 lacks a closing bracket");
    EXPECT_EQ(fault_of("yes)"), "3 is not expected here: )");
    EXPECT_EQ(fault_of("yes and"), "7 ends too early");
    EXPECT_EQ(fault_of("and yes"), "0 is not expected here: and");
    EXPECT_EQ(fault_of("day = \"2026"), "6 has a text without its second quote");
    EXPECT_EQ(fault_of("count.buyer and yes"), "12 needs a yes or no before this");
    EXPECT_EQ(fault_of("yes ; no"), "4 is not expected here: ;");
    EXPECT_EQ(fault_of(""), "0 ends too early");
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "not ";
    EXPECT_NE(fault_of(deep + "yes").find("is nested too deeply"), std::string::npos);
}

TEST(Condition, WithoutTextAlwaysHolds)
{
    EXPECT_TRUE(Condition().holds({}));
    EXPECT_TRUE(Condition().to_json().is_null());
}

Rule rule(std::string_view when, std::string_view unless = {})
{
    Rule made;
    made.id = "R";
    made.severity[static_cast<std::size_t>(Matter::transfer)] = RuleSeverity::block;
    made.when = Condition(when, vocabulary);
    if (!unless.empty()) made.unless = Condition(unless, vocabulary);
    made.passed = "好";
    made.failed = "有 {count.buyer} 人、{nothing}";
    return made;
}

TEST(Rules, PassFailOrWait)
{
    const auto verdict = [](const Rule& one, Moment moment, Matter matter = Matter::transfer) {
        const auto results = judge({one}, matter, known(), moment);
        return results.empty() ? std::string("none") : results.front().message;
    };
    EXPECT_EQ(verdict(rule("no"), Moment::decision), "好");
    EXPECT_EQ(verdict(rule("yes"), Moment::decision), "有 2 人、…");
    EXPECT_EQ(verdict(rule("yes", "yes"), Moment::decision), "好") << "excused";
    EXPECT_EQ(verdict(rule("yes", "no"), Moment::decision), "有 2 人、…");
    EXPECT_EQ(verdict(rule("unasked"), Moment::advice), "none");
    EXPECT_EQ(verdict(rule("unasked"), Moment::decision), "有 2 人、…")
        << "nobody passes because something was not asked";
    EXPECT_EQ(verdict(rule("unasked", "yes"), Moment::decision), "好");
    EXPECT_EQ(verdict(rule("no", "unasked"), Moment::decision), "好");
    EXPECT_EQ(verdict(rule("yes", "unasked"), Moment::advice), "none");
    EXPECT_EQ(verdict(rule("yes"), Moment::decision, Matter::notice), "none") << "does not concern this matter";
}

TEST(Rules, ThatStandBeforeTheEntryOnlyStopNobodyEarlier)
{
    Rule late = rule("yes");
    late.before_entry = true;
    const auto severity = [&](Moment moment) {
        return judge({late}, Matter::transfer, known(), moment).at(0).severity;
    };
    EXPECT_EQ(severity(Moment::advice), RuleSeverity::inform);
    EXPECT_EQ(severity(Moment::decision), RuleSeverity::inform);
    EXPECT_EQ(severity(Moment::entry), RuleSeverity::block);
    late.before_entry = false;
    EXPECT_EQ(severity(Moment::decision), RuleSeverity::block);
}

}  // namespace
}  // namespace tongban
