#include "base/clock.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

TEST(ClockText, ShowsChinaTimeToPeopleAndUtcToPrograms)
{
    const Millis at = 1'795'413'909'123;  // 2026-11-23T06:05:09.123Z
    EXPECT_EQ(utc_text(at), "2026-11-23T06:05:09.123Z");
    EXPECT_EQ(china_date_time(at), "2026-11-23 14:05:09");
    EXPECT_EQ(china_date(at), "2026-11-23");
}

TEST(ClockText, TheChineseYearBeginsEightHoursEarlier)
{
    const Millis new_year_in_china = 1'798'732'800'000;  // 2026-12-31T16:00:00Z
    EXPECT_EQ(china_year(new_year_in_china - 1), 2026);
    EXPECT_EQ(china_year(new_year_in_china), 2027);
    EXPECT_EQ(china_date(new_year_in_china), "2027-01-01");
}

TEST(ClockText, TimesBeforeTheEpochRoundDown)
{
    EXPECT_EQ(utc_text(-1), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace tongban
