#include "flows/take_court_document.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/codes.h"
#include "base/json.h"

namespace tongban {
namespace {

constexpr Millis minute = 60 * 1000;
constexpr Millis china_offset = 8 * 60 * minute;

struct CourtDocument {
    bool release = false;
    NewSeizure seizure;
    std::string releasing_document;  // of a release
};

// "2026-11-24T15:07": Chinese time, to the minute. 0 when it is none.
Millis read_minute(const std::string& text)
{
    if (text.size() != 16 || text[10] != 'T' || text[13] != ':' || !is_date(text.substr(0, 10))) return 0;
    const auto two = [&](std::size_t at) {
        const bool digits = text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
        return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : 99;
    };
    if (two(11) > 23 || two(14) > 59) return 0;
    const Millis midnight =
        std::chrono::sys_time<std::chrono::milliseconds>(day_of(text.substr(0, 10))).time_since_epoch().count();
    return midnight - china_offset + (two(11) * 60 + two(14)) * minute;
}

Result<CourtDocument> read_document(const ApiRequest& request, Millis now)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    CourtDocument document;
    document.release = in.choice("kind", {"seizure", "release"}) == "release";
    document.seizure.document_number = in.text("document_number", {.max = 100});
    const CheckedCode unit = check_unit_number(request.path("unit"));
    if (!unit) in.fail("unit", std::string(unit.fault->code), std::string(unit.fault->detail));
    document.seizure.unit_number = unit.value;
    if (document.release) {
        document.releasing_document = in.text("releasing_document", {.max = 100});
    } else {
        document.seizure.organ = in.text("organ", {.max = 100});
        document.seizure.until = in.text("until", {.max = 10});
        if (!is_date(document.seizure.until)) in.fail("until", "date", "请填写查封期限届满的日期");
        document.seizure.delivered_at = read_minute(in.text("delivered_at", {.max = 16}));
        if (document.seizure.delivered_at == 0 || document.seizure.delivered_at > now) {
            in.fail("delivered_at", "time", "请填写送达时间，精确到分钟，不晚于现在");
        }
    }
    TRY(in.finish());
    return document;
}

}  // namespace

Result<Response> TakeCourtDocument::take(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::take_court_document, actor.agency));
    const CourtDocument document = TRY(read_document(request, parts_.clock.now()));
    const NewSeizure& seizure = document.seizure;
    Response answer = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Millis now = parts_.clock.now();
            boost::json::object out;
            boost::json::array suspended;
            boost::json::array told;
            if (document.release) {
                TRY(parts_.register_book.lift_seizure(sql, actor.agency, seizure.unit_number, seizure.document_number,
                                                      document.releasing_document, actor.account, now));
                out["kind"] = "release";
            } else {
                // The same document again changes nothing and tells nobody twice.
                const RegisterView unit = parts_.register_book.lock_unit(sql, actor.agency, seizure.unit_number);
                const bool known = std::ranges::find(unit.seizures, seizure.document_number,
                                                     &RegisteredSeizure::document_number) != unit.seizures.end();
                const SeizureKind kind =
                    TRY(parts_.register_book.add_seizure(sql, actor.agency, seizure, actor.account, now));
                out["kind"] = to_text(kind);
                CaseFacts facts;
                facts.actor = actor;
                facts.now = now;
                const case_command::Seize seize{seizure.organ, seizure.document_number, seizure.delivered_at,
                                                kind == SeizureKind::waiting};
                std::vector<Case> concerned;
                if (!known) concerned = parts_.cases.open_on_unit(sql, actor.agency, seizure.unit_number);
                for (const Case& open : concerned) {
                    const Case after = TRY(parts_.steps.take(sql, open, seize, facts));
                    const bool stopped = after.state == CaseState::suspended && open.state != CaseState::suspended;
                    (stopped ? suspended : told).push_back(boost::json::string(after.number));
                }
            }
            out["unit_number"] = seizure.unit_number;
            out["suspended"] = std::move(suspended);
            out["told"] = std::move(told);
            return Response::json(200, boost::json::serialize(out));
        }));
    parts_.steps.wake();
    return answer;
}

void add_court_document_routes(Api& api, TakeCourtDocument& flow)
{
    api.add(Method::post, "/api/v1/units/{unit}/court-documents", Action::take_court_document,
            [&flow](ApiRequest& request) { return flow.take(request); });
}

}  // namespace tongban
