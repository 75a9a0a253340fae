#include "flows/sign_for_systems.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "modules/seals/core/seals_problems.h"

namespace tongban {

namespace {

constexpr Millis minute = 60 * 1000;
constexpr int wrong_tokens_max = 100;  // from one address in a quarter of an hour; those on their way count, too
constexpr int calls_per_minute_max = 600;
constexpr std::uint64_t body_bytes_max = 8ULL << 20;
constexpr std::uint64_t sealed_bytes_max = 9ULL << 20;
constexpr std::size_t subject_characters_max = 100;
constexpr int refusals_per_minute_max = 10;

// What the seal's key says; the lines are for whoever checks it with openssl.
std::string statement_of(const RegistrySeal& seal, const SealUse& use, const std::string& digest, Millis at)
{
    return fmt::format("tongban-sealed-file/1\nseal {}\npurpose {}\nsubject {}\nsm3 {}\nat {}\n", seal.es_id,
                       use.purpose, use.subject, digest, utc_text(at));
}

json::array texts(const std::vector<std::string>& lines)
{
    json::array all;
    for (const std::string& line : lines) all.emplace_back(json::string(line));
    return all;
}

json::object verdict_json(const FileVerdict& verdict, const std::string& digest)
{
    json::object out{
        {"genuine",    verdict.is_genuine()                 },
        {"text",       verdict.reason                       },
        {"sm3",        digest                               },
        {"proven",     texts(in_chinese(verdict.proven))    },
        {"not_proven", texts(in_chinese(verdict.not_proven))}
    };
    if (verdict.fault != nullptr) out["fault"] = verdict.fault->code;
    if (verdict.format != FileFormat::other) out["format"] = verdict.format == FileFormat::pdf ? "pdf" : "ofd";
    if (verdict.agency != 0) out["agency"] = fmt::format("{:06}", verdict.agency);
    if (!verdict.signer_name.empty()) out["signer"] = verdict.signer_name;
    if (!verdict.seal_name.empty()) out["seal"] = verdict.seal_name;
    if (verdict.signed_at != 0) out["signed_at"] = utc_text(verdict.signed_at);
    if (verdict.stamped_at != 0) out["stamped_at"] = utc_text(verdict.stamped_at);
    if (!verdict.stamped_by.empty()) out["stamped_by"] = verdict.stamped_by;
    return out;
}

}  // namespace

SignForSystems::SignForSystems(const Parts& parts)
    : parts_(parts),
      by_address_(Throttle::Limits{.failures_max = wrong_tokens_max}),
      by_client_(Throttle::Limits{.failures_max = calls_per_minute_max, .window = minute}),
      refusals_(Throttle::Limits{.failures_max = refusals_per_minute_max, .window = minute})
{
}

Result<SignForSystems::Caller> SignForSystems::caller_of(const Request& request)
{
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view said = request.headers.find("Authorization");
    const Millis now = parts_.clock.now();
    if (const Millis wait = by_address_.attempt(request.remote, now); wait > 0)
        return Error{signing_problem::too_many}.with("retry_after", std::to_string((wait + 999) / 1000));
    const auto token = said.starts_with(scheme) ? read_token(said.substr(scheme.size())) : std::nullopt;
    if (!token) return Error{seals_problem::client_unknown};
    std::optional<SigningClient> client;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        client = parts_.signings.find_client(sql, token->agency, token->id);
        return {};
    }));
    const bool right = client && client->state == ClientState::issued &&
                       equal_in_constant_time(sm3_hex(token->secret), client->secret_digest);
    if (!right) return Error{seals_problem::client_unknown};
    by_address_.undo(request.remote);
    return Caller{token->agency, client->id, client->name};
}

Result<void> SignForSystems::count(const Caller& caller)
{
    if (by_client_.attempt(caller.account(), parts_.clock.now()) > 0)
        return Error{signing_problem::too_many}.with("retry_after", "60");
    return {};
}

// A known program that asks for more than it was given stands in the journal, ten times a minute at most.
void SignForSystems::note_refusal(const Caller& caller, const Error& refused)
{
    const Millis now = parts_.clock.now();
    if (refused.problem->kind != Kind::forbidden || refusals_.attempt(caller.account(), now) > 0) return;
    const auto noted = parts_.database.write(caller.agency, [&](Sql& sql) -> Result<void> {
        parts_.signings.note_refusal(sql, caller.agency, caller.id, refused.code(), now);
        return {};
    });
    TONGBAN_ASSERT(noted.has_value());
}

Result<SignForSystems::Wish> SignForSystems::read_wish(const ApiRequest& request)
{
    Wish wish;
    std::vector<FieldError> faults;
    for (const auto& [name, to] : {
             std::pair{"seal",    &wish.seal   },
             {"purpose", &wish.purpose},
             {"subject", &wish.subject}
    }) {
        *to = request.http.query_value(name).value_or("");
        if (to->empty() || character_count(*to) > subject_characters_max || text_fault(*to))
            faults.push_back({"/" + std::string(name), "length", "应为 1 至 100 个字"});
    }
    if (!faults.empty()) return Error{base_problem::invalid_fields, "请说明印章、用途和文书编号", std::move(faults)};
    return wish;
}

// As it is now, in this transaction: a program that was revoked meanwhile seals nothing.
Result<void> SignForSystems::may_still_seal(Sql& sql, const Caller& caller, SealKind kind, const std::string& purpose)
{
    const auto client = parts_.signings.find_client(sql, caller.agency, caller.id);
    if (!client) return Error{seals_problem::client_revoked};
    return may_seal(*client, kind, purpose);
}

Result<RegistrySeal> SignForSystems::usable_seal(Sql& sql, const Caller& caller, const Wish& wish, const SealUse& use)
{
    std::optional<RegistrySeal> seal;
    if (const SealKind* kind = find_seal_kind(wish.seal)) {
        TRY(may_still_seal(sql, caller, *kind, wish.purpose));
        seal = parts_.seals.in_force(sql, caller.agency, *kind);
        if (!seal) return Error{seals_problem::not_in_force};
    } else {
        seal = parts_.seals.find(sql, caller.agency, wish.seal);
        if (!seal) return Error{seals_problem::not_found};
        TRY(may_still_seal(sql, caller, seal->kind, wish.purpose));
    }
    TRY(may_use(*seal, use, parts_.clock.now()));
    return std::move(*seal);
}

Result<SignForSystems::Sealed> SignForSystems::sealed_pdf(Agency agency, const std::string& file)
{
    const FileFacts facts = TRY(parts_.imaging.inspect(file));  // harmless, and no stranger's puzzle for every viewer
    if (facts.kind != FileKind::pdf) return Error{foreign_file_problem::unsupported};
    Sealed done;
    done.format = "pdf";
    done.signed_at = parts_.clock.now();
    done.file = parts_.signer.sign_pdf(agency, TRY(parts_.files.pdf_with_hole(file, done.signed_at)));
    if (auto stamped = parts_.time_stamps.stamp_pdf(done.file)) {
        done.file = std::move(stamped).value();
        done.stamped_at = parts_.clock.now();
    }
    return done;
}

Result<SignForSystems::Sealed> SignForSystems::sealed(Agency agency, const RegistrySeal& seal, const std::string& file)
{
    if (file.size() > signed_source_bytes_max) return Error{signing_problem::too_large};
    const Bulkhead::Place place = TRY(at_work_.enter());
    if (file.starts_with("%PDF-")) return sealed_pdf(agency, file);
    if (!file.starts_with("PK")) return Error{foreign_file_problem::unsupported};
    const OfdPackage package = TRY(parts_.files.ofd_with_place(file));
    Sealed done;
    done.format = "ofd";
    done.signed_at = parts_.clock.now();
    done.file = parts_.ring.seal_ofd(agency, seal.id, package, done.signed_at);
    return done;
}

Response SignForSystems::answer(Agency agency, const Signing& signing, const RegistrySeal& seal)
{
    const auto facts = parts_.ring.find(agency, seal.id);
    TONGBAN_ASSERT(facts.has_value());
    json::object out{
        {"id",             signing.id                                                               },
        {"format",         signing.format                                                           },
        {"seal",           json::object{{"id", seal.id}, {"es_id", seal.es_id}, {"name", seal.name}}},
        {"purpose",        signing.purpose                                                          },
        {"subject",        signing.subject                                                          },
        {"source_sm3",     signing.source_digest                                                    },
        {"file_sm3",       signing.file_digest                                                      },
        {"file_bytes",     signing.file_bytes                                                       },
        {"signed_at",      utc_text(signing.signed_at)                                              },
        {"time_stamped",   signing.stamped_at != 0                                                  },
        {"statement",      signing.statement                                                        },
        {"seal_signature", signing.seal_signature                                                   },
        {"certificate",    facts->certificate                                                       }
    };
    Response response = Response::json(200, json::serialize(out));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Result<Response> SignForSystems::seal(ApiRequest& request)
{
    const Caller caller = TRY(caller_of(request.http));
    Result<Response> response = seal_for(caller, request);
    if (!response) note_refusal(caller, response.error());
    return response;
}

Result<Response> SignForSystems::seal_for(const Caller& caller, ApiRequest& request)
{
    const Agency agency = caller.agency;
    const Wish wish = TRY(read_wish(request));
    const CommandKey key{request.idempotency_key, caller.account(), request.body_digest};
    // A repeat gets the same file: it must not be signed twice, nor refused because the seal was retired meanwhile.
    if (auto answered = TRY(parts_.commands.find(agency, key))) return std::move(*answered);
    TRY(count(caller));
    const SealUse use{caller.account() + " " + caller.name, std::string(system_duty), wish.purpose, wish.subject};
    std::optional<RegistrySeal> seal;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        seal = TRY(usable_seal(sql, caller, wish, use));
        return {};
    }));

    const Sealed done = TRY(sealed(agency, *seal, request.http.body));
    const StoredObject stored = TRY(store_bytes(parts_.objects, done.file));
    Signing signing;
    signing.id = parts_.ids.next();
    signing.client = caller.id;
    signing.seal = seal->id;
    signing.purpose = wish.purpose;
    signing.subject = wish.subject;
    signing.format = done.format;
    signing.source_digest = sm3_hex(request.http.body);
    signing.file_digest = stored.digest;
    signing.file_bytes = static_cast<std::int64_t>(stored.bytes);
    signing.statement = statement_of(*seal, use, stored.digest, done.signed_at);
    signing.seal_signature = parts_.ring.sign(agency, seal->id, signing.statement);
    signing.signed_at = done.signed_at;
    signing.stamped_at = done.stamped_at;

    // Nothing leaves before the use is noted; what was signed and is refused here is an object that nobody can name.
    return parts_.commands.run(agency, key, [&](Sql& sql) -> Result<Response> {
        TRY(may_still_seal(sql, caller, seal->kind, wish.purpose));
        const RegistrySeal used = TRY(parts_.seals.use(sql, agency, seal->kind, use, parts_.clock.now()));
        if (used.id != seal->id) return Error{signing_problem::seal_changed};
        parts_.signings.add(sql, agency, signing, caller.account());
        Response response = answer(agency, signing, used);
        response.status = 201;
        response.headers.set("Location", "/api/v1/signing/seals/" + signing.id);
        return response;
    });
}

Result<Response> SignForSystems::find(ApiRequest& request)
{
    const Caller caller = TRY(caller_of(request.http));
    std::optional<Response> response;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Signing signing = TRY(parts_.signings.get(sql, caller.agency, request.path("id"), caller.id));
        const auto seal = parts_.seals.find(sql, caller.agency, signing.seal);
        TONGBAN_ASSERT(seal.has_value());
        response = answer(caller.agency, signing, *seal);
        return {};
    }));
    return std::move(*response);
}

Result<Response> SignForSystems::download(ApiRequest& request)
{
    const Caller caller = TRY(caller_of(request.http));
    std::optional<Signing> signing;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        signing = TRY(parts_.signings.get(sql, caller.agency, request.path("id"), caller.id));
        return {};
    }));
    Response response;
    response.body = TRY(parts_.objects.read(signing->file_digest, sealed_bytes_max));
    response.headers.set("Content-Type", signing->format == "pdf" ? "application/pdf" : "application/ofd");
    response.headers.set("Content-Disposition", "attachment; filename=\"" + signing->id + "." + signing->format + "\"");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Cache-Control", "no-store");
    response.compress = false;
    return response;
}

Result<Response> SignForSystems::verify(ApiRequest& request)
{
    TRY(count(TRY(caller_of(request.http))));
    const Bulkhead::Place place = TRY(at_work_.enter());
    const FileVerdict verdict = parts_.verifier.verify(request.http.body);
    Response response = Response::json(200, json::serialize(verdict_json(verdict, sm3_hex(request.http.body))));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

void add_signing_routes(Api& api, SignForSystems& flow)
{
    // The handlers ask who calls: no duty of a person is behind these, and no cookie is read.
    const ApiRules rules{.uses_session = false, .body_bytes_max = body_bytes_max};
    api.add(
        Method::post, "/api/v1/signing/seals", Action::receive_callback,
        [&flow](ApiRequest& request) { return flow.seal(request); }, rules);
    api.add(
        Method::get, "/api/v1/signing/seals/{id}", Action::receive_callback,
        [&flow](ApiRequest& request) { return flow.find(request); }, rules);
    api.add(
        Method::get, "/api/v1/signing/seals/{id}/file", Action::receive_callback,
        [&flow](ApiRequest& request) { return flow.download(request); }, rules);
    ApiRules reading = rules;
    reading.needs_idempotency_key = false;  // it changes nothing
    api.add(
        Method::post, "/api/v1/signing/verifications", Action::receive_callback,
        [&flow](ApiRequest& request) { return flow.verify(request); }, reading);
}

}  // namespace tongban
