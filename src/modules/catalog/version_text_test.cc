// A version made from another: the same checks as a file, the law over it, and what readers see when it is published.
#include "modules/catalog/version_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/catalog/catalog_files.h"
#include "modules/catalog/core/differences.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VersionText : public ::testing::Test {
protected:
    Catalog catalog_ = load_catalog("data");
    std::unique_ptr<VersionReader> reader_ = make_version_reader("data", catalog_);
    const Item& mortgage_ = *catalog_.find_item(370102, "DY-01", "2026-12-01");

    static LineEdit line(const std::string& code, const std::string& when = {})
    {
        return {code,
                "抵押物清单",
                when.empty() ? "required" : "conditional",
                when,
                when.empty() ? "" : "抵押物较多的",
                {"original"},
                "",
                "逐项列明"};
    }
    static ListEdits edits()
    {
        ListEdits all;
        all.base = "20261124-1";
        return all;
    }
    VersionReader::Read made(const ListEdits& edits, Agency own_of = 370102)
    {
        const std::string text = version_text(mortgage_, edits, {"20261201-370102-1", "2026-12-01", own_of});
        return reader_->read("DY-01", "20261201-370102-1", text);
    }
};

TEST_F(VersionText, WithoutEditsIsTheSameItem)
{
    const auto read = made(edits());
    EXPECT_THAT(read.faults, IsEmpty());
    EXPECT_THAT(differences(mortgage_, read.item), IsEmpty()) << differences(mortgage_, read.item)[0].title;
    EXPECT_THAT(read.item.registries, ElementsAre(370102));
    EXPECT_EQ(read.item.valid_from, "2026-12-01");
    EXPECT_THAT(law_faults(mortgage_, read.item), IsEmpty());
    EXPECT_THAT(made(edits(), 0).item.registries, IsEmpty()) << "the province's is everybody's";
}

TEST_F(VersionText, EveryItemSurvivesTheRoundTrip)
{
    for (const Item* item : catalog_.items()) {
        if (item->version.empty()) continue;
        const auto read = reader_->read(item->code, "20270101-370102-1",
                                        version_text(*item, edits(), {"20270101-370102-1", "2027-01-01", 370102}));
        EXPECT_THAT(read.faults, IsEmpty()) << item->code;
        EXPECT_THAT(differences(*item, read.item), IsEmpty()) << item->code;
        EXPECT_EQ(read.item.effect, item->effect);
        EXPECT_EQ(read.item.asked_often.size(), item->asked_often.size());
    }
}

TEST_F(VersionText, AddsChangesAndDropsLines)
{
    ListEdits changed = edits();
    changed.lines = {line("L01", "mortgage.way = \"maximum\" and count.mortgagor > 2")};
    changed.lines.push_back({"M10", "", "required", "", "", {"original"}, "", "带原件"});
    changed.promised_working_days = 0;
    changed.contact.phone = "0531-12345678";
    changed.applies_to_running = "总局公告 1 号";
    const auto read = made(changed);
    ASSERT_THAT(read.faults, IsEmpty());
    ASSERT_NE(read.item.find_line("L01"), nullptr);
    EXPECT_TRUE(read.item.find_line("L01")->local);
    EXPECT_EQ(read.item.find_line("L01")->condition.text(), "mortgage.way = \"maximum\" and count.mortgagor > 2");
    EXPECT_EQ(read.item.find_line("M10")->title, "主债权合同和抵押合同") << "the province names its lines";
    EXPECT_THAT(read.item.find_line("M10")->forms, ElementsAre(MaterialForm::original));
    EXPECT_EQ(read.item.contact.phone, "0531-12345678");
    EXPECT_EQ(read.item.applies_to_running, "总局公告 1 号");
    std::vector<std::string> parts;
    for (const Difference& one : differences(mortgage_, read.item)) parts.push_back(one.part + " " + one.code);
    EXPECT_THAT(parts, ElementsAre("promise ", "line M10", "line L01", "contact "));
    EXPECT_THAT(law_faults(mortgage_, read.item), IsEmpty());
}

TEST_F(VersionText, FaultsAreNamedByLine)
{
    ListEdits broken = edits();
    broken.lines = {line("L01", "count.banks > 1")};
    ASSERT_EQ(made(broken).faults.size(), 1U);
    EXPECT_THAT(made(broken).faults[0], ::testing::MatchesRegex("20261201-370102-1:[0-9]+: when: is not a known fact: "
                                                                "count.banks .*"));
    broken.lines = {line("L01")};
    broken.lines[0].title.clear();
    EXPECT_THAT(made(broken).faults[0], HasSubstr("title: is missing"));
    broken.lines = {line("L01")};
    broken.lines[0].forms.clear();
    EXPECT_THAT(made(broken).faults[0], HasSubstr("forms: needs at least one"));
}

TEST_F(VersionText, TheLawStandsOverIt)
{
    ListEdits changed = edits();
    changed.dropped = {"M10"};
    EXPECT_THAT(law_faults(mortgage_, made(changed).item),
                ElementsAre(HasSubstr("M10“主债权合同和抵押合同”是法定申请材料")));
    changed = edits();
    changed.lines = {
        {"M10", "", "optional", "", "", {"original"}, "", ""}
    };
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), ElementsAre(HasSubstr("不得放宽")));
    changed.lines = {
        {"M07", "", "required", "", "", {"original"}, "公开查验", ""}
    };
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), IsEmpty());
    EXPECT_TRUE(made(changed).item.find_line("M07")->must_not_demand) << "no edit can say otherwise";
    changed.lines = {
        {"M04", "", "conditional", "count.agent > 0", "由代理人申请的", {"original"}, "", ""}
    };
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), ElementsAre(HasSubstr("第二十四条")));
    changed.lines = {line("L01")};
    changed.lines[0].title = "抵押物价值评估报告";
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), ElementsAre(HasSubstr("不得要求提交的材料")));
    changed = edits();
    changed.promised_working_days = 2;
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), ElementsAre(HasSubstr("不得长于全省规定的 1 个工作日")));
    changed = edits();
    changed.questions = {
        {"intent", "随便问问", "yes_no", "yes", "", {}}
    };
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), ElementsAre(HasSubstr("询问内容不得删改")));
    changed.questions = {
        {"own", "抵押物是否已向银行说明？", "yes_no", "yes", "", {"mortgagor"}}
    };
    EXPECT_THAT(law_faults(mortgage_, made(changed).item), IsEmpty());
}

TEST_F(VersionText, WhatIsPublishedIsSeenWholeAndWhatIsHeldStaysGood)
{
    ListEdits changed = edits();
    changed.lines = {line("L01")};
    const Item* held = catalog_.find_item(370102, "DY-01", "2026-12-02");
    catalog_.publish({made(changed).item}, {});
    const Item* now = catalog_.find_item(370102, "DY-01", "2026-12-02");
    EXPECT_EQ(now->version, "20261201-370102-1");
    EXPECT_EQ(catalog_.find_item(370102, "DY-01", "2026-11-30"), held) << "not before its day";
    EXPECT_EQ(catalog_.find_item(370202, "DY-01", "2026-12-02"), held) << "not elsewhere";
    Item stub;
    stub.code = "DY-01";
    stub.version = "20261201-370102-1";
    catalog_.publish({stub}, {});
    EXPECT_EQ(catalog_.find_item(370102, "DY-01", "2026-12-02"), now) << "a version that is known is never replaced";
    catalog_.publish({}, {});
    EXPECT_EQ(catalog_.find_item(370102, "DY-01", "2026-12-02"), held) << "withdrawn";
    EXPECT_NE(now->find_line("L01"), nullptr) << "and whoever holds it may go on reading";
}

TEST_F(VersionText, AVersionThatNobodyKnowsIsLookedForOnce)
{
    int looked = 0;
    ListEdits changed = edits();
    const Item version = made(changed).item;
    catalog_.when_unknown([&] {
        if (++looked == 2) catalog_.publish({version}, {});
    });
    EXPECT_FALSE(catalog_.item_version("DY-01", "20261201-370102-1"));
    EXPECT_TRUE(catalog_.item_version("DY-01", "20261201-370102-1"));
    EXPECT_TRUE(catalog_.item_version("DY-01", "20261201-370102-1"));
    EXPECT_EQ(looked, 2);
}

TEST_F(VersionText, SwitchesBeginOnTheirDayAndARegistrysOwnIsStronger)
{
    const Item& sale = *catalog_.find_item(370102, "XF-01", "2026-12-02");
    catalog_.publish(
        {
    },
        {
            {370000, "DY-01", "", false, "2026-12-01"},
            {370102, "DY-01", "", true, "2026-11-20"},
            {370102, "DY-01", "online", false, "2026-11-20"},
            {370202, "XF-01", "", true, "2026-12-05"},
        });
    EXPECT_TRUE(catalog_.is_on(370102, mortgage_, "2026-12-02")) << "its own switch";
    EXPECT_FALSE(catalog_.is_on(370102, mortgage_, "2026-12-02", "online"));
    EXPECT_TRUE(catalog_.is_on(370102, mortgage_, "2026-12-02", "window"));
    EXPECT_FALSE(catalog_.is_on(370103, mortgage_, "2026-12-02")) << "the province's";
    EXPECT_TRUE(catalog_.is_on(370103, mortgage_, "2026-11-30"));
    EXPECT_EQ(catalog_.item_in_force(370103, "DY-01", "2026-12-02").error().code(), "catalog.item_off");
    EXPECT_EQ(catalog_.next_switch(370202, "XF-01", "2026-12-02"), "2026-12-05");
    EXPECT_FALSE(catalog_.is_on(370202, sale, "2026-12-04") && !sale.on);
    EXPECT_TRUE(catalog_.is_on(370202, sale, "2026-12-05"));
}

}  // namespace
}  // namespace tongban
