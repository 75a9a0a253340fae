#include "flows/decide_case.h"

#include <algorithm>
#include <boost/json.hpp>

#include "flows/case_documents.h"
#include "flows/decide_bodies.h"
#include "flows/page_files.h"
#include "flows/register_facts.h"
#include "flows/tax_facts.h"
#include "modules/cases/core/case_sheet.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

namespace command = case_command;

Result<std::string> read_remark(const ApiRequest& request)
{
    return read_body<std::string>(request, [](JsonReader& in) {
        return in.optional_text("remark", {.min = 0, .max = 1000, .lines = Lines::many});
    });
}

}  // namespace

Result<Case> DecideCase::read(const ApiRequest& request)
{
    TRY(authorise(request.actor, Action::read_case, request.actor.agency));
    std::optional<Case> found;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        found = TRY(parts_.cases.load(sql, request.actor.agency, request.path("number")));
        // Papers are for whoever may see the sheet: at the own desk, or with a reason given today.
        const std::string reason = request.http.query_value("reason").value_or("");
        const Result<std::string> purpose = purpose_of_reading(request.actor, found->state, workers_of(*found), reason);
        if (!purpose && !parts_.reads.has_looked_today(sql, request.actor, found->number)) return purpose.error();
        return {};
    }));
    return std::move(*found);
}

Result<Response> DecideCase::decide_with(ApiRequest& request, Action action, CaseAction step, const Make& make)
{
    const Actor& actor = request.actor;
    Response response = TRY(parts_.commands.run(
        actor.agency, {request.idempotency_key, actor.account, request.body_digest}, [&](Sql& sql) -> Result<Response> {
            const Case before = TRY(parts_.cases.load(sql, actor.agency, request.path("number")));
            TRY(authorise(actor, action, Owner{.agency = before.agency, .account = {}, .case_number = before.number}));
            TRY(check_version(before, request.version(), step));
            CaseFacts facts;
            facts.actor = actor;
            facts.now = parts_.clock.now();
            if (const std::optional<StaffMember> self = parts_.staff.find(sql, actor.agency, actor.account)) {
                facts.place = self->place;
                facts.phone = self->phone;
            }
            const CaseCommand given = TRY(make(sql, before, facts));
            const Case now = TRY(parts_.steps.take(sql, before, given, facts));
            // Nothing to pay: nobody has to wait for it.
            if (now.state == CaseState::awaiting_payment && now.bill_id.empty()) {
                TRY(parts_.steps.take(sql, now, command::RecordPayment{}, platform_facts(facts.now)));
            }
            if (is_final(now.state)) release_bill(sql, now, facts);
            return parts_.sheets.respond(sql, actor, before.agency, before.number);
        }));
    parts_.steps.wake();
    return response;
}

Result<std::vector<RuleResult>> DecideCase::judged(Sql& sql, const Case& subject)
{
    if (!subject.dossier.application) return std::vector<RuleResult>{};
    const std::string& unit = subject.dossier.application->unit_number;
    const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
    return judge_case(subject, *item, parts_.register_book.find_unit(sql, subject.agency, unit),
                      parts_.cases.others_on_unit(sql, subject.agency, unit, subject.number),
                      tax_of_case(sql, parts_.taxes, *item, subject.agency, subject.number),
                      china_date(parts_.clock.now()));
}

Result<Response> DecideCase::show(ApiRequest& request)
{
    TRY(authorise(request.actor, Action::read_case, request.actor.agency));
    const std::string reason = request.http.query_value("reason").value_or("");
    std::string purpose;
    Response response = TRY(parts_.sheets.show(
        request.actor, request.actor.agency, request.path("number"), [&](const ComposedSheet& sheet) -> Result<void> {
            purpose = TRY(purpose_of_reading(request.actor, sheet.state, sheet.workers, reason));
            return {};
        }));
    parts_.reads.note(request.actor, request.path("number"), purpose);
    return response;
}

Result<Response> DecideCase::accept(ApiRequest& request)
{
    const std::string remark = TRY(read_remark(request));
    // A standing power may have been revoked since the push: asked outside the unit. Who repeats the act is answered as
    // before, for the case is accepted by then.
    const Agency home = request.actor.agency;
    TRY(authorise(request.actor, Action::accept_case, home));
    std::optional<Case> seen;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        seen = TRY(parts_.cases.load(sql, home, request.path("number")));
        return {};
    }));
    if (seen->state == CaseState::filed) {
        const std::string collection = seen->parts.empty() ? std::string{} : seen->parts.front().collection_id;
        TRY(parts_.powers.verify(seen->dossier, {home, home, seen->item, collection}));
    }
    return decide_with(
        request, Action::accept_case, CaseAction::accept,
        [&](Sql& sql, const Case& before, CaseFacts& facts) -> Result<CaseCommand> {
            const Item* item = TRY(parts_.catalog.item_version(before.item, before.catalog_version));
            facts.checks = TRY(judged(sql, before));
            facts.promised_working_days = item->promised_working_days;
            promise(before, {ClockAct::start, facts.now, item->promised_working_days, {}, {}, {}}, facts);
            return CaseCommand{command::Accept{remark}};
        });
}

Result<CaseCommand> DecideCase::approval(Sql& sql, const Case& subject, const CaseFacts& facts,
                                         const std::string& remark)
{
    // Judged before the bill exists: a bill is for a case that passed.
    TRY(decide(subject, command::Approve{remark, {}, 0}, facts));
    const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
    const RegisterView unit =
        parts_.register_book.find_unit(sql, subject.agency, subject.dossier.application->unit_number);
    const Charges charges = charges_of(item->fee, facts_of_case(subject, *item, unit, 0, {}, china_date(facts.now)));
    if (charges.lines.empty())
        return CaseCommand{
            command::Approve{remark, {}, 0}
        };
    NewBill bill;
    bill.case_number = subject.number;
    bill.payer = names_in_role(subject.dossier, *find_party_role(item->fee.payer));
    for (const Charge& charge : charges.lines) {
        bill.lines.push_back({charge.code, charge.name, charge.quantity, charge.price, charge.quantity * charge.price});
    }
    bill.issued_at = facts.now;
    const Bill issued = parts_.bills.issue(sql, subject.agency, bill);
    return CaseCommand{
        command::Approve{remark, issued.id, issued.amount_fen}
    };
}

Result<Response> DecideCase::approve(ApiRequest& request)
{
    const std::string remark = TRY(read_remark(request));
    return decide_with(request, Action::review_case, CaseAction::approve,
                       [&](Sql& sql, const Case& before, CaseFacts& facts) -> Result<CaseCommand> {
                           // No bill for a unit that was seized since the acceptance.
                           facts.checks = TRY(judged(sql, before));
                           const Item* item = TRY(parts_.catalog.item_version(before.item, before.catalog_version));
                           facts.questions =
                               required_of(parts_.questions.questions_for(item->matter, china_date(before.filed_at)),
                                           Duty::reviewer);
                           return approval(sql, before, facts, remark);
                       });
}

// Only pages that the package of a case of the actor's own registry lists are given.
Result<Response> DecideCase::page(ApiRequest& request)
{
    const Case subject = TRY(read(request));
    const PlacedPage placed = find_page(subject.dossier, request.path("page"));
    if (placed.page == nullptr) return Error{cases_problem::page_not_found};
    return original_file(parts_.objects, *placed.page);
}

Result<Response> DecideCase::preview(ApiRequest& request)
{
    const Case subject = TRY(read(request));
    const PlacedPage placed = find_page(subject.dossier, request.path("page"));
    if (placed.page == nullptr) return Error{cases_problem::page_not_found};
    return previews_.answer(*placed.page, request.http);
}

Result<Response> DecideCase::signature(ApiRequest& request)
{
    const Case subject = TRY(read(request));
    const Participant* signer = find_party(subject.dossier, request.path("party"));
    if (signer == nullptr || !signer->signature) return Error{cases_problem::page_not_found};
    return signature_picture(parts_.objects, *signer->signature);
}

Result<Response> DecideCase::document(ApiRequest& request)
{
    const Case subject = TRY(read(request));
    const std::string& name = request.path("document");
    if (name == "certificate.pdf" || name == "certificate.ofd") {
        const std::string format = name.substr(name.size() - 3);
        std::optional<Certificate> made;
        std::optional<std::string> digest;
        TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
            made = parts_.certificates.find_for_case(sql, subject.agency, subject.number);
            if (made) digest = parts_.certificates.latest_file(sql, subject.agency, made->number, format);
            return {};
        }));
        if (!digest) return Error{cases_problem::document_not_found};
        constexpr std::uint64_t certificate_bytes_max = 8 << 20;
        return file_answer(TRY(parts_.objects.read(*digest, certificate_bytes_max)), made->number + "." + format,
                           "application/" + format);
    }
    return print(subject, name, request.http.query_value("party").value_or(""));
}

Result<std::string> DecideCase::printed(const Case& subject, const std::string& name, const std::string& party)
{
    const std::vector<std::string> there = case_documents(subject);
    if (std::ranges::find(there, name) == there.end()) return Error{cases_problem::document_not_found};
    const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
    const DocumentSource source{subject, *item, parts_.catalog, parts_.objects};
    if (name == "acceptance.pdf") return parts_.press.print(acceptance_receipt(source));
    if (name == "interview.pdf") return parts_.press.print(TRY(interview_record(source, party)));
    std::optional<Bill> bill;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        bill = parts_.bills.find_for_case(sql, subject.agency, subject.number);
        return {};
    }));
    return parts_.press.print(TRY(case_notice(source, name, bill)));
}

Result<Response> DecideCase::print(const Case& subject, const std::string& name, const std::string& party)
{
    return pdf_answer(TRY(printed(subject, name, party)), subject.number + "-" + name);
}

void add_case_routes(Api& api, DecideCase& flow)
{
    using Call = Result<Response> (DecideCase::*)(ApiRequest&);
    const auto add = [&](Method method, const std::string& path, Action action, Call call, bool changes) {
        ApiRules rules;
        rules.needs_if_match = changes;
        api.add(
            method, "/api/v1/cases" + path, action,
            [&flow, call](ApiRequest& request) { return (flow.*call)(request); }, rules);
    };
    add(Method::get, "/{number}", Action::read_case, &DecideCase::show, false);
    add(Method::post, "/{number}/acceptance", Action::accept_case, &DecideCase::accept, true);
    add(Method::post, "/{number}/non-acceptance", Action::decline_case, &DecideCase::refuse_acceptance, true);
    add(Method::post, "/{number}/supplement-request", Action::return_case, &DecideCase::request_supplement, true);
    add(Method::post, "/{number}/approval", Action::review_case, &DecideCase::approve, true);
    add(Method::post, "/{number}/refusal", Action::review_case, &DecideCase::refuse, true);
    add(Method::post, "/{number}/withdrawal", Action::withdraw_case, &DecideCase::withdraw, true);
    add(Method::post, "/{number}/suspension", Action::suspend_case, &DecideCase::suspend, true);
    add(Method::post, "/{number}/resumption", Action::suspend_case, &DecideCase::resume, true);
    add(Method::post, "/{number}/clock-extension", Action::extend_case, &DecideCase::extend, true);
    add(Method::get, "/{number}/pages/{page}", Action::read_case, &DecideCase::page, false);
    add(Method::get, "/{number}/pages/{page}/preview", Action::read_case, &DecideCase::preview, false);
    add(Method::get, "/{number}/signatures/{party}", Action::read_case, &DecideCase::signature, false);
    add(Method::get, "/{number}/documents/{document}", Action::read_case, &DecideCase::document, false);
    // Changes nothing, so nothing can be repeated by mistake: no Idempotency-Key, no If-Match.
    api.add(Method::post, "/api/v1/cases/{number}/notice-preview/{decision}", Action::read_case,
            [&flow](ApiRequest& request) { return flow.preview_notice(request); }, {.needs_idempotency_key = false});
    api.add(Method::get, "/api/v1/statistics/returns", Action::read_statistics,
            [&flow](ApiRequest& request) { return flow.returns(request); });
    api.add(Method::post, "/api/v1/public/tracked-case/withdrawal", Action::withdraw_case,
            [&flow](ApiRequest& request) { return flow.ask_withdrawal(request); });
}

}  // namespace tongban
