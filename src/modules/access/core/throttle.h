#pragma once
// Counts by key and says when it is enough: sign-in attempts, tracking codes, refusals written down.

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
        // 0: beyond failures_max nothing goes until the window has passed. Otherwise each failure beyond it makes the
        // next one wait twice as long, from this up to the window, which then begins with the last failure.
        Millis wait_first = 0;
    };

    explicit Throttle(Limits limits) : limits_(limits) {}

    // Milliseconds to wait before the next attempt; 0: go ahead.
    Millis wait(std::string_view key, Millis now);
    // The same, and when it is 0 the attempt is counted as failed in the same moment, so that of many at once no more
    // than the limit go ahead. undo() takes back one that went well.
    Millis attempt(std::string_view key, Millis now);
    void undo(std::string_view key);
    void failed(std::string_view key, Millis now);
    void succeeded(std::string_view key);

private:
    struct Count {
        int failures = 0;
        Millis first_at = 0;
        Millis last_at = 0;
    };
    Millis forgotten_at(const Count& count) const;
    Millis wait_of(const std::string& key, Millis now);
    void add(const std::string& key, Millis now);
    void make_room(Millis now);

    const Limits limits_;
    std::mutex mutex_;
    std::unordered_map<std::string, Count> counts_;
};

}  // namespace tongban
