#include "modules/access/api_router.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "modules/access/core/access_problems.h"

namespace tongban {
namespace {

constexpr std::size_t key_bytes_min = 8;
constexpr std::size_t key_bytes_max = 80;

bool is_safe(Method method)
{
    return method == Method::get || method == Method::head;
}

// "http://host:8080" → "host:8080"
std::string_view authority(std::string_view origin)
{
    const std::size_t slashes = origin.find("://");
    return slashes == std::string_view::npos ? std::string_view{} : origin.substr(slashes + 3);
}

// A page of another site makes the browser send that site's Origin. The Host header names us, because the browser
// wrote it and it reached us; behind a proxy that rewrites Host the configured origin counts.
bool origin_is_ours(const Request& request, std::string_view public_origin)
{
    const std::string_view origin = request.headers.find("Origin");
    if (origin.empty()) return !request.headers.has("Origin");
    return origin == public_origin || (!authority(origin).empty() && authority(origin) == request.headers.find("Host"));
}

bool is_key(std::string_view key)
{
    return key.size() >= key_bytes_min && key.size() <= key_bytes_max &&
           std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string digest_of(const Request& request)
{
    return sm3_hex(fmt::format("{} {}?{}\n{}\n{}", to_text(request.method), request.path, request.query,
                               request.headers.find("If-Match"), request.body));
}

}  // namespace

ApiRouter::ApiRouter(Router& router, AccessService& access, Options options)
    : router_(router), access_(access), options_(std::move(options))
{
}

// A clerk may be a citizen, too, in the same browser: the portal's own paths look at the person first.
std::optional<Session> ApiRouter::session_for(const Request& request, Action action)
{
    constexpr std::array elsewhere{staff_cookie, applicant_cookie, person_cookie};
    constexpr std::array in_portal{person_cookie, staff_cookie, applicant_cookie};
    std::optional<Session> first;
    for (std::string_view name : request.path.starts_with("/api/v1/portal/") ? in_portal : elsewhere) {
        const std::string_view value = request.cookie(name);
        if (value.empty()) continue;
        auto session = access_.find_session(value);
        if (!session) continue;
        if (may_by_duty(session->actor, action)) return session;
        if (!first) first = std::move(session);
    }
    return first;
}

Result<ApiRequest> ApiRouter::admit(Request& request, const RouteFacts& route, Actor& actor)
{
    std::optional<Session> session;
    if (route.rules.uses_session) session = session_for(request, route.action);
    if (session) actor = session->actor;

    if (!may_at_all(actor, route.action)) {
        return Error{actor.signed_in() ? access_problem::forbidden : access_problem::not_signed_in};
    }

    ApiRequest admitted{.http = request, .actor = actor, .idempotency_key = {}, .body_digest = {}, .if_match = {}};
    if (!is_safe(route.method) && route.rules.uses_session) {
        if (!origin_is_ours(request, options_.public_origin)) return Error{access_problem::origin_wrong};
        if (session && route.rules.needs_csrf_token &&
            !equal_in_constant_time(request.headers.find("X-CSRF-Token"), session->csrf_token)) {
            return Error{access_problem::csrf_token_wrong};
        }
    }
    if (!is_safe(route.method) && route.rules.needs_idempotency_key) {
        const std::string_view key = request.headers.find("Idempotency-Key");
        if (key.empty()) return Error{access_problem::idempotency_key_missing};
        if (!is_key(key)) return Error{access_problem::idempotency_key_invalid, "应为 8 至 80 个可见字符"};
        admitted.idempotency_key = key;
        admitted.body_digest = digest_of(request);
    }
    const std::string_view if_match = request.headers.find("If-Match");
    if (!if_match.empty()) {
        admitted.if_match = version_of_etag(if_match);
        if (!admitted.if_match) return Error{access_problem::if_match_invalid, "应为 \"v<版本号>\""};
    } else if (route.rules.needs_if_match) {
        return Error{access_problem::if_match_missing};
    }
    return admitted;
}

// A refused applicant stands in the access log only: an applicant is whoever has a phone, and every refusal kept for
// ever would be theirs to write.
void ApiRouter::tell_of(const Refusal& refusal)
{
    if (!options_.refused || refusal.actor.holds(Duty::applicant)) return;
    if (!access_.may_note_refusal(refusal.actor.account)) return;
    try {
        options_.refused(refusal);
    } catch (const std::exception& broken) {
        if (options_.log) options_.log(fmt::format("a refusal was not written down: {}", broken.what()));
    }
}

Response ApiRouter::refuse(const Error& error, const Request& request, const RouteFacts& route, const Actor& actor)
{
    if (error.problem->kind == Kind::forbidden && actor.signed_in()) {
        tell_of({.actor = actor,
                 .action = route.action,
                 .route = fmt::format("{} {}", to_text(route.method), route.pattern),
                 .code = error.code(),
                 .trace = request.trace});
    }
    Response response = problem_response(error, request.trace);
    for (const auto& [key, value] : error.extra) {
        if (key == "retry_after") response.headers.set("Retry-After", value);
    }
    return response;
}

void ApiRouter::add(Method method, std::string pattern, Action action, ApiHandler handler, ApiRules rules)
{
    RouteFacts facts{method, pattern, action, rules};
    Route route{.method = method, .pattern = std::move(pattern), .handler = {}, .upload = {}};
    route.body_bytes_max = rules.body_bytes_max;
    route.handler = [this, facts = std::move(facts), handler = std::move(handler)](Request& request) {
        Actor actor;
        auto admitted = admit(request, facts, actor);
        if (!admitted) return refuse(admitted.error(), request, facts, actor);
        auto response = handler(*admitted);
        if (!response) return refuse(response.error(), request, facts, actor);
        return std::move(response).value();
    };
    router_.add(std::move(route));
}

void ApiRouter::add_upload(Method method, std::string pattern, Action action, ApiUploadHandler handler, ApiRules rules)
{
    RouteFacts facts{method, pattern, action, rules};
    Route route{.method = method, .pattern = std::move(pattern), .handler = {}, .upload = {}};
    route.body_bytes_max = rules.body_bytes_max;
    route.upload = [this, facts = std::move(facts), handler = std::move(handler)](
                       Request& request) -> std::variant<Response, std::unique_ptr<BodySink>> {
        Actor actor;
        auto admitted = admit(request, facts, actor);
        if (!admitted) return refuse(admitted.error(), request, facts, actor);
        // The body is not here yet: the digest of an upload is the handler's own business.
        admitted->body_digest.clear();
        auto answer = handler(*admitted);
        if (!answer) return refuse(answer.error(), request, facts, actor);
        return std::move(answer).value();
    };
    router_.add(std::move(route));
}

}  // namespace tongban
