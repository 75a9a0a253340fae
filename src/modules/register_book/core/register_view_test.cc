#include "modules/register_book/core/register_view.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tongban {
namespace {

RegisterView with_orders(std::initializer_list<std::pair<int, RightStatus>> mortgages)
{
    RegisterView view;
    for (const auto& [order, status] : mortgages) {
        RegisteredMortgage mortgage;
        mortgage.order = order;
        mortgage.status = status;
        view.mortgages.push_back(mortgage);
    }
    return view;
}

TEST(RegisterView, NextOrderFollowsTheHighestCurrentMortgage)
{
    EXPECT_EQ(next_mortgage_order(with_orders({})), 1);
    EXPECT_EQ(next_mortgage_order(with_orders({
                  {1, RightStatus::current}
    })),
              2);
    EXPECT_EQ(next_mortgage_order(with_orders({
                  {1, RightStatus::terminated}
    })),
              1);
    EXPECT_EQ(next_mortgage_order(with_orders({
                  {1, RightStatus::terminated},
                  {2, RightStatus::current   }
    })),
              3);
    EXPECT_EQ(current_mortgages(with_orders({
                  {1, RightStatus::terminated},
                  {2, RightStatus::current   }
    })),
              1U);
}

TEST(RegisterView, JsonShowsNoSealedNumber)
{
    RegisterView view;
    view.unit_number = "370102001001GB00001F00010001";
    view.found = true;
    view.owners.push_back({"王建国", "370102********1237", "v1.secret", "digest", "单独所有", "鲁(2021)…", 0});
    const std::string text = boost::json::serialize(to_json(view));
    EXPECT_NE(text.find("370102********1237"), std::string::npos);
    EXPECT_EQ(text.find("v1.secret"), std::string::npos);
    EXPECT_EQ(text.find("digest"), std::string::npos);
}

}  // namespace
}  // namespace tongban
