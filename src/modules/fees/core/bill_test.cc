#include "modules/fees/core/bill.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tongban {
namespace {

TEST(Bill, LinesSurviveJson)
{
    const std::vector<BillLine> lines{
        {"H", "登记费",       2, 8000, 16000},
        {"C", "证书工本费", 1, 1000, 1000 }
    };
    const std::vector<BillLine> again = lines_from_json(boost::json::parse(boost::json::serialize(to_json(lines))));
    ASSERT_EQ(again.size(), 2U);
    EXPECT_EQ(again[0].amount_fen, 16000);
    EXPECT_EQ(again[1].name, "证书工本费");
    EXPECT_EQ(total_fen(again), 17000);
}

TEST(Bill, ALineThatDoesNotAddUpIsOurMistake)
{
    EXPECT_THROW(total_fen({
                     {"H", "登记费", 2, 8000, 8000}
    }),
                 BrokenInvariant);
}

}  // namespace
}  // namespace tongban
