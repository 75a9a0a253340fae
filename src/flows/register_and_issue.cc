#include "flows/register_and_issue.h"

#include "base/codes.h"
#include "base/json.h"
#include "flows/entry.h"
#include "flows/register_facts.h"
#include "flows/tax_facts.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {

RegisterAndIssue::RegisterAndIssue(Parts parts, SheetAnswer sheet, std::function<void()> committed)
    : parts_(parts), sheet_(std::move(sheet)), committed_(std::move(committed))
{
}

Result<Case> RegisterAndIssue::enter_in(Sql& sql, const Actor& actor, const std::string& case_number, std::int64_t seen,
                                        const std::string& remark)
{
    const Agency agency = actor.agency;
    const Millis now = parts_.clock.now();
    const Case subject = TRY(parts_.cases.load(sql, agency, case_number));
    TRY(authorise(actor, Action::register_case, subject.agency));
    TRY(check_version(subject, seen, CaseAction::enter));

    RegisterView unit;
    if (subject.dossier.application) {
        // Held until the commit: what is judged here is what the entry is made on, also against the court's document
        // that another process is about to enter.
        unit = parts_.register_book.lock_unit(sql, agency, subject.dossier.application->unit_number);
    }
    const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
    const std::int64_t others = parts_.cases.others_on_unit(sql, agency, unit.unit_number, subject.number);
    const std::optional<TaxSettlement> tax = tax_of_case(sql, parts_.taxes, *item, agency, subject.number);
    CaseFacts facts;
    facts.actor = actor;
    facts.now = now;
    facts.checks = judge_case(subject, *item, unit, others, tax, china_date(now));
    // Judged before anything is made, so that every refusal has its own reason.
    TRY(decide(subject, case_command::Enter{0, {}, remark}, facts));

    EntryContext context({sql, parts_.register_book, parts_.certificates, parts_.catalog}, subject, *item, unit, actor,
                         now);
    const MakeEntry make = entry_maker(item->effect);
    TONGBAN_ASSERT(make != nullptr);  // the server does not start with an unknown effect
    Entry entry = TRY(make(context));
    return parts_.steps.take(
        sql, subject,
        case_command::Enter{entry.mortgage_order, std::move(entry.certificate_number), remark, std::move(entry.text)},
        facts);
}

Result<Response> RegisterAndIssue::enter(const Actor& actor, const std::string& case_number, std::int64_t seen,
                                         const CommandKey& key, const std::string& remark)
{
    if (!check_case_number(case_number)) return Error{cases_problem::not_found};
    Response answer = TRY(parts_.commands.run(actor.agency, key, [&](Sql& sql) -> Result<Response> {
        TRY(enter_in(sql, actor, case_number, seen, remark));
        return sheet_(sql, actor, actor.agency, case_number);
    }));
    parts_.steps.wake();
    committed_();
    return answer;
}

void add_registration_routes(Api& api, RegisterAndIssue& flow)
{
    api.add(Method::post, "/api/v1/cases/{number}/registration", Action::register_case,
            [&flow](ApiRequest& request) -> Result<Response> {
                // Most entries have nothing to confirm and come without a body, which reads as an empty object.
                const json::value body = TRY(request.json());
                JsonReader in(body);
                const std::string remark = in.optional_text("remark", {.min = 0, .max = 1000, .lines = Lines::many});
                TRY(in.finish());
                return flow.enter(request.actor, request.path("number"), request.version(),
                                  {request.idempotency_key, request.actor.account, request.body_digest}, remark);
            },
            {.needs_if_match = true});
}

}  // namespace tongban
