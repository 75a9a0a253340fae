#pragma once
// RFC 3161 time stamps: asking for one, checking one, giving one. Internal to platform, but for the factories below.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http.h"
#include "base/time_stamps.h"
#include "platform/crypto/trusted_roots.h"

namespace tongban {

// Asks the authorities in turn, over HTTP ("application/timestamp-query"); an answer counts only when its token fits
// the question and hangs from one of the roots (PEM).
std::unique_ptr<TimeStamps> make_time_stamps(HttpClient& client, std::vector<std::string> urls,
                                             const std::string& roots_pem);

// A time-stamping authority of our own, for the demonstration: key and certificate from the folder of create_demo_ca.
class TimeStampAuthority {
public:
    virtual ~TimeStampAuthority() = default;
    // DER in, DER out; a request that is no request is answered with a rejection.
    virtual std::string answer(std::string_view request) = 0;
};
std::unique_ptr<TimeStampAuthority> make_time_stamp_authority(const std::filesystem::path& folder, Clock& clock);

namespace crypto {

struct CheckedStamp {
    Millis at = 0;
    std::string authority;  // common name
};
// Nothing when the token is not about `imprint` (SHA-256, 32 bytes), is damaged, or hangs from no root.
std::optional<CheckedStamp> check_time_stamp(std::string_view token, std::string_view imprint,
                                             const TrustedRoots& roots);

std::string sha256(std::string_view bytes);

}  // namespace crypto
}  // namespace tongban
