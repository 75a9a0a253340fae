#include "modules/access/session_http.h"

#include <fmt/format.h>

#include "base/json.h"
#include "modules/access/core/access_problems.h"

namespace tongban {
namespace {

std::string session_body(const Session& session, const SessionPage& page)
{
    json::array duties;
    for (Duty duty : session.actor.duties) duties.emplace_back(json::string(to_text(duty)));
    return json::serialize(json::object{
        {"account_id", session.actor.account},
        {"login",      session.login        },
        {"name",       session.actor.name   },
        {"agency",     fmt::format("{:06}",   session.actor.agency)},
        {"agency_name",            page.agency_name(session.actor.agency)                    },
        {"duties",            std::move(duties)     },
        {"csrf_token",            session.csrf_token                },
        {"demonstration",            page.demonstration  }
    });
}

Response session_response(const Session& session, const SessionPage& page)
{
    Response response = Response::json(200, session_body(session, page));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Result<Response> sign_in(ApiRequest& request, AccessService& access, const SessionPage& page)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string login = in.text("login", {.max = 60});
    const std::string password = in.text("password", {.max = 200});
    TRY(in.finish());
    const auto signed_in = TRY(access.sign_in(login, password, request.http.remote));
    Response response = session_response(signed_in.session, page);
    response.headers.add("Set-Cookie", signed_in.set_cookie);
    return response;
}

Result<Session> staff_session(const ApiRequest& request, AccessService& access)
{
    const auto session = access.find_session(request.http.cookie(staff_cookie));
    if (!session || session->actor.holds(Duty::applicant)) return Error{access_problem::not_signed_in};
    return *session;
}

Result<Response> sign_out(ApiRequest& request, AccessService& access)
{
    const Session session = TRY(staff_session(request, access));
    access.sign_out(session);
    Response response = Response::no_content();
    response.headers.add("Set-Cookie", access.ended_cookie(staff_cookie));
    return response;
}

}  // namespace

void add_session_routes(Api& api, AccessService& access, SessionPage page)
{
    api.add(Method::post, "/api/v1/session", Action::sign_in,
            [&access, page](ApiRequest& request) { return sign_in(request, access, page); },
            {.needs_idempotency_key = false, .needs_csrf_token = false, .body_bytes_max = 4096});
    api.add(Method::get, "/api/v1/session", Action::use_session,
            [&access, page](ApiRequest& request) -> Result<Response> {
                return session_response(TRY(staff_session(request, access)), page);
            });
    api.add(Method::del, "/api/v1/session", Action::use_session,
            [&access](ApiRequest& request) { return sign_out(request, access); }, {.needs_idempotency_key = false});
}

}  // namespace tongban
