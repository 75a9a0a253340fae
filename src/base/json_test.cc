#include "base/json.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

std::string why_not(std::string_view text)
{
    const auto parsed = parse_json(text);
    return parsed ? "" : std::string(parsed.error().code()) + " " + parsed.error().detail;
}

std::string nested(int levels)
{
    return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
}

TEST(ParseJson, AcceptsOnlyOneCleanDocument)
{
    for (std::string_view text :
         {R"({"a":1,"b":{"a":1}})", " [1, 2.5, -3, true, null, \"\\u738b\"] \n", R"("𠮷")", "0"}) {
        EXPECT_EQ(why_not(text), "") << text;
    }
    for (std::string_view text :
         {"", " ", "{", R"({"a":1}x)", R"({"a":1} {"b":2})", "{'a':1}", R"({"a":1,})", "[1,]", "NaN", "01", "1e999",
          "\xEF\xBB\xBF{}", "\"\xFF\"", R"("\ud800")", R"("\udc00")", "\"\x01\"", "// c\n1", "nul", R"({"a" 1})"}) {
        EXPECT_EQ(why_not(text).substr(0, 19), "base.malformed_json") << text;
    }
}

TEST(ParseJson, RefusesDuplicateKeysAtAnyDepth)
{
    for (std::string_view text :
         {R"({"a":1,"a":2})", R"({"x":[{"b":1,"c":2,"b":3}]})", "{\"a\":1,\"\\u0061\":2}", R"({"a":{"a":1},"a":2})"}) {
        EXPECT_EQ(why_not(text), "base.malformed_json 同一个键出现了两次") << text;
    }
}

TEST(ParseJson, LimitsDepth)
{
    EXPECT_EQ(why_not(nested(32)), "");
    EXPECT_EQ(why_not(nested(33)), "base.malformed_json 嵌套层次过深");
    EXPECT_EQ(why_not(nested(100'000)), "base.malformed_json 嵌套层次过深");
}

TEST(ParseJson, SurvivesAnyPrefixAndAnyByte)
{
    const std::string whole = R"({"name":"王𠮷","list":[1,-2,3.5e2,{"k":null}],"t":true,"e":"\n\u00e9"})";
    ASSERT_EQ(why_not(whole), "");
    for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_NE(why_not(whole.substr(0, n)), "");
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = whole;
            text[i] = static_cast<char>(byte);
            (void)why_not(text);
        }
    }
}

// All errors as "pointer code", one a line.
std::string errors(std::string_view text, const std::function<void(JsonReader&)>& read)
{
    const json::value value = std::move(parse_json(text)).value();
    JsonReader in(value);
    read(in);
    const auto done = in.finish();
    if (done) return "";
    EXPECT_EQ(done.error().code(), "base.invalid_fields");
    std::string lines;
    for (const FieldError& field : done.error().fields) lines += field.pointer + " " + field.code + "\n";
    return lines;
}

TEST(JsonReader, GivesWhatIsThere)
{
    const auto read = [](JsonReader& in) {
        EXPECT_EQ(in.text("name"), "王小明");
        EXPECT_EQ(in.optional_text("note"), "");
        EXPECT_EQ(in.optional_text("remark", {.max = 100, .lines = Lines::many}), "一\n二");
        EXPECT_EQ(in.integer("age", {.min = 0, .max = 150}), 42);
        EXPECT_EQ(in.optional_integer("none", {}), std::nullopt);
        EXPECT_TRUE(in.boolean("yes"));
        EXPECT_EQ(in.choice("kind", {"person", "organisation"}), "person");
        EXPECT_EQ(in.texts("tags", 3, {}), (std::vector<std::string>{"a", "b"}));
        std::vector<std::int64_t> numbers;
        in.list("items", 5, [&](JsonReader& item) { numbers.push_back(item.integer("n", {})); });
        EXPECT_EQ(numbers, (std::vector<std::int64_t>{1, 2}));
        in.object("inner", [](JsonReader& inner) { EXPECT_EQ(inner.text("a"), "b"); });
        in.optional_object("absent", [](JsonReader&) { FAIL(); });
        EXPECT_TRUE(in.has("name"));
        EXPECT_FALSE(in.has("note"));
    };
    EXPECT_EQ(errors(R"({"name":" 王小明 ","note":null,"remark":"一\n二","age":42,"yes":true,"kind":"person",
        "tags":["a","b"],"items":[{"n":1},{"n":2}],"inner":{"a":"b"}})",
                     read),
              "");
}

TEST(JsonReader, NamesEveryWrongPlaceAtOnce)
{
    const auto read = [](JsonReader& in) {
        EXPECT_EQ(in.text("missing"), "");
        in.text("blank");
        in.text("long", {.min = 1, .max = 2});
        in.text("control");
        in.text("number");
        in.integer("fraction", {});
        in.integer("big", {.min = 0, .max = 10});
        in.boolean("word");
        in.choice("kind", {"person"});
        in.texts("tags", 2, {});
        in.texts("many", 1, {});
        in.list("items", 5, [](JsonReader& item) { item.integer("n", {}); });
        in.object("inner", [](JsonReader& inner) { inner.text("a/b"); });
        in.fail("number", "check_digit", "…");
    };
    EXPECT_EQ(
        errors(R"({"blank":" ","long":"王小明","control":"a\u0000b","number":1,"fraction":1.5,"big":11,"word":"true",
            "kind":"dog","tags":["a",1],"many":["a","b"],"items":[{"n":1,"x":1},{},7],"inner":{},"surplus":1})",
               read),
        "/missing required\n/blank required\n/long too_long\n/control control_character\n/number wrong_type\n"
        "/fraction wrong_type\n/big out_of_range\n/word wrong_type\n/kind not_a_choice\n/tags/1 wrong_type\n"
        "/many too_many\n/items/0/x unknown_key\n/items/1/n required\n/items/2 wrong_type\n/inner/a~1b required\n"
        "/number check_digit\n/surplus unknown_key\n");
    EXPECT_EQ(errors("[]", [](JsonReader& in) { in.text("a"); }), " wrong_type\n");
}

TEST(JsonReader, AnswersAHostileBodyBriefly)
{
    std::string text = "{";
    for (int i = 0; i < 1000; ++i) text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    text += "}";
    const json::value value = std::move(parse_json(text)).value();
    JsonReader in(value);
    const auto done = in.finish();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().fields.size(), 100U);
}

}  // namespace
}  // namespace tongban
