#include "flows/standing_powers.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/codes.h"
#include "base/json.h"
#include "flows/package.h"
#include "modules/powers/core/powers_problems.h"

namespace tongban {
namespace {

constexpr std::uint64_t paper_bytes_max = 8ULL << 20;
constexpr std::size_t told_at_once = 500;  // collections in one message

json::object stamp_json(const Stamp& stamp)
{
    return {
        {"name", stamp.name        },
        {"at",   utc_text(stamp.at)}
    };
}

json::array texts_json(const std::vector<std::string>& texts)
{
    json::array all;
    for (const std::string& text : texts) all.push_back(json::string(text));
    return all;
}

json::object power_json(const StandingPower& power, const Actor& viewer, std::string_view today)
{
    const PowerGrant& grant = power.grant;
    json::array agents;
    for (const StandingAgent& agent : grant.agents) {
        agents.push_back({
            {"name",          agent.name                                         },
            {"document_type", boost::describe::enum_to_string(agent.document_type, "")},
            {"number_masked",               agent.number_masked                                                   }
        });
    }
    json::object out{
        {"number",  power.number        },
        {"version", power.version       },
        {"state",   to_text(power.state)},
        {"over",    is_over(grant.until,  today)},
        {"principal",         grant.principal                  },
        {"principal_code",         grant.principal_code},
        {"agents",         std::move(agents)                          },
        {"items",         texts_json(grant.items)},
        {"units",         texts_json(grant.units)                          },
        {"from",         grant.from},
        {"until",         grant.until                         },
        {"may_delegate",         grant.may_delegate},
        {"filed",         stamp_json(power.filed)                                },
        {"has_paper",         !power.paper.digest.empty()},
        {"remark",         power.remark                                   }
    };
    if (!grant.deed.empty()) out["deed"] = grant.deed;
    if (power.checked.at != 0) out["checked"] = stamp_json(power.checked);
    if (power.ended.at != 0) out["ended"] = stamp_json(power.ended);
    json::array may;
    for (const StandingAction action : allowed_actions(power, viewer)) may.push_back(json::string(to_text(action)));
    out["allowed_actions"] = std::move(may);
    return out;
}

Response power_response(const StandingPower& power, const Actor& viewer, Millis now, int status)
{
    Response response = Response::json(status, json::serialize(power_json(power, viewer, china_date(now))));
    response.headers.set("ETag", etag(power.version));
    return response;
}

StandingAgent read_agent(JsonReader& in, Vault& vault, Agency agency)
{
    StandingAgent agent;
    agent.name = in.text("name", {.max = 100});
    const std::string document = in.choice(
        "document_type", {"citizen_card", "residence_permit", "travel_permit", "passport", "permanent_residence"});
    boost::describe::enum_from_string(document.c_str(), agent.document_type);
    const std::string typed = in.text("number", {.max = 60});
    const CheckedCode number = check_document_number(agent.document_type, typed);
    if (number.fault) in.fail("number", std::string(number.fault->code), std::string(number.fault->detail));
    agent.number_sealed = vault.seal(agency, number.value);
    agent.number_masked = masked_number(number.value);
    agent.number_digest = vault.digest(agency, number.value);
    return agent;
}

void check_scopes(JsonReader& in, PowerGrant& grant)
{
    for (const std::string& item : grant.items) {
        if (!is_item_scope(item)) in.fail("items", "unknown", "没有这个事项或者事项类别：" + item);
    }
    if (grant.items.empty()) in.fail("items", "required", "请至少选择一个事项或者事项类别");
    for (std::string& unit : grant.units) {
        std::erase(unit, ' ');
        if (!is_unit_scope(unit)) in.fail("units", "unit", "应为 28 位不动产单元号或者 19 位宗地代码：" + unit);
    }
}

Result<PowerGrant> read_grant(const ApiRequest& request, Vault& vault, Agency agency, std::string_view today)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    PowerGrant grant;
    grant.principal = in.text("principal", {.max = 100});
    const CheckedCode code = check_credit_code(in.text("principal_code", {.max = 60}));
    if (code.fault) in.fail("principal_code", std::string(code.fault->code), std::string(code.fault->detail));
    grant.principal_code = code.value;
    in.list("agents", 50, [&](JsonReader& one) { grant.agents.push_back(read_agent(one, vault, agency)); });
    if (grant.agents.empty()) in.fail("agents", "required", "请至少填写一名代理人");
    grant.items = in.texts("items", 50, {.max = 20});
    if (in.has("units")) grant.units = in.texts("units", 1000, {.max = 40});
    check_scopes(in, grant);
    grant.from = in.text("from", {.max = 10});
    if (!is_date(grant.from)) in.fail("from", "date", "请填写委托期限的第一日");
    grant.until = in.text("until", {.max = 10});
    if (!is_date(grant.until)) {
        in.fail("until", "date", "请填写委托期限的最后一日");
    } else if (grant.until < grant.from || is_over(grant.until, today)) {
        in.fail("until", "order", "最后一日不能早于第一日和今天");
    }
    grant.deed = in.optional_text("deed", {.min = 0, .max = 60});
    if (in.has("may_delegate")) grant.may_delegate = in.boolean("may_delegate");
    TRY(in.finish());
    return grant;
}

Result<std::string> read_text(const ApiRequest& request, std::string_view key)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    std::string text = in.optional_text(key, {.min = 0, .max = 500, .lines = Lines::many});
    TRY(in.finish());
    return text;
}

}  // namespace

Result<Response> StandingPowers::list(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::read_powers, actor.agency));
    const ApiRequest::Page asked = TRY(request.page());
    const std::string state = request.http.query_value("state").value_or("");
    if (!state.empty() && find_standing_state(state) == nullptr) {
        return Error{base_problem::invalid_fields, {}, {{"/state", "choice", "没有这种状态"}}};
    }
    std::vector<StandingPower> powers;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        powers = PowerStore::page(sql, actor.agency, state, asked.cursor, asked.limit + 1);
        return {};
    }));
    json::object out;
    if (powers.size() > static_cast<std::size_t>(asked.limit)) {
        powers.resize(static_cast<std::size_t>(asked.limit));
        out["next_cursor"] = powers.back().number;
    }
    const std::string today = china_date(parts_.clock.now());
    json::array rows;
    for (const StandingPower& power : powers) rows.push_back(power_json(power, actor, today));
    out["powers"] = std::move(rows);
    return Response::json(200, json::serialize(out));
}

Result<Response> StandingPowers::show(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::read_powers, actor.agency));
    std::optional<StandingPower> power;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        power = TRY(parts_.powers.load(sql, actor.agency, request.path("number")));
        return {};
    }));
    return power_response(*power, actor, parts_.clock.now(), 200);
}

Result<Response> StandingPowers::file(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::file_power, actor.agency));
    const PowerGrant grant = TRY(read_grant(request, parts_.vault, actor.agency, china_date(parts_.clock.now())));
    for (const std::string& item : grant.items) {
        const bool known =
            std::ranges::any_of(parts_.catalog.items(), [&](const Item* one) { return covers_item(item, one->code); });
        if (!known) return Error{base_problem::invalid_fields, {}, {{"/items", "unknown", "没有这个事项：" + item}}};
    }
    return parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Millis now = parts_.clock.now();
            const power_command::File filing{actor.agency, PowerStore::next_number(sql, actor.agency, now), grant};
            const StandingPower power = TRY(parts_.powers.act(sql, {}, filing, {actor, now}));
            Response response = power_response(power, actor, now, 201);
            response.headers.set("Location", "/api/v1/powers/" + power.number);
            return response;
        });
}

Result<Response> StandingPowers::step(ApiRequest& request, Action action, const Make& make)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, action, actor.agency));
    return parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const StandingPower before = TRY(parts_.powers.load(sql, actor.agency, request.path("number")));
            if (before.version != request.version()) return Error{powers_problem::changed_meanwhile};
            const Millis now = parts_.clock.now();
            const StandingPower after = TRY(parts_.powers.act(sql, before, TRY(make(before)), {actor, now}));
            if (after.state == StandingState::revoked) tell_revoked(sql, after, now);
            return power_response(after, actor, now, 200);
        });
}

// At most 8 MB, looked into before it is kept: another person will open it.
Result<Response> StandingPowers::attach(ApiRequest& request)
{
    TRY(authorise(request.actor, Action::file_power, request.actor.agency));
    FileFacts facts;
    {
        const Bulkhead::Place place = TRY(inspections_.enter());
        facts = TRY(parts_.imaging.inspect(request.http.body));
    }
    const StoredObject stored = TRY(store_bytes(parts_.objects, request.http.body));
    return step(request, Action::file_power, [&](const StandingPower&) -> Result<PowerCommand> {
        return PowerCommand{
            power_command::Attach{stored.digest, std::string(to_text(facts.kind)), facts.pages}
        };
    });
}

Result<Response> StandingPowers::paper(ApiRequest& request)
{
    const Actor& actor = request.actor;
    TRY(authorise(actor, Action::read_powers, actor.agency));
    std::optional<StandingPower> power;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        power = TRY(parts_.powers.load(sql, actor.agency, request.path("number")));
        return {};
    }));
    if (power->paper.digest.empty()) return Error{powers_problem::paper_needed};
    Response response;
    response.status = 200;
    response.body = TRY(parts_.objects.read(power->paper.digest, paper_bytes_max));
    response.headers.set("Content-Type", std::string(media_type(TRY(file_kind_from_text(power->paper.kind)))));
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"" + power->number + "." + power->paper.kind + "\"");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Result<Response> StandingPowers::check(ApiRequest& request)
{
    const std::string remark = TRY(read_text(request, "remark"));
    return step(request, Action::check_power, [&](const StandingPower&) -> Result<PowerCommand> {
        return PowerCommand{power_command::Check{remark}};
    });
}

Result<Response> StandingPowers::reject(ApiRequest& request)
{
    const std::string reason = TRY(read_text(request, "reason"));
    return step(request, Action::check_power, [&](const StandingPower&) -> Result<PowerCommand> {
        return PowerCommand{power_command::Reject{reason}};
    });
}

Result<Response> StandingPowers::revoke(ApiRequest& request)
{
    const std::string reason = TRY(read_text(request, "reason"));
    Response response = TRY(step(request, Action::file_power, [&](const StandingPower&) -> Result<PowerCommand> {
        return PowerCommand{power_command::Revoke{reason}};
    }));
    parts_.exchange.wake();
    return response;
}

// In the transaction of the revocation, so that no home registry is forgotten.
void StandingPowers::tell_revoked(Sql& sql, const StandingPower& power, Millis now)
{
    PowerRevokedMessage message{power.number, power.grant.principal, {}};
    Agency home = 0;
    const auto post = [&] {
        if (message.collections.empty()) return;
        parts_.exchange.post(sql, power.agency, home, message_kind::power_revoked, record_text(message), now);
        message.collections.clear();
    };
    for (PowerStore::Use& use : PowerStore::uses(sql, power.agency, power.number, now)) {
        if (use.home != home || message.collections.size() == told_at_once) post();
        home = use.home;
        message.collections.push_back(std::move(use.collection_id));
    }
    post();
}

Result<void> StandingPowers::take_revocation(Sql& sql, const Message& message)
{
    const PowerRevokedMessage told = TRY(read_message<PowerRevokedMessage>(message));
    if (agency_of_power(told.number) != message.from) {
        return Error{exchange_problem::body_wrong, "撤销不是由备案委托的登记机构发出的"};
    }
    for (const std::string& collection : told.collections) {
        const std::optional<Case> subject = parts_.cases.find_by_collection(sql, message.to, collection);
        // Before acceptance nothing is stopped: acceptance asks again and is refused.
        const bool stops =
            subject && (subject->state == CaseState::accepted || subject->state == CaseState::awaiting_payment ||
                        subject->state == CaseState::paid);
        if (!stops) continue;
        TRY(parts_.steps.take(sql, *subject, case_command::StopPower{told.number, told.principal},
                              platform_facts(parts_.clock.now())));
    }
    return {};
}

Result<std::string> StandingPowers::answer(const Message& question)
{
    const PowerQuestion asked = TRY(read_message<PowerQuestion>(question));
    PowerUse use{asked.principal_code, {}, asked.item, asked.unit_number};
    if (!asked.agent_number.empty()) {
        use.agent_digest = parts_.vault.digest(question.to, parts_.vault.open(question.from, asked.agent_number));
    }
    const Millis now = parts_.clock.now();
    PowerAnswer answer;
    const auto judge = [&](Sql& sql) -> Result<void> {
        const Result<StandingPower> power = parts_.powers.load(sql, question.to, asked.number);
        const Result<void> carried = power ? judge_use(*power, use, china_date(now)) : Result<void>(power.error());
        answer = {};
        if (!carried) {
            answer.problem = carried.error().problem->code;
            answer.detail = carried.error().detail;
            return {};
        }
        answer.until = power->grant.until;
        if (asked.filing) PowerStore::note_use(sql, question.to, asked.number, asked.home, asked.collection_id, now);
        return {};
    };
    // In one unit with a revocation's own: either it sees this use, or this question sees the revocation.
    TRY(asked.filing ? parts_.database.write(question.to, judge) : parts_.database.read(judge));
    return record_text(answer);
}

Result<std::string> StandingPowers::ask(Agency asker, const PowerQuestion& question)
{
    const std::optional<Agency> keeper = agency_of_power(question.number);
    if (!keeper || parts_.catalog.find_registry(*keeper) == nullptr) return Error{powers_problem::not_found};
    const std::string text = TRY(parts_.exchange.ask(asker, *keeper, message_kind::power_use, record_text(question)));
    const auto answer = record_from_text<PowerAnswer>(text);
    if (answer.problem.empty()) return answer.until;
    const Problem* problem = powers_problem::find(answer.problem);
    TONGBAN_ASSERT(problem != nullptr);
    return Error{*problem, answer.detail};
}

Result<void> StandingPowers::verify(const Dossier& dossier, const Filing& filing)
{
    for (const Participant& participant : dossier.parties) {
        const Party& agent = participant.party;
        if (!agent.power || agent.power->form != PowerForm::standing) continue;
        const Participant* principal = find_party(dossier, agent.represents);
        PowerQuestion question;
        question.number = agent.power->number;
        if (principal != nullptr) question.principal_code = principal->party.number_masked;
        question.agent_number = agent.number_sealed;
        question.item = filing.item;
        if (dossier.application) question.unit_number = dossier.application->unit_number;
        question.home = filing.home;
        // At the home registry: the visit that brought him.
        question.collection_id = participant.part.empty() ? filing.collection_id : participant.part;
        question.filing = true;
        const Result<std::string> carried = ask(filing.keeper, question);
        if (carried) continue;
        Error error = carried.error();
        error.fields.push_back(
            {"/parties/" + agent.id + "/power", "not_carried", agent.name + "：" + std::string(error.problem->title)});
        return error;
    }
    return {};
}

void add_power_routes(Api& api, StandingPowers& flow)
{
    using Call = Result<Response> (StandingPowers::*)(ApiRequest&);
    const auto add = [&](Method method, const std::string& path, Action action, Call call, const ApiRules& rules) {
        api.add(
            method, path, action, [&flow, call](ApiRequest& request) { return (flow.*call)(request); }, rules);
    };
    const std::string root = "/api/v1/powers";
    const std::string one = root + "/{number}";
    const ApiRules seen{.needs_if_match = true};
    ApiRules file = seen;
    file.body_bytes_max = paper_bytes_max;
    add(Method::get, root, Action::read_powers, &StandingPowers::list, {});
    add(Method::post, root, Action::file_power, &StandingPowers::file, {});
    add(Method::get, one, Action::read_powers, &StandingPowers::show, {});
    add(Method::put, one + "/paper", Action::file_power, &StandingPowers::attach, file);
    add(Method::get, one + "/paper", Action::read_powers, &StandingPowers::paper, {});
    add(Method::post, one + "/check", Action::check_power, &StandingPowers::check, seen);
    add(Method::post, one + "/rejection", Action::check_power, &StandingPowers::reject, seen);
    add(Method::post, one + "/revocation", Action::file_power, &StandingPowers::revoke, seen);
}

void add_power_handlers(Exchange& exchange, StandingPowers& flow)
{
    exchange.handle(std::string(message_kind::power_revoked),
                    [&flow](Sql& sql, const Message& message) { return flow.take_revocation(sql, message); });
    exchange.answer(std::string(message_kind::power_use),
                    [&flow](const Message& question) { return flow.answer(question); });
}

}  // namespace tongban
