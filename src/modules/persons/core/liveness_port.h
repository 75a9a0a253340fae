#pragma once
// The provider of liveness checks 活体检测: shows the person a page of its own, compares the living face with the photo
// at public security, and tells us the result by a signed call. Implemented over HTTP (liveness_port_http.h); the
// JSON is in docs/ports.md. We never see a picture.

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace tongban {

struct LivenessQuestion {
    std::string check;  // our id: the same again gives the same page
    std::string name;
    std::string number;  // clear text; never logged
    Millis expires_at = 0;
};

struct LivenessNotice {
    std::string check;
    std::string transaction;
    bool passed = false;
    bool live = false;  // a living person, no photo, screen, mask or injected stream
    int score = 0;      // thousandths
    Millis at = 0;
};

class LivenessPort {
public:
    virtual ~LivenessPort() = default;
    // The address of the page that the person's browser is sent to. Blocks; outside a unit of work.
    // persons.liveness_unreachable.
    virtual Result<std::string> open(const LivenessQuestion& question) = 0;
    // Judges the signature first, then the form. persons.signature_wrong, base.invalid_fields, base.malformed_json.
    virtual Result<LivenessNotice> read_notice(std::string_view body, std::string_view signature) const = 0;
};

}  // namespace tongban
