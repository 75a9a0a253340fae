// The decisions that lead away from the straight way: not accepted, supplement, refused, withdrawn, suspended.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <set>

#include "base/codes.h"
#include "flows/decide_bodies.h"
#include "flows/decide_case.h"
#include "flows/page_files.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/cases/core/return_reasons.h"

namespace tongban {
namespace {

namespace command = case_command;

// How long an applicant has; an item may say otherwise later (domain.md 1.3: commonly 5 to 30).
constexpr int supplement_working_days = 20;
constexpr Millis full_day = 24LL * 60 * 60 * 1000;

struct Survival {
    std::string_view code;
    std::string_view text;
};
constexpr Survival survivals[] = {
    {"agent_unaware", "代理人不知道且不应当知道被代理人死亡（民法典第一百七十四条第一款第一项）"               },
    {"heirs_agree",   "被代理人的继承人予以承认（民法典第一百七十四条第一款第二项）"                                 },
    {"until_done",    "授权中明确代理权在代理事务完成时终止（民法典第一百七十四条第一款第三项）"               },
    {"for_heirs",     "被代理人死亡前已经实施，为继承人的利益继续代理（民法典第一百七十四条第一款第四项）"},
};
std::string ground_text(std::string_view code)
{
    const auto found = std::ranges::find(survivals, code, &Survival::code);
    return found == std::end(survivals) ? std::string{} : std::string(found->text) + "；";
}

// After a death the agency goes on in four cases only (民法典 174); which of them, the registrar decides (H09). When a
// power of attorney was revoked or is in doubt, the principal has said how he goes on: in person, or by a new power
// (H08).
Result<void> check_resumption(const Case& before, std::string_view ground, std::string_view remark)
{
    const std::string reason = before.suspension ? before.suspension->reason : std::string{};
    const auto missing = [](const char* field, const char* detail) {
        return Error{base_problem::invalid_fields, {}, {{field, "required", detail}}};
    };
    if (reason == "death" && ground.empty()) {
        return missing("/ground", "请选择代理行为仍然有效的情形；没有的，由继承人重新申请");
    }
    if (reason != "death" && !ground.empty()) {
        return Error{base_problem::invalid_fields, {}, {{"/ground", "unexpected", "只有当事人死亡的才需要选择情形"}}};
    }
    if (reason == "power" && remark.empty()) return missing("/remark", "请写明委托人如何继续：本人申请或者新的委托");
    return {};
}

std::string reason_code(JsonReader& in)
{
    return in.optional_text("code", {.min = 0, .max = 40});
}

std::vector<std::string> cites(JsonReader& in)
{
    return in.has("cites") ? in.texts("cites", 50, {.max = 40}) : std::vector<std::string>{};
}

}  // namespace

void DecideCase::promise(const Case& subject, const ClockEntry& act, CaseFacts& facts) const
{
    const WorkCalendar& calendar = parts_.calendars.of(subject.agency);
    facts.calendar = calendar.version();
    // Cases accepted before there was a ledger keep what they were promised.
    const bool known = act.act == ClockAct::start || !subject.clock.empty();
    facts.due_on = known ? promise_with(subject.clock, act, calendar) : subject.due_on;
}

Result<DecideCase::Decision> DecideCase::refusing_acceptance(const ApiRequest& request)
{
    auto given = TRY(read_body<command::RefuseAcceptance>(request, [](JsonReader& in) {
        command::RefuseAcceptance body;
        body.ground = in.choice("ground", {"incomplete", "outside_territory", "not_in_form", "other"});
        body.reason = long_text(in, "reason");
        body.code = reason_code(in);
        body.cites = cites(in);
        const std::string competent = in.optional_text("competent", {.min = 0, .max = 6});
        if (!competent.empty()) body.competent = static_cast<Agency>(std::atoi(competent.c_str()));
        return body;
    }));
    if (given.competent != 0) {
        const Registry* registry = parts_.catalog.find_registry(given.competent);
        if (registry == nullptr) {
            return Error{base_problem::invalid_fields, {}, {{"/competent", "unknown", "没有这个登记机构"}}};
        }
        given.competent_name = registry->name;
    }
    return Decision{Action::decline_case, CaseAction::refuse_acceptance,
                    [given, this](Sql&, const Case& before, CaseFacts&) -> Result<CaseCommand> {
                        TRY(check_cites(before, given.cites));
                        return CaseCommand{given};
                    }};
}

Result<DecideCase::Decision> DecideCase::requesting_supplement(const ApiRequest& request)
{
    const auto given = TRY(read_body<command::RequestSupplement>(request, [](JsonReader& in) {
        command::RequestSupplement asked;
        in.list("lines", 50, [&](JsonReader& line) {
            const std::string code = line.optional_text("line", {.min = 0, .max = 20});
            const std::string reason = line.optional_text("reason", {.min = 0, .max = 40});
            const std::string rule = line.optional_text("rule", {.min = 0, .max = 40});
            asked.lines.push_back({code, line.text("text", {.max = 500, .lines = Lines::many}), reason, rule});
        });
        if (asked.lines.empty()) in.fail("lines", "required", "请列出需要补正的内容");
        return asked;
    }));
    return Decision{
        Action::return_case, CaseAction::request_supplement,
        [given, this](Sql&, const Case& before, CaseFacts& facts) -> Result<CaseCommand> {
            const Item* item = TRY(parts_.catalog.item_version(before.item, before.catalog_version));
            std::vector<FieldError> faults;
            for (std::size_t i = 0; i < given.lines.size(); ++i) {
                const std::string& code = given.lines[i].line;
                if (code.empty() || item->find_line(code) != nullptr) continue;
                faults.push_back({"/lines/" + std::to_string(i) + "/line", "unknown", "材料清单中没有这一项"});
            }
            if (!faults.empty()) return Error{base_problem::invalid_fields, {}, std::move(faults)};
            std::vector<std::string> rules;
            for (const SupplementLine& line : given.lines) {
                if (!line.rule.empty()) rules.push_back(line.rule);
            }
            TRY(check_cites(before, rules));
            command::RequestSupplement asked = given;
            asked.due_on = parts_.calendars.of(facts.actor.agency).due_on(facts.now, supplement_working_days);
            return CaseCommand{asked};
        }};
}

// What a return rests on must be a rule of the item or a question of its checklist.
Result<void> DecideCase::check_cites(const Case& subject, const std::vector<std::string>& cites) const
{
    const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
    const auto questions = parts_.questions.questions_for(item->matter, china_date(subject.filed_at));
    for (const std::string& id : cites) {
        if (std::ranges::find(item->rules, id, &Rule::id) != item->rules.end()) continue;
        if (std::ranges::any_of(questions, [&](const ReviewQuestion* question) { return question->id == id; }))
            continue;
        return Error{
            base_problem::invalid_fields, {}, {{"/cites", "unknown", "没有编号为 " + id + " 的规则或审查事项"}}};
    }
    return {};
}

Result<Response> DecideCase::refuse_acceptance(ApiRequest& request)
{
    const Decision decision = TRY(refusing_acceptance(request));
    return decide_with(request, decision.action, decision.step, decision.make);
}

Result<Response> DecideCase::request_supplement(ApiRequest& request)
{
    const Decision decision = TRY(requesting_supplement(request));
    return decide_with(request, decision.action, decision.step, decision.make);
}

Result<Response> DecideCase::refuse(ApiRequest& request)
{
    const Decision decision = TRY(refusing(request));
    return decide_with(request, decision.action, decision.step, decision.make);
}

// The same decision on a copy of the case, and the same press: what is shown is what will be sent.
Result<Response> DecideCase::preview_notice(ApiRequest& request)
{
    const std::string& name = request.path("decision");
    std::string document;
    std::optional<Decision> decision;
    if (name == "supplement-request") {
        decision = TRY(requesting_supplement(request));
        document = "supplement.pdf";
    } else if (name == "non-acceptance") {
        decision = TRY(refusing_acceptance(request));
        document = "non-acceptance.pdf";
    } else if (name == "refusal") {
        decision = TRY(refusing(request));
        document = "refusal.pdf";
    } else {
        return Error{cases_problem::document_not_found};
    }
    const Actor& actor = request.actor;
    std::optional<Case> after;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Case before = TRY(parts_.cases.load(sql, actor.agency, request.path("number")));
        TRY(authorise(actor, decision->action,
                      Owner{.agency = before.agency, .account = {}, .case_number = before.number}));
        CaseFacts facts;
        facts.actor = actor;
        facts.now = parts_.clock.now();
        const CaseCommand command = TRY(decision->make(sql, before, facts));
        const std::vector<CaseEvent> events = TRY(tongban::decide(before, command, facts));
        after = before;
        for (const CaseEvent& event : events) after = tongban::apply(std::move(*after), event);
        return {};
    }));
    std::string pdf = TRY(printed(*after, document, {}));
    const std::string leaf = request.http.query_value("leaf").value_or("");
    if (leaf.empty()) return pdf_answer(std::move(pdf), after->number + "-" + document);
    return notice_picture(pdf, leaf);
}

// For screens that show it before it is sent: a leaf as a picture, and how many there are.
Result<Response> DecideCase::notice_picture(const std::string& pdf, const std::string& leaf)
{
    constexpr int width = 1000;
    int number = 0;
    const auto [end, failed] = std::from_chars(leaf.data(), leaf.data() + leaf.size(), number);
    if (failed != std::errc{} || end != leaf.data() + leaf.size() || number < 1) {
        return Error{base_problem::invalid_fields, {}, {{"/leaf", "number", "页码从 1 开始"}}};
    }
    Response response;
    response.status = 200;
    response.body = TRY(parts_.imaging.preview(pdf, FileKind::pdf, number, width, Rotation::none));
    response.headers.add("Content-Type", "image/jpeg");
    response.headers.add("Cache-Control", "no-store");
    return response;
}

// The case ends without an entry: nobody owes for it, and who has paid gets it back.
void DecideCase::release_bill(Sql& sql, const Case& subject, const CaseFacts& facts)
{
    parts_.bills.void_due(sql, subject.agency, subject.number);
    parts_.bills.refund_paid(sql, subject.agency, subject.number, facts.actor.account, facts.now);
}

Result<DecideCase::Decision> DecideCase::refusing(const ApiRequest& request)
{
    const auto given = TRY(read_body<command::Refuse>(request, [](JsonReader& in) {
        command::Refuse body;
        body.ground = in.choice("ground", {"violates_law", "ownership_dispute", "exceeds_term", "other"});
        body.reason = long_text(in, "reason");
        body.code = reason_code(in);
        body.cites = cites(in);
        return body;
    }));
    return Decision{Action::review_case, CaseAction::refuse,
                    [given, this](Sql&, const Case& before, CaseFacts&) -> Result<CaseCommand> {
                        TRY(check_cites(before, given.cites));
                        return CaseCommand{given};
                    }};
}

Result<Response> DecideCase::withdraw(ApiRequest& request)
{
    const auto given = TRY(read_body<command::Withdraw>(request, [](JsonReader& in) {
        command::Withdraw body{long_text(in, "reason"), {}};
        body.parties = in.texts("parties", 50, {.max = 60});
        return body;
    }));
    return decide_with(request, Action::withdraw_case, CaseAction::withdraw,
                       [&](Sql&, const Case&, CaseFacts&) -> Result<CaseCommand> { return CaseCommand{given}; });
}

Result<Response> DecideCase::ask_withdrawal(ApiRequest& request)
{
    const std::string reason =
        TRY(read_body<std::string>(request, [](JsonReader& in) { return long_text(in, "reason"); }));
    const Actor& actor = request.actor;
    Response response = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Case before = TRY(parts_.cases.load(sql, actor.agency, actor.case_number));
            TRY(authorise(actor, Action::withdraw_case,
                          Owner{.agency = before.agency, .account = {}, .case_number = before.number}));
            const Participant* asking = find_party(before.dossier, actor.party);
            if (asking == nullptr) return Error{cases_problem::not_an_applicant};
            const std::string party = asking->party.represents.empty() ? asking->party.id : asking->party.represents;
            CaseFacts facts;
            facts.actor = actor;
            facts.now = parts_.clock.now();
            const Case now = TRY(parts_.steps.take(sql, before, command::AskWithdrawal{party, reason}, facts));
            return Response::json(200, boost::json::serialize(boost::json::object{
                                           {"missing", still_applying(now).size()}
            }));
        }));
    parts_.steps.wake();
    return response;
}

Result<Response> DecideCase::suspend(ApiRequest& request)
{
    const auto given = TRY(read_body<command::Suspend>(request, [](JsonReader& in) {
        std::vector<std::string_view> codes;
        for (const SuspensionReason& reason : suspension_reasons()) codes.push_back(reason.code);
        command::Suspend body;
        body.reason = in.text("reason", {.max = 40});
        if (std::ranges::find(codes, body.reason) == codes.end()) in.fail("reason", "choice", "没有这种暂停情形");
        body.legal = in.text("legal", {.max = 300});
        body.document = in.optional_text("document", {.min = 0, .max = 300});
        return body;
    }));
    return decide_with(request, Action::suspend_case, CaseAction::suspend,
                       [&](Sql&, const Case&, CaseFacts&) -> Result<CaseCommand> { return CaseCommand{given}; });
}

Result<Response> DecideCase::resume(ApiRequest& request)
{
    struct Given {
        std::string remark;
        std::string ground;
    };
    const auto given = TRY(read_body<Given>(request, [](JsonReader& in) {
        Given body{optional_long_text(in, "remark"), {}};
        if (in.has("ground")) {
            body.ground = in.choice("ground", {"agent_unaware", "heirs_agree", "until_done", "for_heirs"});
        }
        return body;
    }));
    return decide_with(request, Action::suspend_case, CaseAction::resume,
                       [&](Sql& sql, const Case& before, CaseFacts& facts) -> Result<CaseCommand> {
                           TRY(check_resumption(before, given.ground, given.remark));
                           facts.checks = TRY(judged(sql, before));
                           if (before.suspension) {
                               promise(before, {ClockAct::resume, facts.now, 0, {}, {}, {}}, facts);
                           }
                           return CaseCommand{command::Resume{ground_text(given.ground) + given.remark}};
                       });
}

Result<Response> DecideCase::extend(ApiRequest& request)
{
    const auto given = TRY(read_body<command::ExtendClock>(request, [](JsonReader& in) {
        return command::ExtendClock{static_cast<int>(in.integer("days", {.min = 1, .max = 30})),
                                    long_text(in, "reason"), in.text("legal", {.max = 300})};
    }));
    return decide_with(request, Action::extend_case, CaseAction::extend_clock,
                       [&](Sql&, const Case& before, CaseFacts& facts) -> Result<CaseCommand> {
                           if (state_of(before.clock) == ClockState::running) {
                               promise(before, {ClockAct::extend, facts.now, given.days, {}, {}, {}}, facts);
                           }
                           return CaseCommand{given};
                       });
}

Result<Response> DecideCase::returns(ApiRequest& request)
{
    TRY(authorise(request.actor, Action::read_statistics, request.actor.agency));
    const std::string from = request.http.query_value("from").value_or("");
    const std::string until = request.http.query_value("until").value_or("");
    if (!is_date(from) || !is_date(until)) {
        return Error{base_problem::invalid_fields, {}, {{"/from", "date", "请给出起止日期"}}};
    }
    const auto midnight = [](std::string_view date) {
        return std::chrono::sys_time<std::chrono::milliseconds>(day_of(date)).time_since_epoch().count() - full_day / 3;
    };
    std::vector<ReturnCount> counts;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        counts = parts_.cases.count_returns(sql, request.actor.agency, midnight(from), midnight(until) + full_day);
        return {};
    }));
    json::array rows;
    for (const ReturnCount& count : counts) {
        const ReturnReason* reason = find_return_reason(count.code);
        rows.push_back(json::object{
            {"moment",    count.moment                          },
            {"code",      count.code                            },
            {"text",      reason == nullptr ? "" : reason->text },
            {"avoidable", reason != nullptr && reason->avoidable},
            {"count",     count.cases                           }
        });
    }
    return Response::json(200, json::serialize(json::object{
                                   {"returns", std::move(rows)}
    }));
}

}  // namespace tongban
