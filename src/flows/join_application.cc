// A visit to a case that was begun elsewhere: opened by its number and a party's code, and what may be done about the
// others while they are missing.
#include <algorithm>

#include "base/codes.h"
#include "flows/collect_at_window.h"
#include "modules/access/core/access_problems.h"
#include "modules/collections/core/collections_problems.h"

namespace tongban {
namespace {

namespace command = collection_command;

Owner owner_of(const Collection& sitting)
{
    return {.agency = sitting.agency, .account = sitting.opened.account, .case_number = {}};
}

std::string without_blanks(std::string text)
{
    std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
    return text;
}

struct JoinBody {
    std::string number, code;
};

Result<JoinBody> read_join(const ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const CheckedCode number = check_case_number(in.text("case_number", {.max = 60}));
    if (!number) in.fail("case_number", std::string(number.fault->code), std::string(number.fault->detail));
    const std::string code = without_blanks(in.text("code", {.max = 20}));
    TRY(in.finish());
    return JoinBody{number.value, code};
}

}  // namespace

Result<JoinAnswer> CollectAtWindow::ask_to_join(const Actor& actor, VisitChannel channel, const std::string& number,
                                                const std::string& code)
{
    const Agency home = agency_of_number(number);
    if (parts_.catalog.find_registry(home) == nullptr) return Error{collections_problem::join_refused};
    const Millis now = parts_.clock.now();
    if (wrong_codes_.attempt(actor.account, now) > 0) return Error{access_problem::too_many_attempts};
    const Result<std::string> answered = parts_.exchange.ask(actor.agency, home, message_kind::case_join,
                                                             record_text(JoinQuestion{number, code, channel}));
    // A case that is not there and a wrong code are told alike, and both count.
    if (!answered) return Error{collections_problem::join_refused};
    wrong_codes_.undo(actor.account);
    return record_from_text<JoinAnswer>(*answered);
}

Result<Response> CollectAtWindow::join(ApiRequest& request)
{
    const JoinBody body = TRY(read_join(request));
    const Agency home = agency_of_number(body.number);
    const VisitChannel channel = is_online(request.actor) ? VisitChannel::online : VisitChannel::window;
    if (channel == VisitChannel::online) request.actor.agency = home;
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::open_sitting,
                  Owner{.agency = actor.agency, .account = actor.account, .case_number = {}}));
    if (std::optional<Response> before = TRY(answered(request))) return std::move(*before);
    JoinAnswer given = TRY(ask_to_join(actor, channel, body.number, body.code));
    const Item* item = TRY(parts_.catalog.item_version(given.item, given.catalog_version));
    std::optional<UnitPreview> unit;
    if (given.application) {
        UnitQuestion question{given.application->unit_number, given.item, given.catalog_version, body.number};
        unit = record_from_text<UnitPreview>(
            TRY(parts_.exchange.ask(actor.agency, home, message_kind::unit_preview, record_text(question))));
    }
    const std::string id = parts_.ids.next();
    Response response = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const CollectionFacts known = facts(actor, item);
            const command::Open opening{id,           parts_.collections.next_number(sql, actor.agency, known.now),
                                        actor.agency, home,
                                        item->code,   item->version,
                                        channel};
            const command::Join joining{opening, given.joined, given.application, unit, given.parties, given.told};
            const Collection now = TRY(parts_.steps.take(sql, Collection{}, joining, known));
            const PartOpenMessage message{now.id,       now.number, actor.name, body.number, given.joined.party,
                                          given.ticket, channel};
            parts_.exchange.post(sql, now.agency, home, message_kind::part_open, record_text(message), known.now);
            return answer(now, actor, 201);
        }));
    parts_.exchange.wake();
    return response;
}

// H02: whoever has handed in his part need not wait for one who refuses.
Result<Response> CollectAtWindow::end(ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string reason = in.text("reason", {.max = 1000, .lines = Lines::many});
    TRY(in.finish());
    return edit(request, CollectionAction::end, 200,
                [&](Sql& sql, const Collection& before) -> Result<CollectionCommand> {
                    parts_.exchange.post(sql, before.agency, before.home, message_kind::case_end,
                                         record_text(CaseEndMessage{before.id, reason}), parts_.clock.now());
                    return CollectionCommand{command::End{reason}};
                });
}

// The answer holds a code in clear, so it is not kept under the Idempotency-Key; a repeat within a minute is refused.
Result<Response> CollectAtWindow::renew_code(ApiRequest& request)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string party = in.text("party", {.max = 64});
    TRY(in.finish());
    std::optional<Collection> sitting;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        sitting = TRY(parts_.collections.load(sql, request.actor.agency, request.path("id")));
        return {};
    }));
    TRY(authorise(request.actor, Action::edit_sitting, owner_of(*sitting)));
    if (!sitting->delivery) return Error{collections_problem::not_waiting};
    const auto given = record_from_text<CodeAnswer>(TRY(parts_.exchange.ask(
        sitting->agency, sitting->home, message_kind::case_code, record_text(CodeQuestion{sitting->id, party}))));
    parts_.exchange.wake();
    json::object out{
        {"case_number", given.case_number},
        {"party",       given.party      },
        {"name",        given.name       },
        {"code",        given.code       },
        {"until",       given.until      }
    };
    if (!given.sent_to.empty()) out["sent_to"] = given.sent_to;
    Response response = Response::json(200, json::serialize(out));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace tongban
