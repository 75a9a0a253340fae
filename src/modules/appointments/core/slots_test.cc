#include "modules/appointments/core/slots.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

TEST(Slots, AreCutOutOfTheHours)
{
    EXPECT_EQ(slots_within("09:00-10:30", 30), (std::vector<std::string>{"09:00", "09:30", "10:00"}));
    EXPECT_EQ(slots_within("09:00-09:40", 30), (std::vector<std::string>{"09:00"})) << "the rest is no slot";
    for (const char* bad :
         {"", "9:00-10:00", "09:00-25:00", "09:60-10:00", "10:00-09:00", "09:00 10:00", "09:00-09:29"}) {
        EXPECT_TRUE(slots_within(bad, 30).empty()) << bad;
    }
    EXPECT_TRUE(slots_within("09:00-10:00", 0).empty());
}

TEST(Slots, BeginInChineseTime)
{
    EXPECT_EQ(utc_text(begin_of("2026-11-24", "09:00")), "2026-11-24T01:00:00.000Z");
    EXPECT_EQ(utc_text(begin_of("2027-01-01", "00:30")), "2026-12-31T16:30:00.000Z");
}

}  // namespace
}  // namespace tongban
