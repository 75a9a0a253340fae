#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/data_file.h"
#include "platform/documents/template.h"
#include "platform/documents/template_press.h"

namespace tongban {
namespace {

using namespace documents;
using testing::HasSubstr;
namespace json = boost::json;

constexpr const char* folder = "data/documents";

json::object samples()
{
    std::ifstream in(std::string(folder) + "/samples.json");
    return json::parse(std::string(std::istreambuf_iterator<char>(in), {})).as_object();
}

TemplatePress& press()
{
    static const auto shared =
        make_template_press(std::filesystem::temp_directory_path() / "tongban-fonts", folder, PressMode::demo);
    return *shared;
}

std::string filled(std::string_view text, const json::object& values, const json::value* row = nullptr)
{
    const auto done = fill(text, {values, row, 2});
    return done ? *done : "!" + done.error().detail;
}

TEST(TemplateText, ShowsValuesInTheirForms)
{
    const json::object values = samples();
    EXPECT_EQ(filled("{unit.number}：{item}", values), "370102001001GB00001F00030171：不动产抵押权首次登记");
    EXPECT_EQ(filled("{fee_total|大写}（{fee_total|元}）", values), "捌拾元整（80.00）");
    EXPECT_EQ(filled("{mortgage.amount|大写}", values), "捌拾陆万元整");
    EXPECT_EQ(filled("{filed_on|日期}", values), "2026年11月23日");
    EXPECT_EQ(filled("{applicants|名单}", values), "赵䶮、齐鲁示范银行股份有限公司青岛市南支行");
    EXPECT_EQ(filled("{right_kind|勾选=抵押权}抵押权{right_kind|勾选=地役权}地役权", values), "■抵押权□地役权");
    EXPECT_EQ(filled("{nothing?}", values), "");
    EXPECT_THAT(filled("{unit.owner}", values), HasSubstr("unit.owner")) << "named, never blank";
    EXPECT_THAT(filled("{item|大写}", values), HasSubstr("item|大写"));
    EXPECT_THAT(filled("{unclosed", values), HasSubstr("括号"));
    const json::value row = {
        {"name", "甲"}
    };
    EXPECT_EQ(filled("{#}.{name}{item}", values, &row), "2.甲不动产抵押权首次登记");
}

TEST(Templates, AllArePrintedWithTheSamples)
{
    const std::string values = json::serialize(samples());
    std::vector<std::string> codes;
    for (const TemplateFacts& facts : press().list()) {
        codes.push_back(facts.code);
        EXPECT_FALSE(facts.law.empty());
        const auto pdf = press().print(facts.code, values, 1795413909000);
        ASSERT_TRUE(pdf) << facts.code << " " << pdf.error().code() << " " << pdf.error().detail;
        EXPECT_TRUE(pdf->starts_with("%PDF-"));
        EXPECT_EQ(*pdf, *press().print(facts.code, values, 1795413909000)) << "the same bytes again";
    }
    EXPECT_THAT(codes, testing::ElementsAre("F01", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F13", "F14", "F15",
                                            "F16"));
}

TEST(Templates, SayTheOfficialWordsAndRefuseGaps)
{
    const auto file =
        std::filesystem::temp_directory_path() / ("tongban-template-" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(file, std::ios::binary) << *press().print("F01", json::serialize(samples()), 1795413909000);
    FILE* pipe = ::popen(("pdftotext -raw " + file.string() + " - 2>&1").c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string text;
    std::array<char, 4096> part{};
    while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), n);
    ::pclose(pipe);
    std::filesystem::remove(file);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    for (const char* wanted :
         {"不动产登记申请书", "■抵押权", "□地役权", "人民币捌拾陆万元整", "𠮷田淼", "如有不实，申请人愿承担法律责任"})
        EXPECT_THAT(text, HasSubstr(wanted));

    json::object gap = samples();
    gap.at("unit").as_object().erase("number");
    const auto refused = press().print("F01", json::serialize(gap), 0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "documents.value_missing");
    EXPECT_THAT(refused.error().detail, HasSubstr("unit.number"));
    EXPECT_EQ(press().print("F99", "{}", 0).error().code(), "documents.template_unknown");
    EXPECT_EQ(press().print("F01", "no json", 0).error().code(), "documents.value_missing");
}

TEST(Templates, AFaultInTheDataNamesFileAndLine)
{
    const auto bad = std::filesystem::temp_directory_path() / ("tongban-templates-" + std::to_string(::getpid()));
    std::filesystem::create_directories(bad);
    std::ofstream(bad / "F90.toml")
        << "title = \"x\"\nlaw = \"y\"\n[[block]]\nkind = \"picture\"\n[[block]]\nkind = \"table\"\n";
    try {
        load_templates(bad.string());
        ADD_FAILURE() << "accepted";
    } catch (const DataBroken& broken) {
        EXPECT_THAT(broken.what(), HasSubstr("F90.toml:4"));
        EXPECT_THAT(broken.what(), HasSubstr("a table needs columns"));
    }
    std::filesystem::remove_all(bad);
}

}  // namespace
}  // namespace tongban
