#include "base/utc_text.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

TEST(UtcText, IsReadStrictly)
{
    EXPECT_EQ(parse_utc_text("2026-11-23T06:05:09.123Z"), 1795413909123);
    EXPECT_EQ(parse_utc_text("2026-11-23T06:05:09Z"), 1795413909000);
    EXPECT_EQ(utc_text(1795413909123), "2026-11-23T06:05:09.123Z");
    for (const char* bad : {"", "2026-11-23", "2026-02-30T06:05:09.123Z", "2026-11-23T24:05:09.123Z",
                            "2026-11-23T06:05:09.123+08", "2026-11-23t06:05:09.123Z", "2026-11-23T06:05:0x.123Z"}) {
        EXPECT_FALSE(parse_utc_text(bad).has_value()) << bad;
    }
}

}  // namespace
}  // namespace tongban
