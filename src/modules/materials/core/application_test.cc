#include "modules/materials/core/application.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tongban {
namespace {

FormField field(std::string key, FieldKind kind, bool required = true)
{
    FormField made;
    made.label = key;
    made.key = std::move(key);
    made.kind = kind;
    made.required = required;
    return made;
}

Item item()
{
    Item made;
    made.fields = {field("kind", FieldKind::choice),     field("sum", FieldKind::money),
                   field("from", FieldKind::date),       field("to", FieldKind::date),
                   field("ban", FieldKind::yes_no),      field("number", FieldKind::integer, false),
                   field("note", FieldKind::text, false)};
    made.fields[0].options = {
        {"one", "一般"   },
        {"two", "最高额"}
    };
    made.fields[3].not_before = "from";
    made.fields[5].max = 20;
    made.fields[6].when = Condition("kind = \"two\"", vocabulary_of(made.fields, {}));
    made.fields[6].required = true;
    return made;
}

constexpr std::string_view unit = "370102001001GB00001F00010001";

// The application, or the faults of its body.
std::string read(std::string_view values, Application* into = nullptr)
{
    const json::value body =
        json::parse(R"({"unit_number":")" + std::string(unit) + R"(","values":)" + std::string(values) + "}");
    JsonReader in(body);
    Application application = read_application(in, item());
    const Result<void> done = in.finish();
    std::string faults;
    if (!done) {
        for (const FieldError& fault : done.error().fields) faults += fault.pointer + " " + fault.code + ";";
    }
    if (into != nullptr) *into = std::move(application);
    return faults;
}

std::string missing(const Application& application)
{
    Facts facts;
    add_field_facts(application, item(), facts);
    std::string faults;
    for (const FieldError& fault : application_faults(application, item(), facts))
        faults += fault.pointer + " " + fault.code + ";";
    return faults;
}

TEST(Application, IsReadByTheFieldsOfTheItem)
{
    Application read_one;
    EXPECT_EQ(read(R"({"kind":"one","sum":100,"from":"2026-01-01","to":"2026-02-01","ban":false})", &read_one), "");
    EXPECT_EQ(read_one.number("sum"), 100);
    EXPECT_EQ(read_one.text("from"), "2026-01-01");
    EXPECT_FALSE(read_one.yes("ban"));
    EXPECT_EQ(read_one.text("ban"), "no") << "asked and answered";
    EXPECT_EQ(missing(read_one), "");
    EXPECT_EQ(json::serialize(application_json(read_one, item())),
              R"({"unit_number":"370102001001GB00001F00010001","values":{"kind":"one","sum":100,)"
              R"("from":"2026-01-01","to":"2026-02-01","ban":false}})");
    EXPECT_EQ(display_text(item().fields[0], read_one), "一般");
    EXPECT_EQ(display_text(item().fields[1], read_one), "1.00 元");
    Application large = read_one;
    large.values[1].text = "123456789012";
    EXPECT_EQ(display_text(item().fields[1], large), "1,234,567,890.12 元");
    large.values[1].text = "12345600";
    EXPECT_EQ(display_text(item().fields[1], large), "123,456.00 元");
    EXPECT_EQ(display_text(item().fields[4], read_one), "否");
}

TEST(Application, NamesEveryWrongValue)
{
    EXPECT_EQ(
        read(R"({"kind":"three","sum":-1,"from":"2026-02-30","to":5,"ban":"no","number":21,"other":1})"),
        "/values/kind choice;/values/sum out_of_range;/values/from date;/values/to wrong_type;/values/ban wrong_type;"
        "/values/number out_of_range;/values/other unknown_key;");
}

TEST(Application, MayBeSavedHalfDoneAndSaysWhatIsMissing)
{
    Application half;
    EXPECT_EQ(read(R"({"kind":"two","sum":0,"from":"2026-02-01","to":"2026-01-01","note":null})", &half), "");
    EXPECT_EQ(missing(half),
              "/values/sum required;/values/to before_start;/values/ban required;/values/note required;");
}

TEST(Application, LeavesOutWhatIsNotAsked)
{
    Application changed_mind;
    read(R"({"kind":"one","note":"最高额的说明"})", &changed_mind);
    Facts facts;
    add_field_facts(changed_mind, item(), facts);
    EXPECT_EQ(std::get<std::string>(facts.at("note")), "");
    EXPECT_EQ(std::get<std::int64_t>(facts.at("number")), 0);
    EXPECT_EQ(std::get<bool>(facts.at("ban")), false);
}

}  // namespace
}  // namespace tongban
