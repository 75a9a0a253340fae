#include "modules/calendar/core/calendar.h"

#include <gtest/gtest.h>

#include "base/result.h"

namespace tongban {
namespace {

std::set<Day> days(std::initializer_list<std::string_view> dates)
{
    std::set<Day> all;
    for (std::string_view date : dates) all.insert(day_of(date));
    return all;
}

// Autumn 2024: off 1–7 October, at work Sunday 29 September and Saturday 12 October.
WorkCalendar autumn_2024()
{
    return {2024, 2024,
            days({"2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-05", "2024-10-06", "2024-10-07"}),
            days({"2024-09-29", "2024-10-12"})};
}

TEST(WorkCalendar, CountsOverTheHolidayAsThePublishedExample)
{
    const WorkCalendar calendar = autumn_2024();
    EXPECT_EQ(iso_date(calendar.due(day_of("2024-09-27"), 1)), "2024-09-29");
    EXPECT_EQ(iso_date(calendar.due(day_of("2024-09-27"), 3)), "2024-10-08");
    EXPECT_EQ(iso_date(calendar.due(day_of("2024-09-27"), 5)), "2024-10-10");
    EXPECT_EQ(iso_date(calendar.due(day_of("2024-10-11"), 1)), "2024-10-12");
    EXPECT_EQ(iso_date(calendar.due(day_of("2024-10-03"), 0)), "2024-10-08");
    EXPECT_EQ(iso_date(calendar.due(day_of("2024-10-08"), 0)), "2024-10-08");
}

TEST(WorkCalendar, CountsBetween)
{
    const WorkCalendar calendar = autumn_2024();
    EXPECT_EQ(calendar.working_days_between(day_of("2024-09-27"), day_of("2024-10-10")), 5);
    EXPECT_EQ(calendar.working_days_between(day_of("2024-10-10"), day_of("2024-09-27")), -5);
    EXPECT_EQ(calendar.working_days_between(day_of("2024-10-10"), day_of("2024-10-10")), 0);
}

TEST(WorkCalendar, TakesTheDateInChina)
{
    // 2024-09-26 17:00 UTC is the 27th in China.
    EXPECT_EQ(autumn_2024().due_on(1727370000000, 1), "2024-09-29");
}

TEST(WorkCalendar, RefusesYearsItDoesNotKnow)
{
    const WorkCalendar calendar = autumn_2024();
    EXPECT_THROW((void)calendar.is_working_day(day_of("2025-01-02")), BrokenInvariant);
    EXPECT_THROW((void)calendar.due(day_of("2024-12-31"), 1), BrokenInvariant);
    EXPECT_THROW(day_of("2024-02-30"), BrokenInvariant);
}

}  // namespace
}  // namespace tongban
