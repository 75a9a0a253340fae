#include "flows/desk_work.h"

#include <boost/json.hpp>

#include "flows/decide_bodies.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/cases/core/desk.h"

namespace tongban {
namespace {

namespace command = case_command;

constexpr std::size_t assigned_at_once_max = 100;

struct Assignment {
    struct One {
        std::string number;
        std::int64_t version = 0;
    };
    std::vector<One> cases;
    std::string to;  // account; empty: back to the queue
    std::string reason;
};

Result<Assignment> read_assignment(const ApiRequest& request)
{
    return read_body<Assignment>(request, [](JsonReader& in) {
        Assignment body;
        in.list("cases", assigned_at_once_max, [&](JsonReader& one) {
            const std::string number = one.text("number", {.max = 30});
            body.cases.push_back({number, one.integer("version", {.min = 1})});
        });
        if (body.cases.empty()) in.fail("cases", "required", "请选择办件");
        body.to = in.optional_text("to", {.min = 0, .max = 60});
        body.reason = in.text("reason", {.max = 500});
        return body;
    });
}

std::vector<ChecklistAnswer> read_answers(JsonReader& in)
{
    constexpr std::size_t answers_max = 50;
    constexpr std::size_t evidence_max = 20;
    std::vector<ChecklistAnswer> answers;
    in.list("answers", answers_max, [&](JsonReader& one) {
        ChecklistAnswer answer;
        answer.question = one.text("question", {.max = 40});
        answer.answer = one.choice("answer", {"yes", "no", "not_applicable"});
        answer.remark = optional_long_text(one, "remark");
        answer.proposed = one.has("proposed") && one.boolean("proposed");
        one.list("evidence", evidence_max, [&](JsonReader& given) {
            Evidence evidence;
            evidence.kind = given.choice("kind", {"page", "answer", "identity", "rule", "register"});
            evidence.ref = given.optional_text("ref", {.min = 0, .max = 120});
            evidence.leaf = static_cast<int>(given.optional_integer("leaf", {.min = 1, .max = 100'000}).value_or(0));
            evidence.region = given.optional_text("region", {.min = 0, .max = 24});
            answer.evidence.push_back(std::move(evidence));
        });
        answers.push_back(std::move(answer));
    });
    if (answers.empty()) in.fail("answers", "required", "请作出判断");
    return answers;
}

// To whom, judged for the case at hand.
command::Assign assignment_to(const std::optional<StaffMember>& person, const Assignment& asked, const Case& subject)
{
    command::Assign assign;
    assign.account = asked.to;
    assign.reason = asked.reason;
    if (!person) return assign;
    assign.name = person->name;
    assign.place = person->place;
    assign.phone = person->phone;
    const Duty duty = duty_of(queue_of(subject.state));
    assign.fit = duty != Duty::anyone && person->holds(duty);
    return assign;
}

json::object refusal_json(const std::string& number, const Error& error)
{
    return {
        {"number", number                                                                 },
        {"code",   error.code()                                                           },
        {"text",   error.detail.empty() ? std::string(error.problem->title) : error.detail}
    };
}

}  // namespace

CaseFacts DeskWork::facts_of(Sql& sql, const Actor& actor)
{
    CaseFacts facts;
    facts.actor = actor;
    facts.now = parts_.clock.now();
    if (const std::optional<StaffMember> self = parts_.staff.find(sql, actor.agency, actor.account)) {
        facts.place = self->place;
        facts.phone = self->phone;
    }
    return facts;
}

Result<Response> DeskWork::work(ApiRequest& request, Action action, std::optional<CaseAction> versioned,
                                const Make& make)
{
    const Actor& actor = request.actor;
    return parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Case before = TRY(parts_.cases.load(sql, actor.agency, request.path("number")));
            TRY(authorise(actor, action, Owner{.agency = before.agency, .account = {}, .case_number = before.number}));
            CaseFacts facts = facts_of(sql, actor);
            if (versioned) TRY(check_version(before, request.version(), *versioned));
            const CaseCommand given = TRY(make(sql, before, facts));
            TRY(parts_.cases.act(sql, before, given, facts));
            return parts_.sheets.respond(sql, actor, before.agency, before.number);
        });
}

Result<Response> DeskWork::claim(ApiRequest& request)
{
    return work(request, Action::claim_case, CaseAction::claim,
                [](Sql&, const Case& before, CaseFacts& facts) -> Result<CaseCommand> {
                    TRY(check_claim(before, facts.actor));
                    return CaseCommand{command::Claim{}};
                });
}

Result<Response> DeskWork::release(ApiRequest& request)
{
    const auto given = TRY(read_body<command::Release>(
        request, [](JsonReader& in) { return command::Release{in.optional_text("reason", {.min = 0, .max = 500})}; }));
    return work(request, Action::claim_case, CaseAction::release,
                [&](Sql&, const Case&, CaseFacts&) -> Result<CaseCommand> { return CaseCommand{given}; });
}

Result<Response> DeskWork::note(ApiRequest& request)
{
    const auto given = TRY(read_body<command::AddNote>(request, [](JsonReader& in) {
        return command::AddNote{in.text("text", {.max = 2000, .lines = Lines::many})};
    }));
    // Nothing is overwritten: two notes at the same time are two notes.
    return work(request, Action::note_case, std::nullopt,
                [&](Sql&, const Case&, CaseFacts&) -> Result<CaseCommand> { return CaseCommand{given}; });
}

Result<Response> DeskWork::answer(ApiRequest& request)
{
    const auto given = TRY(read_body<command::AnswerChecklist>(
        request, [](JsonReader& in) { return command::AnswerChecklist{read_answers(in)}; }));
    return work(
        request, Action::answer_checklist, CaseAction::answer_checklist,
        [&](Sql&, const Case& before, CaseFacts&) -> Result<CaseCommand> {
            const Item* item = TRY(parts_.catalog.item_version(before.item, before.catalog_version));
            const auto questions = parts_.questions.questions_for(item->matter, china_date(before.filed_at));
            const Duty duty = duty_of(queue_of(before.state));
            std::vector<FieldError> faults;
            for (std::size_t i = 0; i < given.answers.size(); ++i) {
                const std::string pointer = "/answers/" + std::to_string(i);
                for (FieldError& fault : faults_of(given.answers[i], before.dossier, questions, *item, duty, pointer))
                    faults.push_back(std::move(fault));
            }
            if (!faults.empty() && duty != Duty::anyone)
                return Error{base_problem::invalid_fields, {}, std::move(faults)};
            return CaseCommand{given};
        });
}

Result<Response> DeskWork::assign(ApiRequest& request)
{
    const Actor& actor = request.actor;
    const Assignment asked = TRY(read_assignment(request));
    TRY(authorise(actor, Action::assign_case, actor.agency));
    return parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const CaseFacts facts = facts_of(sql, actor);
            std::optional<StaffMember> person;
            if (!asked.to.empty()) person = parts_.staff.find(sql, actor.agency, asked.to);
            json::array done;
            json::array refused;
            const auto give = [&](const Assignment::One& one) -> Result<void> {
                const Case before = TRY(parts_.cases.load(sql, actor.agency, one.number));
                TRY(check_version(before, one.version, CaseAction::assign));
                const CaseCommand given = asked.to.empty() ? CaseCommand{command::Release{asked.reason}}
                                                           : CaseCommand{assignment_to(person, asked, before)};
                TRY(parts_.cases.act(sql, before, given, facts));
                return {};
            };
            for (const Assignment::One& one : asked.cases) {
                if (const Result<void> given = give(one)) {
                    done.push_back(json::string(one.number));
                } else {
                    refused.push_back(refusal_json(one.number, given.error()));
                }
            }
            return Response::json(200, json::serialize(json::object{
                                           {"done",    std::move(done)   },
                                           {"refused", std::move(refused)}
            }));
        });
}

void add_desk_routes(Api& api, DeskWork& flow)
{
    constexpr ApiRules versioned{.needs_if_match = true};
    api.add(
        Method::post, "/api/v1/cases/{number}/claim", Action::claim_case,
        [&](ApiRequest& request) { return flow.claim(request); }, versioned);
    api.add(
        Method::post, "/api/v1/cases/{number}/claim-release", Action::claim_case,
        [&](ApiRequest& request) { return flow.release(request); }, versioned);
    api.add(Method::post, "/api/v1/cases/{number}/notes", Action::note_case,
            [&](ApiRequest& request) { return flow.note(request); });
    api.add(
        Method::put, "/api/v1/cases/{number}/checklist", Action::answer_checklist,
        [&](ApiRequest& request) { return flow.answer(request); }, versioned);
    api.add(Method::post, "/api/v1/case-assignments", Action::assign_case,
            [&](ApiRequest& request) { return flow.assign(request); });
}

}  // namespace tongban
