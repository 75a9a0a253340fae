#pragma once
// Api on top of the router of base/http.h: session, permission, CSRF, idempotency and If-Match before every handler.

#include <functional>
#include <string>

#include "modules/access/access_service.h"
#include "modules/access/core/api.h"

namespace tongban {

// A member of staff was told "no, not you". Wiring writes it to the journal as access.refused.
struct Refusal {
    Actor actor;
    Action action;
    std::string route;      // "POST /api/v1/cases/{number}/acceptance"
    std::string_view code;  // of the problem
    std::string trace;
};

class ApiRouter : public Api {
public:
    struct Options {
        std::string
            public_origin;  // "https://tongban.example": what browsers send as Origin. Their Host header is fine too.
        // Told of ten refusals a minute and account, so that nobody fills the journal by asking; the access log has
        // all. May be empty. What it throws changes nothing for the caller, who is refused all the same.
        std::function<void(const Refusal&)> refused;
        std::function<void(std::string_view)> log;  // takes a line when `refused` threw; may be empty
    };

    ApiRouter(Router& router, AccessService& access, Options options);

    using Api::add;
    using Api::add_upload;
    void add(Method method, std::string pattern, Action action, ApiHandler handler, ApiRules rules) override;
    void add_upload(Method method, std::string pattern, Action action, ApiUploadHandler handler,
                    ApiRules rules) override;

private:
    struct RouteFacts {
        Method method;
        std::string pattern;
        Action action;
        ApiRules rules;
    };
    std::optional<Session> session_for(const Request& request, Action action);
    Result<ApiRequest> admit(Request& request, const RouteFacts& route, Actor& actor);
    Response refuse(const Error& error, const Request& request, const RouteFacts& route, const Actor& actor);
    void tell_of(const Refusal& refusal);

    Router& router_;
    AccessService& access_;
    const Options options_;
};

}  // namespace tongban
