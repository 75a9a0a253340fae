#pragma once
// The one way to register a route of the API. For every call the implementation does, in this order:
//   1. cookie → session → actor (no cookie or an expired one: nobody); staff, those who follow one case and
//      people with an account have a cookie each, so a browser may hold all: the one whose duties have the action
//      counts;
//   2. may one of the actor's duties do this action at all? otherwise 401 / 403, and the refusal is audited;
//   3. unsafe methods: Origin, if sent, is ours; X-CSRF-Token is the session's; Idempotency-Key is there;
//   4. If-Match where the route needs it (428 when missing);
//   5. the handler; an Error becomes a problem document, 403 among them is audited too.
// Whether the actor may touch *this* record is the service's question: authorise() in actor.h.
//
//     api.add(Method::post, "/api/v1/cases/{number}/acceptance", Action::accept_case,
//             [&](ApiRequest& request) -> Result<Response> {
//                 const json::value body = TRY(request.json());
//                 return service.accept(request.actor, request.path("number"), request.version(), …);
//             }, {.needs_if_match = true});

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/http.h"
#include "base/result.h"
#include "modules/access/core/actor.h"

namespace tongban {

struct ApiRequest {
    Request& http;
    Actor actor;
    std::string idempotency_key;           // empty on safe methods and exempt routes
    std::string body_digest;               // SM3 of method, path, If-Match and body: for Commands; empty for uploads
    std::optional<std::int64_t> if_match;  // the version in If-Match: "v7"

    const std::string& path(std::string_view name) const;  // a {name} of the pattern; asking for another is a bug
    std::int64_t version() const;                          // if_match of a route that needs it
    Result<boost::json::value> json() const;               // the body; "" is an empty object

    struct Page {
        int limit = 50;      // 1 … 100
        std::string cursor;  // opaque to clients; empty: from the start
    };
    Result<Page> page() const;  // of ?limit= and ?cursor=
};

// ETag form of a version, with the quotes: "v7".
std::string etag(std::int64_t version);
// "v7" or W/"v7" (a proxy that compresses weakens tags); anything else is nothing.
std::optional<std::int64_t> version_of_etag(std::string_view value);

struct ApiRules {
    bool needs_if_match = false;
    bool needs_idempotency_key = true;  // unsafe methods only; sign-in, uploads by chosen id, callbacks say false
    bool needs_csrf_token = true;       // unsafe methods of signed-in callers; public calls say false
    // false: for callers that are no browsers and prove themselves by a signature. No cookie is read then.
    bool uses_session = true;
    std::uint64_t body_bytes_max = 1 << 20;
};

using ApiHandler = std::function<Result<Response>(ApiRequest&)>;
// Decides before the body is read: an answer at once, or a sink. The ApiRequest lives only during the call.
using ApiUploadHandler = std::function<Result<std::variant<Response, std::unique_ptr<BodySink>>>(ApiRequest&)>;

class Api {
public:
    virtual ~Api() = default;
    virtual void add(Method method, std::string pattern, Action action, ApiHandler handler, ApiRules rules) = 0;
    virtual void add_upload(Method method, std::string pattern, Action action, ApiUploadHandler handler,
                            ApiRules rules) = 0;

    void add(Method method, std::string pattern, Action action, ApiHandler handler)
    {
        add(method, std::move(pattern), action, std::move(handler), ApiRules{});
    }
    void add_upload(Method method, std::string pattern, Action action, ApiUploadHandler handler)
    {
        add_upload(method, std::move(pattern), action, std::move(handler), ApiRules{});
    }
};

}  // namespace tongban
