#include "modules/register_book/core/shares.h"

#include <gtest/gtest.h>

#include <vector>

namespace tongban {
namespace {

std::vector<OwnerShare> shares(std::initializer_list<std::string_view> texts)
{
    std::vector<OwnerShare> all;
    for (const std::string_view text : texts) all.push_back(find_owner_share(text).value());
    return all;
}

TEST(Shares, AreReadExactlyAndWrittenInLowestTerms)
{
    EXPECT_EQ(to_text(find_owner_share("单独所有").value()), "单独所有");
    EXPECT_EQ(to_text(find_owner_share("共同共有").value()), "共同共有");
    EXPECT_EQ(to_text(find_owner_share("2/4").value()), "1/2");
    for (const char* wrong : {"", "50%", "0/2", "3/2", "1/0", "-1/2", "1/2 ", "1/2/3", "/", "1/99999999999999999999"}) {
        EXPECT_FALSE(find_owner_share(wrong).has_value()) << wrong;
    }
}

TEST(Shares, NeverMakeMoreThanTheWhole)
{
    EXPECT_EQ(whole_of({}), Whole::less);
    EXPECT_EQ(whole_of(shares({"单独所有"})), Whole::exact);
    EXPECT_EQ(whole_of(shares({"单独所有", "单独所有"})), Whole::beyond);
    EXPECT_EQ(whole_of(shares({"单独所有", "1/2"})), Whole::beyond);
    EXPECT_EQ(whole_of(shares({"共同共有", "共同共有"})), Whole::exact);
    EXPECT_EQ(whole_of(shares({"共同共有", "1/2"})), Whole::beyond);
    EXPECT_EQ(whole_of(shares({"1/3", "1/3"})), Whole::less);
    EXPECT_EQ(whole_of(shares({"1/3", "1/3", "1/3"})), Whole::exact) << "thirds are exact";
    EXPECT_EQ(whole_of(shares({"1/3", "1/3", "3333333/9999998"})), Whole::beyond) << "by less than a millionth";
    EXPECT_EQ(whole_of(shares({"1/999999937", "1/999999929", "1/999999893"})), Whole::beyond)
        << "what cannot be added exactly is not let in";
}

TEST(Shares, TwoThirdsAreNotSixtySixPercent)
{
    constexpr Fraction two_thirds{2, 3};
    EXPECT_TRUE(at_least(shares({"1/3", "1/3"}), two_thirds));
    EXPECT_FALSE(at_least(shares({"3/5"}), two_thirds));
    EXPECT_FALSE(at_least(shares({"6666/10000"}), two_thirds));
    EXPECT_TRUE(at_least(shares({"6667/10000"}), two_thirds));
    EXPECT_TRUE(at_least(shares({"共同共有"}), two_thirds));
}

}  // namespace
}  // namespace tongban
