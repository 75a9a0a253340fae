#include "modules/persons/persons_http.h"

#include "base/codes.h"
#include "base/json.h"
#include "modules/access/core/access_problems.h"

namespace tongban {
namespace {

struct Asked {
    PersonClaim claim;
    std::string code;
};

Result<Asked> read_claim(const ApiRequest& request, bool with_code)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    Asked asked;
    asked.claim.name = in.text("name", {.max = 100});
    const CheckedCode number = check_citizen_number(in.text("number", {.max = 40}));
    if (!number) in.fail("number", std::string(number.fault->code), std::string(number.fault->detail));
    const CheckedCode phone = check_mobile(in.text("phone", {.max = 30}));
    if (!phone) in.fail("phone", std::string(phone.fault->code), std::string(phone.fault->detail));
    if (with_code) asked.code = in.text("code", {.max = 12});
    TRY(in.finish());
    asked.claim.number = number.value;
    asked.claim.phone = phone.value;
    return asked;
}

Response no_store(Response response)
{
    response.headers.set("Cache-Control", "no-store");
    return response;
}

json::object person_json(const PortalPerson& person, const std::string& csrf_token, bool demonstration)
{
    json::object out{
        {"name",          person.name                                },
        {"document_type", json::string(to_text(person.document_type))},
        {"number_masked", person.number_masked                       },
        {"phone_masked",  person.phone_masked                        },
        {"level",         number_of(person.level)                    },
        {"csrf_token",    csrf_token                                 },
        {"demonstration", demonstration                              }
    };
    if (person.liveness) out["live_until"] = utc_text(person.liveness->passed_at + liveness_lasts);
    return out;
}

void add_session_of_person(Api& api, PersonAccounts& accounts, bool demonstration)
{
    const ApiRules from_anyone{.needs_idempotency_key = false, .needs_csrf_token = false, .body_bytes_max = 4096};
    api.add(
        Method::post, "/api/v1/portal/sign-in-codes", Action::sign_in,
        [&accounts](ApiRequest& request) -> Result<Response> {
            const Asked asked = TRY(read_claim(request, false));
            TRY(accounts.send_code(asked.claim, request.http.remote));
            return no_store(Response::json(202, R"({"sent":true})"));
        },
        from_anyone);
    api.add(
        Method::post, "/api/v1/portal/session", Action::sign_in,
        [&accounts, demonstration](ApiRequest& request) -> Result<Response> {
            const Asked asked = TRY(read_claim(request, true));
            const auto in = TRY(accounts.sign_in(asked.claim, asked.code, request.http.remote));
            Response response = no_store(
                Response::json(200, json::serialize(person_json(in.person, in.session.csrf_token, demonstration))));
            response.headers.add("Set-Cookie", in.session.set_cookie);
            return response;
        },
        from_anyone);
    api.add(Method::get, "/api/v1/portal/session", Action::use_portal,
            [&accounts, demonstration](ApiRequest& request) -> Result<Response> {
                const PortalPerson person = TRY(accounts.verified(request.actor, AssuranceLevel::real_name));
                const std::string token = accounts.csrf_token_of(request.http.cookie(person_cookie));
                return no_store(Response::json(200, json::serialize(person_json(person, token, demonstration))));
            });
    api.add(Method::get, "/api/v1/portal/identity", Action::use_portal,
            [&accounts](ApiRequest& request) -> Result<Response> {
                const PersonClaim own = TRY(accounts.own_claim(request.actor));
                const PortalPerson person = TRY(accounts.verified(request.actor, AssuranceLevel::real_name));
                return no_store(Response::json(200, json::serialize(json::object{
                                                        {"name",          own.name                                   },
                                                        {"document_type", json::string(to_text(person.document_type))},
                                                        {"number",        own.number                                 },
                                                        {"phone",         own.phone                                  }
                })));
            });
    api.add(Method::del, "/api/v1/portal/session", Action::use_portal,
            [&accounts](ApiRequest& request) -> Result<Response> {
                Response response = no_store(Response::no_content());
                response.headers.add("Set-Cookie", accounts.sign_out(request.http.cookie(person_cookie)));
                return response;
            },
            {.needs_idempotency_key = false});
}

}  // namespace

void add_person_routes(Api& api, PersonAccounts& accounts, bool demonstration)
{
    add_session_of_person(api, accounts, demonstration);
    api.add(Method::post, "/api/v1/portal/liveness-checks", Action::use_portal,
            [&accounts](ApiRequest& request) -> Result<Response> {
                const json::value body = TRY(request.json());
                JsonReader in(body);
                const bool consent = in.boolean("consent");
                TRY(in.finish());
                const auto start = TRY(accounts.start_liveness(request.actor, consent, request.idempotency_key));
                return no_store(Response::json(201, json::serialize(json::object{
                                                        {"id",       start.check},
                                                        {"page_url", start.page }
                })));
            });
    api.add(Method::get, "/api/v1/portal/liveness-checks/{id}", Action::use_portal,
            [&accounts](ApiRequest& request) -> Result<Response> {
                const auto state = TRY(accounts.liveness_state(request.actor, request.path("id")));
                return no_store(Response::json(200, json::serialize(json::object{
                                                        {"state",   state.state  },
                                                        {"expired", state.expired}
                })));
            });
    api.add(Method::post, "/api/v1/gateway/liveness", Action::receive_callback,
            [&accounts](ApiRequest& request) -> Result<Response> {
                TRY(accounts.take_notice(request.http.body, request.http.headers.find("X-Provider-Signature")));
                return Response::json(200, R"({"taken":true})");
            },
            {.needs_idempotency_key = false,
             .needs_csrf_token = false,
             .uses_session = false,
             .body_bytes_max = 16 * 1024});
}

}  // namespace tongban
