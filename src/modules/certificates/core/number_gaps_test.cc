#include "modules/certificates/core/number_gaps.h"

#include <gtest/gtest.h>

#include "modules/certificates/core/stock.h"

namespace tongban {
namespace {

using Holes = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::string told(const std::vector<NumberGap>& gaps)
{
    std::string all;
    for (const NumberGap& gap : gaps) {
        all += std::to_string(gap.from) + "-" + std::to_string(gap.to) +
               (gap.explained ? std::string(to_text(gap.record.state)) : "?") + " ";
    }
    return all;
}

TEST(CertificateNumbers, EveryGapIsExplainedOrAnIncident)
{
    const std::vector<SetAsideNumber> set_aside{
        {3, SetAsideState::void_,    "打印错误", "a", 0},
        {5, SetAsideState::used,     "",             "a", 0},
        {8, SetAsideState::reserved, "批量",       "a", 0},
        {9, SetAsideState::reserved, "批量",       "a", 0}
    };
    EXPECT_EQ(told(explain_gaps({}, set_aside)), "");
    EXPECT_EQ(told(explain_gaps(
                  Holes{
                      {2, 4}
    },
                  set_aside)),
              "3-3void ");
    EXPECT_EQ(told(explain_gaps(
                  Holes{
                      {1, 4}
    },
                  set_aside)),
              "2-2? 3-3void ");
    EXPECT_EQ(told(explain_gaps(
                  Holes{
                      {4, 7}
    },
                  set_aside)),
              "5-6? ")
        << "used, but its certificate is not there";
    EXPECT_EQ(told(explain_gaps(
                  Holes{
                      {2, 4 },
                      {7, 12}
    },
                  set_aside)),
              "3-3void 8-8reserved 9-9reserved 10-11? ");
    EXPECT_EQ(told(explain_gaps(
                  Holes{
                      {0, 1'000'000'000}
    },
                  {})),
              "1-999999999? ")
        << "without walking through it";
}

TEST(Stock, ABlankGoesOnlyForwardExceptWhenItIsReturned)
{
    using enum StockState;
    EXPECT_TRUE(may_become(unused, drawn));
    EXPECT_TRUE(may_become(drawn, unused));
    EXPECT_TRUE(may_become(drawn, printed));
    EXPECT_TRUE(may_become(printed, void_)) << "H48";
    EXPECT_TRUE(may_become(void_, destroyed));
    for (const StockState any : {unused, drawn, printed, used, void_, lost, destroyed}) {
        EXPECT_FALSE(may_become(destroyed, any));
        EXPECT_FALSE(may_become(any, any));
        EXPECT_EQ(may_become(any, unused), any == drawn);
        EXPECT_EQ(may_become(any, printed), any == drawn) << "only what was drawn is printed on";
    }
    EXPECT_FALSE(may_become(lost, used)) << "nobody knows where it has been";
}

}  // namespace
}  // namespace tongban
