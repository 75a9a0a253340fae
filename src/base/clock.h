#pragma once
// Time, ids and chance are handed in, never fetched: only platform/ and server/ touch the system's clock and entropy.

#include <cstdint>
#include <string>

namespace tongban {

// UTC milliseconds since 1970. Shown to people in fixed +08:00 (China has one time zone and no summer time).
using Millis = std::int64_t;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Millis now() = 0;
};

// Thread-safe.
class IdSource {
public:
    virtual ~IdSource() = default;
    // UUIDv7, 36 characters, time-ordered: new rows land at the end of the index.
    virtual std::string next() = 0;
    // `bytes` of entropy as lower-case hex: session tokens, verification codes.
    virtual std::string secret(int bytes) = 0;
};

std::string china_date(Millis at);       // 2026-11-23
std::string china_date_time(Millis at);  // 2026-11-23 14:05:09
int china_year(Millis at);
std::string utc_text(Millis at);  // 2026-11-23T06:05:09.123Z (RFC 3339), the API's form

}  // namespace tongban
