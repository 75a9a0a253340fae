#include "base/bulkhead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace tongban {
namespace {

using namespace std::chrono_literals;

TEST(Bulkhead, LetsInSoManyAndRefusesTheOthersInTime)
{
    Bulkhead wall({.places = 1, .waiting = 1, .wait = 50ms});
    {
        const auto inside = wall.enter();
        ASSERT_TRUE(inside.has_value());
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_EQ(wall.enter().error().problem, &base_problem::unavailable);
        EXPECT_GE(std::chrono::steady_clock::now() - begin, 50ms);
    }
    EXPECT_TRUE(wall.enter().has_value());
}

TEST(Bulkhead, TheDoorIsBoundedTooAndWhoLeavesMakesRoom)
{
    Bulkhead wall({.places = 1, .waiting = 1, .wait = 20s});
    auto inside = std::make_unique<Result<Bulkhead::Place>>(wall.enter());
    ASSERT_TRUE(inside->has_value());
    std::atomic<int> entered = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> others;
    for (int i = 0; i < 5; ++i) {
        others.emplace_back([&] { ++(wall.enter().has_value() ? entered : refused); });
    }
    for (int i = 0; i < 1000 && refused < 4; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(refused, 4);  // one waits at the door, the others were sent away at once
    inside.reset();
    for (std::thread& other : others) other.join();
    EXPECT_EQ(entered, 1);
}

TEST(BoundedHttpClient, ASilentNeighbourHoldsOnlyItsShare)
{
    class Silent : public HttpClient {
    public:
        Response send(Method, const std::string&, const Headers&, std::string) override
        {
            ++asked;
            answer.wait();
            return Response::json(200, "{}");
        }
        std::promise<void> released;
        std::shared_future<void> answer = released.get_future().share();
        std::atomic<int> asked = 0;
    } neighbour;
    BoundedHttpClient client(neighbour, {.places = 8, .waiting = 8, .wait = 50ms});
    std::atomic<int> refused = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < 64; ++i) {
        workers.emplace_back([&] {
            try {
                client.send(Method::get, "u", {}, "");
            } catch (const Unreachable&) {
                ++refused;
            }
        });
    }
    for (int i = 0; i < 1000 && refused < 56; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(refused, 56);
    EXPECT_EQ(neighbour.asked, 8);
    neighbour.released.set_value();
    for (std::thread& worker : workers) worker.join();
}

}  // namespace
}  // namespace tongban
