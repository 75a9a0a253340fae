#include "base/money.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

TEST(Money, InFiguresAndInWords)
{
    struct Row {
        Fen amount;
        std::string_view figures;
        std::string_view words;
    };
    for (const Row& row : std::initializer_list<Row>{
             {0,               "0.00",             "零元整"                                                                                 },
             {8000,            "80.00",            "捌拾元整"                                                                              },
             {55000,           "550.00",           "伍佰伍拾元整"                                                                        },
             {5,               "0.05",             "伍分"                                                                                    },
             {50,              "0.50",             "伍角整"                                                                                 },
             {100503,          "1005.03",          "壹仟零伍元零叁分"                                                                  },
             {100050,          "1000.50",          "壹仟元伍角整"                                                                        },
             {1001000,         "10010.00",         "壹万零壹拾元整"                                                                     },
             {10010000000,     "100100000.00",     "壹亿零壹拾万元整"                                                                  },
             {100000000100,    "1000000001.00",    "壹拾亿零壹元整"                                                                     },
             {150000000,       "1500000.00",       "壹佰伍拾万元整"                                                                     },
             {999999999999999, "9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
             {-8000,           "-80.00",           "负捌拾元整"                                                                           },
    }) {
        EXPECT_EQ(money_text(row.amount), row.figures);
        EXPECT_EQ(money_chinese(row.amount), row.words) << row.figures;
        if (row.amount >= 0) {
            EXPECT_EQ(parse_money(row.figures), row.amount);
        }
    }
}

TEST(Money, IsReadStrictly)
{
    EXPECT_EQ(parse_money("80"), 8000);
    EXPECT_EQ(parse_money("80.5"), 8050);
    EXPECT_EQ(parse_money("1,234,567.89"), 123456789);
    for (std::string_view text : {"", ".5", "80.", "-80", "+80", "8e1", "80.001", "1,23", ",123", "1234,567", "80元",
                                  "99999999999999.00", " 80"}) {
        EXPECT_EQ(parse_money(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace tongban
