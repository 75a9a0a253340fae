#include "flows/register_and_issue.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/json.h"
#include "base/money.h"
#include "flows/register_facts.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {

namespace {

const Participant* first_in_role(const Dossier& dossier, PartyRole role)
{
    for (const Participant& participant : dossier.parties) {
        if (participant.party.role == role) return &participant;
    }
    return nullptr;
}

std::string owner_certificates(const RegisterView& unit)
{
    std::string all;
    for (const RegisteredOwner& owner : unit.owners) {
        if (owner.certificate_number.empty() || all.find(owner.certificate_number) != std::string::npos) continue;
        all += (all.empty() ? "" : "、") + owner.certificate_number;
    }
    return all;
}

// 其他: what a third person must know of the mortgage (domain.md 6.4; 自然资发〔2021〕54号 for the transfer ban).
std::string other_facts(const Mortgage& mortgage, const RegisterView& unit, std::int64_t order)
{
    const bool maximum = mortgage.way == MortgageWay::maximum;
    std::string text =
        fmt::format("抵押方式：{}\n{}：{}元\n债务履行期限：{}起{}止\n抵押顺位：第{}顺位\n禁止或限制转让约定：{}",
                    maximum ? "最高额抵押" : "一般抵押", maximum ? "最高债权数额" : "担保债权数额",
                    money_text(mortgage.secured_amount_fen), mortgage.debt_from, mortgage.debt_to, order,
                    mortgage.transfer_ban ? "是" : "否");
    if (!mortgage.scope.empty()) text += "\n担保范围：" + mortgage.scope;
    const std::string owners = owner_certificates(unit);
    if (!owners.empty()) text += "\n不动产权证书号：" + owners;
    return text;
}

NewMortgage entry_of(const Case& subject, const Actor& registrar, const Certificate& certificate, Millis now)
{
    const Application& application = *subject.dossier.application;
    const Participant* mortgagee = first_in_role(subject.dossier, PartyRole::mortgagee);
    TONGBAN_ASSERT(mortgagee != nullptr);
    NewMortgage entry;
    entry.unit_number = application.unit_number;
    entry.maximum = application.mortgage.way == MortgageWay::maximum;
    entry.mortgagee = names_in_role(subject.dossier, PartyRole::mortgagee);
    entry.mortgagee_number_masked = mortgagee->party.number_masked;
    entry.mortgagee_number_sealed = mortgagee->party.number_sealed;
    entry.mortgagee_number_digest = mortgagee->party.number_digest;
    entry.mortgagor = names_in_role(subject.dossier, PartyRole::mortgagor);
    entry.secured_amount_fen = application.mortgage.secured_amount_fen;
    entry.term_from = application.mortgage.debt_from;
    entry.term_to = application.mortgage.debt_to;
    entry.scope = application.mortgage.scope;
    entry.contract_number = application.mortgage.contract_number;
    entry.transfer_ban = application.mortgage.transfer_ban;
    entry.certificate_number = certificate.number;
    entry.case_number = subject.number;
    entry.registrar = registrar.name;
    entry.registered_at = now;
    return entry;
}

}  // namespace

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

    const Registry* registry = TRY(parts_.catalog.get_registry(agency));
    RegisterView unit;
    if (subject.dossier.application) {
        // Held until the commit: what is judged here is what the entry is made on, also against the court's document
        // that another process is about to enter.
        unit = parts_.register_book.lock_unit(sql, agency, subject.dossier.application->unit_number);
    }
    CaseFacts facts;
    facts.actor = actor;
    facts.now = now;
    facts.checks = judge_case(subject, unit);
    // Judged before anything is made, so that every refusal has its own reason.
    case_command::Enter enter{next_mortgage_order(unit), {}, remark};
    TRY(decide(subject, enter, facts));

    const Application& application = *subject.dossier.application;
    NewCertificate fresh;
    fresh.place = registry->short_name;
    fresh.province_short = parts_.catalog.province_short();
    fresh.issuer_name = registry->name;
    fresh.case_number = subject.number;
    fresh.proved_right = "抵押权";
    fresh.holder = names_in_role(subject.dossier, PartyRole::mortgagee);
    fresh.obligor = names_in_role(subject.dossier, PartyRole::mortgagor);
    fresh.location = unit.location;
    fresh.unit_number = application.unit_number;
    fresh.other = other_facts(application.mortgage, unit, enter.mortgage_order);
    fresh.notes = "业务编号：" + subject.number;
    fresh.registered_at = now;
    const Certificate certificate = parts_.certificates.prepare(sql, agency, fresh);

    const std::int64_t order = TRY(parts_.register_book.add_mortgage(
        sql, agency, entry_of(subject, actor, certificate, now), unit.version, actor.account));
    TONGBAN_ASSERT(order == enter.mortgage_order);
    enter.certificate_number = certificate.number;
    return parts_.steps.take(sql, subject, enter, facts);
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
