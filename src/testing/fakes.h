#pragma once
// Time and ids that tests control. Thread-safe.

#include <atomic>

#include "base/clock.h"

namespace tongban {

class FakeClock : public Clock {
public:
    // 2026-11-23 14:05:09 in China, a Monday.
    explicit FakeClock(Millis at = 1795413909000) : now_(at) {}
    Millis now() override { return now_; }
    void set(Millis at) { now_ = at; }
    void advance(Millis by) { now_ += by; }

private:
    std::atomic<Millis> now_;
};

// 00000000-0000-7000-8000-000000000001, …2 and so on; secrets count likewise.
class CountingIds : public IdSource {
public:
    std::string next() override;
    std::string secret(int bytes) override;

private:
    std::atomic<std::uint64_t> ids_ = 0;
    std::atomic<std::uint64_t> secrets_ = 0;
};

}  // namespace tongban
