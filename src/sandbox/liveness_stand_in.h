#pragma once
// The provider of liveness checks of the demonstration: takes signed sessions, shows a phone-first page where one
// chooses what the camera would have found, and tells the platform by a signed call. No camera is used, no picture
// exists. JSON in docs/ports.md.

#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "base/http.h"

namespace tongban {

// Thread-safe.
class LivenessStandIn {
public:
    // `page_url`: {sandbox}/liveness. `secret`: shared with the platform.
    LivenessStandIn(HttpClient& client, Clock& clock, IdSource& ids, std::string page_url, std::string secret)
        : client_(client), clock_(clock), ids_(ids), page_url_(std::move(page_url)), secret_(std::move(secret))
    {
    }

    void add_routes(Router& router);

private:
    struct Session {
        std::string name;
        std::string callback_url;
        std::string return_url;
        std::string notice;  // the body sent to the platform; empty before the person chose
    };

    Response open(Request& request);
    Response show_page(Request& request);
    Response decide(Request& request);

    HttpClient& client_;
    Clock& clock_;
    IdSource& ids_;
    const std::string page_url_;
    const std::string secret_;

    std::mutex mutex_;
    std::map<std::string, Session> sessions_;  // by id: UUIDv7, so the first is the oldest
};

}  // namespace tongban
