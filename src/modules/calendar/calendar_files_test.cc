#include "modules/calendar/calendar_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/data_file.h"

namespace tongban {
namespace {

std::string faults_of(const std::string& content)
{
    const auto folder = std::filesystem::temp_directory_path() / ("calendar-" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "2026.toml") << content;
    std::string what;
    try {
        load_calendar(folder.string());
    } catch (const DataBroken& broken) {
        what = broken.what();
    }
    std::filesystem::remove_all(folder);
    return what;
}

TEST(CalendarFiles, OfThisYear)
{
    const WorkCalendar calendar = load_calendar("data/calendar");
    EXPECT_EQ(iso_date(calendar.due(day_of("2026-11-23"), 1)), "2026-11-24");
    EXPECT_EQ(iso_date(calendar.due(day_of("2026-11-27"), 1)), "2026-11-30");
    EXPECT_EQ(iso_date(calendar.due(day_of("2026-09-30"), 1)), "2026-10-08");
    EXPECT_EQ(iso_date(calendar.due(day_of("2026-09-18"), 1)), "2026-09-20");
    EXPECT_EQ(iso_date(calendar.due(day_of("2026-12-31"), 1)), "2027-01-04");
    EXPECT_EQ(calendar.last_year(), 2027);
}

TEST(CalendarFiles, NameEveryFaultByLine)
{
    const std::string what = faults_of(
        "year = 2026\nsource = \"x\"\nprovisional = false\n[[holidays]]\nname = \"x\"\nfrom = 2026-05-01\nto = "
        "2026-04-01\n"
        "[[workdays]]\nday = 2026-05-06\nbecause = \"x\"\n[[workdays]]\nday = \"2026-05-09\"\nwhy = \"x\"\n");
    EXPECT_THAT(what, ::testing::HasSubstr("2026.toml:7: to: is too far"));
    EXPECT_THAT(what, ::testing::HasSubstr("2026.toml:9: day: is no Saturday or Sunday"));
    EXPECT_THAT(what, ::testing::HasSubstr("2026.toml:12: day: must be a date"));
    EXPECT_THAT(what, ::testing::HasSubstr("because: is missing"));
    EXPECT_THAT(what, ::testing::HasSubstr("2026.toml:13: why: is not a key"));
    EXPECT_THAT(faults_of("year = \n"), ::testing::HasSubstr("2026.toml:1: "));
    EXPECT_THROW(load_calendar("data/nowhere"), DataBroken);
}

}  // namespace
}  // namespace tongban
