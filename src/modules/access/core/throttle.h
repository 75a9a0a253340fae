#pragma once
// Counts failures by key and says when it is enough: sign-in attempts, tracking codes.

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"

namespace tongban {

// Thread-safe, bounded, in memory: a restart forgets, and every node counts on its own.
class Throttle {
public:
    struct Limits {
        int failures_max = 5;
        Millis window = 15 * 60 * 1000;  // failures older than this are forgotten
        std::size_t keys_max = 20'000;   // when full the oldest keys are forgotten
    };

    explicit Throttle(Limits limits) : limits_(limits) {}

    // Milliseconds to wait before the next attempt; 0: go ahead.
    Millis wait(std::string_view key, Millis now);
    void failed(std::string_view key, Millis now);
    void succeeded(std::string_view key);

private:
    struct Count {
        int failures = 0;
        Millis first_at = 0;
    };
    void make_room(Millis now);

    const Limits limits_;
    std::mutex mutex_;
    std::unordered_map<std::string, Count> counts_;
};

}  // namespace tongban
