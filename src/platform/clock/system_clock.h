#pragma once
// The real time and the real entropy. Only server/ makes these; everybody else is handed a Clock and an IdSource.

#include <cstddef>
#include <mutex>

#include "base/clock.h"

namespace tongban {

class SystemClock : public Clock {
public:
    Millis now() override;
};

// UUIDv7 (RFC 9562). Ids made by one process ascend strictly, even within one millisecond and when the clock steps
// back.
class SystemIds : public IdSource {
public:
    std::string next() override;
    std::string secret(int bytes) override;

private:
    std::mutex mutex_;
    std::uint64_t last_ = 0;  // milliseconds << 12 | counter
};

// Fills from the kernel's generator; throws when there is none.
void fill_random(void* to, std::size_t bytes);

}  // namespace tongban
