#pragma once
// LivenessPort over HTTP; both directions are signed with HMAC-SM3 under a secret that both sides know.

#include <string>

#include "base/http.h"
#include "modules/persons/core/liveness_port.h"

namespace tongban {

struct LivenessPortConfig {
    std::string provider_url;  // sessions are opened at {provider_url}/sessions
    std::string callback_url;  // {public url}/api/v1/gateway/liveness
    std::string return_url;    // where the browser goes afterwards: {public url}/portal/verified
    std::string secret;
};

// Thread-safe as far as the client is.
class HttpLivenessPort : public LivenessPort {
public:
    HttpLivenessPort(HttpClient& client, LivenessPortConfig config) : client_(client), config_(std::move(config)) {}
    Result<std::string> open(const LivenessQuestion& question) override;
    Result<LivenessNotice> read_notice(std::string_view body, std::string_view signature) const override;

private:
    HttpClient& client_;
    const LivenessPortConfig config_;
};

}  // namespace tongban
