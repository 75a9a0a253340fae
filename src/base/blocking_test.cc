#include "base/blocking.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace tongban {
namespace {

struct Counted final : Blocking::Listener {
    void wait_begins() override { ++begun; }
    void wait_ended() noexcept override { ++ended; }
    int begun = 0;
    int ended = 0;
};

TEST(BlockingTest, TellsTheListenerOfItsThreadOncePerOutermostScope)
{
    Counted listener;
    Blocking::set_listener(&listener);
    {
        const Blocking outer;
        const Blocking inner;
        EXPECT_EQ(listener.begun, 1);
        EXPECT_EQ(listener.ended, 0);
    }
    try {
        const Blocking scope;
        throw std::runtime_error("the wait failed");
    } catch (const std::runtime_error&) {
    }
    std::thread([] { const Blocking elsewhere; }).join();
    Blocking::set_listener(nullptr);
    {
        const Blocking unheard;
    }
    EXPECT_EQ(listener.begun, 2);
    EXPECT_EQ(listener.ended, 2);
}

}  // namespace
}  // namespace tongban
