#include "modules/calendar/core/calendars.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tongban {
namespace {

using ::testing::HasSubstr;

class CalendarsTest : public ::testing::Test {
protected:
    Calendars calendars_{WorkCalendar(2026, 2027, {day_of("2026-12-25")}, {day_of("2026-12-26")})};
};

TEST_F(CalendarsTest, AreTheCountrysUntilARegistryHasDaysOfItsOwn)
{
    const WorkCalendar& before = calendars_.of(370102);
    EXPECT_EQ(&before, &calendars_.shared());
    calendars_.publish({
        {370102, {{"2026-12-14", false, "搬迁"}, {"2026-12-13", true, "补班"}}}
    });
    const WorkCalendar& own = calendars_.of(370102);
    EXPECT_FALSE(own.is_working_day(day_of("2026-12-14")));
    EXPECT_TRUE(own.is_working_day(day_of("2026-12-13")));
    EXPECT_TRUE(own.is_working_day(day_of("2026-12-26"))) << "the country's stay";
    EXPECT_TRUE(calendars_.of(370202).is_working_day(day_of("2026-12-14")));
    EXPECT_NE(own.version(), before.version()) << "promises are counted again";
    calendars_.publish({});
    EXPECT_EQ(calendars_.of(370102).version(), before.version());
    EXPECT_FALSE(own.is_working_day(day_of("2026-12-14"))) << "who holds it may go on reading";
}

TEST_F(CalendarsTest, MayOpenWhereTheCountryRestsAndCloseWhereItWorks)
{
    calendars_.publish({
        {370102, {{"2026-12-25", true, "延时服务"}, {"2026-12-26", false, "停电"}}}
    });
    EXPECT_TRUE(calendars_.of(370102).is_working_day(day_of("2026-12-25")));
    EXPECT_FALSE(calendars_.of(370102).is_working_day(day_of("2026-12-26")));
}

TEST_F(CalendarsTest, DaysGoneByStayAsTheyWereCounted)
{
    const auto fault = [&](const std::vector<SpecialDay>& before, const std::vector<SpecialDay>& after) {
        return fault_of(before, after, calendars_.shared(), "2026-11-23");
    };
    EXPECT_EQ(fault(
                  {
    },
                  {{"2026-12-14", false, "搬迁"}}),
              "");
    EXPECT_THAT(fault(
                    {
    },
                    {{"2026-11-23", false, "搬迁"}}),
                HasSubstr("已经过去"));
    EXPECT_THAT(fault(
                    {
                        {"2026-11-20", false, "搬迁"}
    },
                    {}),
                HasSubstr("不能删除"));
    EXPECT_THAT(fault(
                    {
                        {"2026-11-20", false, "搬迁"}
    },
                    {{"2026-11-20", true, "搬迁"}}),
                HasSubstr("已经过去"));
    EXPECT_EQ(fault(
                  {
                      {"2026-11-20", false, "搬迁"}
    },
                  {{"2026-11-20", false, "搬迁"}}),
              "");
    EXPECT_EQ(fault(
                  {
                      {"2026-12-14", false, "搬迁"}
    },
                  {}),
              "")
        << "what is to come may be taken back";
    EXPECT_THAT(fault(
                    {
    },
                    {{"2026-12-14", true, "加班"}}),
                HasSubstr("本来就是工作日"));
    EXPECT_THAT(fault(
                    {
    },
                    {{"2026-12-13", false, "搬迁"}}),
                HasSubstr("本来就不是"));
    EXPECT_THAT(fault(
                    {
    },
                    {{"2026-12-14", false, ""}}),
                HasSubstr("缺少依据"));
    EXPECT_THAT(fault(
                    {
    },
                    {{"2028-01-03", false, "搬迁"}}),
                HasSubstr("尚未公布"));
    EXPECT_THAT(fault(
                    {
    },
                    {{"2026-12-14", false, "a"}, {"2026-12-14", true, "b"}}),
                HasSubstr("重复"));
    EXPECT_THAT(fault(
                    {
    },
                    {{"14.12.2026", false, "a"}}),
                HasSubstr("应写作"));
}

}  // namespace
}  // namespace tongban
