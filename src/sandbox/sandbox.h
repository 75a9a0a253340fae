#pragma once
// The outside world of a demonstration: police, ID reader, SMS gateway, payment gateway, liveness provider, tax
// authority. Started by `tongban sandbox`, reached by the platform over the same HTTP ports as the real ones would be
// (docs/ports.md). Keeps everything in memory; every page says 演示.

#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "base/http.h"
#include "sandbox/liveness_stand_in.h"
#include "sandbox/payment_stand_in.h"
#include "sandbox/tax_stand_in.h"

namespace tongban {

struct SandboxConfig {
    std::string public_url;      // http://127.0.0.1:8081, how browsers reach the sandbox
    std::string payment_secret;  // shared with the platform, like the next
    std::string liveness_secret;
    // A time-stamping authority: RFC 3161 request in, answer out (DER); empty: there is none.
    std::function<std::string(std::string_view)> time_stamps = {};
};

// Thread-safe. Must outlive the server that runs its routes.
class Sandbox {
public:
    Sandbox(HttpClient& client, Clock& clock, IdSource& ids, const SandboxConfig& config);

    void add_routes(Router& router);

private:
    struct ShortMessage {
        std::int64_t id = 0;
        std::string phone;
        std::string text;
        Millis at = 0;
    };

    Response stamp_time(Request& request);
    Response check_identity(Request& request);
    Response read_card(Request& request);
    Response take_message(Request& request);
    Response list_messages(Request& request);
    Response show_messages();

    Clock& clock_;
    IdSource& ids_;
    PaymentStandIn payment_;
    LivenessStandIn liveness_;
    TaxStandIn tax_;
    const std::function<std::string(std::string_view)> time_stamps_;

    std::mutex mutex_;
    std::size_t next_person_ = 0;
    std::int64_t last_message_ = 0;
    std::deque<ShortMessage> messages_;  // newest first
    std::map<std::string, std::int64_t> message_by_key_;
};

}  // namespace tongban
