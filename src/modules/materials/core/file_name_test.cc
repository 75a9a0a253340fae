#include "modules/materials/core/file_name.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

TEST(FileName, HidesWhatLooksLikeANumberOfAPerson)
{
    struct Row {
        std::string_view name;
        std::string_view stored;
    };
    const Row rows[] = {
        {"张三370102199003071237.jpg",                           "张三370102********1237.jpg"},
        {"37010219900307123X正面.jpg",                           "370102********123X正面.jpg"},
        {"37010219900307123x.jpg",                                 "370102********123X.jpg"      },
        {"370102900307123.pdf",                                    "37***********23.pdf"         },
        {"13812345678.png",                                        "138****5678.png"             },
        {"a13812345678b13912345678",                               "a138****5678b139****5678"    },
        {"+8613812345678.png",                                     "+86138****5678.png"          },
        {"３７０１０２１９９００３０７１２３７", "370102********1237"          },
        {"370102-19900307-123X.jpg",                               "370102********123X.jpg"      },
        {"370102 19900307 1237.jpg",                               "370102********1237.jpg"      },
        {"138 1234 5678 合同",                                   "138****5678 合同"          },
        {"138-1234-5678.pdf",                                      "138****5678.pdf"             },
    };
    for (const Row& row : rows) EXPECT_EQ(masked_file_name(row.name), row.stored);
}

TEST(FileName, LeavesWhatIsNoNumberOfAPerson)
{
    for (std::string_view name :
         {"抵押合同 1&2.pdf", "IMG_20261124_113012.jpg", "微信图片_20261124113012.jpg", "mmexport1668412345678.jpg",
          "TB37010220261124000001.pdf", "20261124113012123.jpg", "扫描件(３).pdf", "2026-11-24 2.pdf",
          "370102-1990-1.pdf", "138-1234-567.pdf", "370102-19900307-12", "X.png"}) {
        EXPECT_EQ(masked_file_name(name), name);
    }
}

TEST(FileName, HeaderIsPercentEncodedUtf8)
{
    EXPECT_EQ(read_file_name("%E5%90%88%E5%90%8C+1%262.pdf").value, "合同+1&2.pdf");
    EXPECT_EQ(read_file_name("%20a.pdf%E3%80%80").value, "a.pdf");
    EXPECT_EQ(read_file_name("%E5%BC%A0%E4%B8%89370102199003071237.jpg").value, "张三370102********1237.jpg");
    std::string longest;
    for (int i = 0; i < 200; ++i) longest += "%E5%90%88";
    EXPECT_FALSE(read_file_name(longest).fault.has_value());

    struct Row {
        std::string header;
        std::string_view code;
    };
    const Row rows[] = {
        {"",                  "required"         },
        {"%20%E3%80%80",      "required"         },
        {"合同.pdf",        "encoding"         },
        {"%E5%9.pdf",         "encoding"         },
        {"100%.pdf",          "encoding"         },
        {"%FF.pdf",           "invalid_utf8"     },
        {"a%0D%0Ab.pdf",      "control_character"},
        {"a%E2%80%AEfdp.exe", "control_character"},
        {longest + "a",       "too_long"         },
    };
    for (const Row& row : rows) {
        const FileName read = read_file_name(row.header);
        ASSERT_TRUE(read.fault.has_value()) << row.header;
        EXPECT_EQ(read.fault->code, row.code) << row.header;
        EXPECT_EQ(read.value, "");
    }
}

}  // namespace
}  // namespace tongban
