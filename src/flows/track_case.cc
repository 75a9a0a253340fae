#include "flows/track_case.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"
#include "base/json.h"
#include "flows/tracked_case.h"
#include "modules/certificates/certificates_problems.h"
#include "sql/tracking_code_sql.h"

namespace tongban {

namespace {

constexpr Millis minute = 60 * 1000;
constexpr Millis code_lasts = tracking_code_lasts;
constexpr Millis code_again_after = minute;
constexpr Millis hour = 60 * minute;
constexpr Millis day = 24 * hour;
// Five attempts each: nobody has more than fifty guesses a day at a million codes.
constexpr std::int64_t codes_per_hour = 5;
constexpr std::int64_t codes_per_day = 10;
constexpr std::int64_t attempts_max = 5;

std::string six_digits(IdSource& ids)
{
    // 64 bits of chance modulo a million: the bias is below one in ten billion.
    return fmt::format("{:06}", std::stoull(ids.secret(8), nullptr, 16) % 1'000'000);
}

// How many codes went out since when; a new count begins when the old one is over.
struct SentCount {
    Millis since = 0;
    std::int64_t sent = 0;

    bool one_more(Millis now, Millis lasts, std::int64_t max)
    {
        if (now - since >= lasts) *this = {now, 0};
        return ++sent <= max;
    }
};

const Party* party_with_phone(const Case& subject, const std::string& phone_digest)
{
    for (const Participant& participant : subject.dossier.parties) {
        if (!phone_digest.empty() && participant.party.phone_digest == phone_digest) return &participant.party;
    }
    return nullptr;
}

std::string code_digest(Vault& vault, Agency agency, const std::string& case_number, const std::string& phone,
                        const std::string& code)
{
    return vault.digest(agency, "tracking code\n" + case_number + "\n" + phone + "\n" + code);
}

}  // namespace

TrackCase::TrackCase(Parts parts)
    : parts_(parts), by_address_(Throttle::Limits{.failures_max = 60, .window = 10 * minute})
{
}

Result<void> TrackCase::send_code(const std::string& case_number, const std::string& phone, const std::string& remote)
{
    const Millis now = parts_.clock.now();
    if (by_address_.attempt(remote, now) > 0) return Error{tracking_problem::too_many};
    const Agency agency = agency_of_number(case_number);
    if (parts_.catalog.find_registry(agency) == nullptr) return {};
    const std::string phone_digest = parts_.vault.digest(agency, phone);
    const std::string code = six_digits(parts_.ids);
    return parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        const Result<Case> subject = parts_.cases.load(sql, agency, case_number);
        if (!subject.has_value()) return {};
        const Party* party = party_with_phone(*subject, phone_digest);
        if (party == nullptr) return {};
        SentCount in_hour{now, 0};
        SentCount in_day{now, 0};
        if (const auto row = sql.find(sql::tracking_code_get, {agency, case_number, phone_digest})) {
            // Used up or not: the minute holds, or five wrong guesses would buy the next five at once.
            if (now - row->integer(4) < code_again_after) return {};
            in_hour = {row->integer(5), row->integer(6)};
            in_day = {row->integer(7), row->integer(8)};
        }
        if (!in_hour.one_more(now, hour, codes_per_hour) || !in_day.one_more(now, day, codes_per_day)) return {};
        sql.execute(
            sql::tracking_code_put,
            {agency, case_number, phone_digest, party->id, code_digest(parts_.vault, agency, case_number, phone, code),
             now + code_lasts, attempts_max, now, in_hour.since, in_hour.sent, in_day.since, in_day.sent});
        parts_.notices.queue(sql, agency, party->phone_sealed, NoticeKind::tracking_code,
                             {
                                 {"code",    code                               },
                                 {"minutes", std::to_string(code_lasts / minute)}
        },
                             case_number);
        return {};
    });
}

Result<TrackCase::Entered> TrackCase::enter(const std::string& case_number, const std::string& phone,
                                            const std::string& code, const std::string& remote)
{
    const Millis now = parts_.clock.now();
    if (by_address_.wait(remote, now) > 0) return Error{tracking_problem::too_many};
    const Agency agency = agency_of_number(case_number);
    if (parts_.catalog.find_registry(agency) == nullptr) {
        by_address_.failed(remote, now);
        return Error{tracking_problem::code_wrong};
    }
    const std::string phone_digest = parts_.vault.digest(agency, phone);
    const std::string digest = code_digest(parts_.vault, agency, case_number, phone, code);
    std::optional<ApplicantSession> applicant;
    // A wrong attempt is counted, so the unit commits whatever the code was.
    TRY(parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
        applicant.reset();
        const auto row = sql.find(sql::tracking_code_attempt, {agency, case_number, phone_digest, now});
        if (!row || !equal_in_constant_time(row->text(1), digest)) return {};
        const Case subject = TRY(parts_.cases.load(sql, agency, case_number));
        const Participant* participant = find_party(subject.dossier, row->text(0));
        if (participant == nullptr) return {};
        sql.execute(sql::tracking_code_use, {agency, case_number, phone_digest});
        applicant = ApplicantSession{agency, case_number, participant->party.id, participant->party.name};
        return {};
    }));
    if (!applicant) {
        by_address_.failed(remote, now);
        return Error{tracking_problem::code_wrong};
    }
    Entered entered;
    entered.session = parts_.sessions.open_for_applicant(*applicant);
    entered.actor = Actor{.account = "applicant:" + case_number + ":" + applicant->party,
                          .name = applicant->name,
                          .agency = agency,
                          .duties = {Duty::applicant},
                          .case_number = case_number,
                          .party = applicant->party};
    return entered;
}

Result<std::string> TrackCase::view(const Actor& applicant, const std::string& csrf_token)
{
    std::string text;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Case subject = TRY(parts_.cases.load(sql, applicant.agency, applicant.case_number));
        TRY(authorise(applicant, Action::follow_case,
                      Owner{.agency = subject.agency, .account = {}, .case_number = subject.number}));
        text = tracked_case_json({subject, parts_.bills.find_for_case(sql, subject.agency, subject.number),
                                  parts_.certificates.find_for_case(sql, subject.agency, subject.number), csrf_token,
                                  applicant.party, parts_.calendars.of(applicant.agency), parts_.clock.now()},
                                 parts_.catalog);
        return {};
    }));
    return text;
}

Result<TrackCase::Download> TrackCase::certificate(const Actor& applicant, std::string_view format)
{
    std::optional<Certificate> certificate;
    std::optional<std::string> digest;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Case subject = TRY(parts_.cases.load(sql, applicant.agency, applicant.case_number));
        TRY(authorise(applicant, Action::follow_case,
                      Owner{.agency = subject.agency, .account = {}, .case_number = subject.number}));
        certificate = parts_.certificates.find_for_case(sql, subject.agency, subject.number);
        if (certificate) digest = parts_.certificates.latest_file(sql, subject.agency, certificate->number, format);
        return {};
    }));
    if (!digest) return Error{certificates_problem::not_found};
    return Download{TRY(parts_.objects.open(*digest)), certificate->number};
}

namespace {

struct Asked {
    std::string case_number;
    std::string phone;
    std::string code;
};

Result<Asked> read_question(const ApiRequest& request, bool with_code)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const CheckedCode number = check_case_number(in.text("case_number", {.max = 60}));
    if (!number) in.fail("case_number", std::string(number.fault->code), std::string(number.fault->detail));
    const CheckedCode phone = check_mobile(in.text("phone", {.max = 30}));
    if (!phone) in.fail("phone", std::string(phone.fault->code), std::string(phone.fault->detail));
    Asked asked{number.value, phone.value, with_code ? in.text("code", {.max = 12}) : std::string{}};
    TRY(in.finish());
    return asked;
}

Response no_store(Response response)
{
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

void add_tracking_routes(Api& api, TrackCase& flow)
{
    const ApiRules from_anyone{.needs_idempotency_key = false, .needs_csrf_token = false, .body_bytes_max = 4096};
    api.add(
        Method::post, "/api/v1/public/tracking-codes", Action::sign_in,
        [&flow](ApiRequest& request) -> Result<Response> {
            const Asked asked = TRY(read_question(request, false));
            TRY(flow.send_code(asked.case_number, asked.phone, request.http.remote));
            return no_store(Response::json(202, R"({"sent":true})"));
        },
        from_anyone);
    api.add(
        Method::post, "/api/v1/public/tracking-sessions", Action::sign_in,
        [&flow](ApiRequest& request) -> Result<Response> {
            const Asked asked = TRY(read_question(request, true));
            const auto entered = TRY(flow.enter(asked.case_number, asked.phone, asked.code, request.http.remote));
            Response response =
                no_store(Response::json(200, TRY(flow.view(entered.actor, entered.session.csrf_token))));
            response.headers.add("Set-Cookie", entered.session.set_cookie);
            return response;
        },
        from_anyone);
    api.add(Method::get, "/api/v1/public/tracked-case", Action::follow_case,
            [&flow](ApiRequest& request) -> Result<Response> {
                const std::string token = flow.csrf_token_of(request.http.cookie(applicant_cookie));
                return no_store(Response::json(200, TRY(flow.view(request.actor, token))));
            });
    const auto download = [&flow, &api](const char* format, const char* media_type) {
        const std::string name = std::string("certificate.") + format;
        api.add(Method::get, "/api/v1/public/tracked-case/" + name, Action::follow_case,
                [&flow, name, format, media_type](ApiRequest& request) -> Result<Response> {
                    TrackCase::Download file = TRY(flow.certificate(request.actor, format));
                    Response response;
                    response.headers.set("Content-Type", media_type);
                    response.headers.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
                    response.headers.set("Cache-Control", "private, no-store");
                    response.stream = std::move(file.bytes);
                    response.compress = false;
                    return response;
                });
    };
    download("pdf", "application/pdf");
    download("ofd", "application/ofd");
}

}  // namespace tongban
