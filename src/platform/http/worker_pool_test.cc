#include "platform/http/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>

namespace tongban {
namespace {

using namespace std::chrono_literals;
using Admission = WorkerPool::Admission;

TEST(WorkerPoolTest, RunsNoMoreTasksAtOnceThanAllowedAndAllOfThem)
{
    std::atomic<int> running{0};
    std::atomic<int> most{0};
    std::atomic<int> done{0};
    WorkerPool pool(16, 3, 1000);
    for (int i = 0; i < 200; ++i) {
        ASSERT_TRUE(pool.submit(
            [&] {
                const int now = ++running;
                int seen = most;
                while (now > seen && !most.compare_exchange_weak(seen, now)) {
                }
                std::this_thread::sleep_for(200us);
                --running;
                ++done;
            },
            Admission::bounded));
    }
    while (done < 200) std::this_thread::sleep_for(1ms);
    EXPECT_EQ(most, 3);
    pool.join();
}

// The ten would wait for ever if waiting counted as running.
TEST(WorkerPoolTest, AnotherTaskRunsWhileOneWaits)
{
    WorkerPool pool(16, 2, 1000);
    std::latch all_there(10);
    std::atomic<int> done{0};
    for (int i = 0; i < 10; ++i) {
        pool.submit(
            [&] {
                {
                    const Blocking wait;
                    all_there.arrive_and_wait();
                }
                ++done;
            },
            Admission::bounded);
    }
    while (done < 10) std::this_thread::sleep_for(1ms);
    pool.join();
}

// Nobody has to get in line again after a wait: what runs too much then goes to sleep later.
TEST(WorkerPoolTest, WhoWaitedGoesOnAtOnceThoughAllPlacesAreTaken)
{
    WorkerPool pool(4, 1, 1000);
    std::latch released(1);
    std::latch waiting(1);
    std::latch went_on(1);
    std::atomic<int> after{0};
    pool.submit(
        [&] {
            {
                const Blocking wait;
                waiting.count_down();
                released.wait();
            }
            went_on.count_down();
        },
        Admission::bounded);
    waiting.wait();
    // Holds the only place until the first one has gone on.
    pool.submit(
        [&] {
            released.count_down();
            went_on.wait();
        },
        Admission::bounded);
    for (int i = 0; i < 20; ++i) pool.submit([&] { ++after; }, Admission::bounded);
    while (after < 20) std::this_thread::sleep_for(1ms);
    pool.join();
}

TEST(WorkerPoolTest, RunsWhatIsQueuedBeforeItEndsAndTakesNothingNewThen)
{
    std::atomic<int> done{0};
    WorkerPool pool(2, 1, 1000);
    for (int i = 0; i < 50; ++i) pool.submit([&] { ++done; }, Admission::bounded);
    pool.join();
    EXPECT_EQ(done, 50);
    EXPECT_FALSE(pool.submit([] {}, Admission::bounded));
}

TEST(WorkerPoolTest, RefusesNewWorkWhenTheQueueIsFullButNotContinuations)
{
    WorkerPool pool(1, 1, 1);
    std::latch started(1);
    std::latch go(1);
    std::atomic<int> done{0};
    pool.submit(
        [&] {
            started.count_down();
            go.wait();
        },
        Admission::bounded);
    started.wait();
    EXPECT_TRUE(pool.submit([&] { ++done; }, Admission::bounded));
    EXPECT_FALSE(pool.submit([&] { ++done; }, Admission::bounded));
    EXPECT_TRUE(pool.submit([&] { ++done; }, Admission::always));
    go.count_down();
    pool.join();
    EXPECT_EQ(done, 2);
}

}  // namespace
}  // namespace tongban
