#include "platform/clock/system_clock.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace tongban {
namespace {

TEST(SystemIds, AreVersionSevenAndAscend)
{
    SystemIds ids;
    const std::regex shape("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    std::string previous;
    for (int i = 0; i < 20000; ++i) {
        const std::string id = ids.next();
        ASSERT_TRUE(i % 1000 != 0 || std::regex_match(id, shape)) << id;
        ASSERT_LT(previous, id);
        previous = id;
    }
}

TEST(SystemIds, SecretsHaveTheLengthAskedForAndDiffer)
{
    SystemIds ids;
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(ids.secret(16));
    EXPECT_EQ(seen.size(), 100U);
    EXPECT_EQ(seen.begin()->size(), 32U);
}

TEST(SystemClock, IsNearTheIdsTime)
{
    SystemClock clock;
    SystemIds ids;
    const Millis before = clock.now();
    const std::string id = ids.next();
    const Millis at = std::stoll(id.substr(0, 8) + id.substr(9, 4), nullptr, 16);
    EXPECT_GE(at, before);
    EXPECT_LE(at, clock.now() + 1);
}

}  // namespace
}  // namespace tongban
