#include "flows/settle_tax.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "flows/tax_facts.h"
#include "modules/fees/fees_problems.h"

namespace tongban {

// Numbers leave the seal here and go to the authority only, which must know who owes (契税法 1, 13).
Result<SettleTax::Question> SettleTax::question(const Actor& actor, const std::string& number)
{
    Question asked;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        const Case subject = TRY(parts_.cases.load(sql, actor.agency, number));
        TRY(authorise(actor, Action::declare_tax,
                      Owner{.agency = subject.agency, .account = {}, .case_number = subject.number}));
        const Item* item = TRY(parts_.catalog.item_version(subject.item, subject.catalog_version));
        if (!needs_tax(*item)) return Error{fees_problem::tax_not_asked};
        if (is_final(subject.state)) return Error{fees_problem::tax_closed};
        if (!subject.dossier.application) return Error{fees_problem::tax_incomplete};
        const Application& application = *subject.dossier.application;
        const RegisterView unit = parts_.register_book.find_unit(sql, subject.agency, application.unit_number);

        TaxDeclaration declaration;
        declaration.case_number = subject.number;
        declaration.agency = subject.agency;
        declaration.unit_number = application.unit_number;
        declaration.location = unit.location;
        declaration.home = unit.use == UnitUse::home;
        declaration.area = unit.area;
        declaration.contract_number = application.text(tax_field::contract_number);
        declaration.contract_date = application.text(tax_field::contract_date);
        declaration.price_fen = application.number(tax_field::price);
        for (const Participant& participant : subject.dossier.parties) {
            const Party& party = participant.party;
            const TaxParty owing{party.kind, party.name, parts_.vault.open(subject.agency, party.number_sealed)};
            if (party.role == PartyRole::seller) declaration.sellers.push_back(owing);
            if (party.role == PartyRole::buyer) declaration.buyers.push_back(owing);
        }
        if (declaration.contract_date.empty() || declaration.price_fen <= 0 || declaration.sellers.empty() ||
            declaration.buyers.empty()) {
            return Error{fees_problem::tax_incomplete};
        }
        asked.declaration = std::move(declaration);
        asked.basis =
            tax_basis_of(application.unit_number, facts_of(subject.dossier, *item, china_date(subject.filed_at)),
                         applicants_of(subject.dossier, *item));
        return {};
    }));
    return asked;
}

Result<Response> SettleTax::ask(ApiRequest& request)
{
    const Actor& actor = request.actor;
    const CommandKey key{request.idempotency_key, actor.account, request.body_digest};
    if (std::optional<Response> before = TRY(parts_.commands.find(actor.agency, key))) return std::move(*before);
    const Question asked = TRY(question(actor, request.path("number")));
    const TaxAnswer answer = TRY(parts_.port.declare(asked.declaration));
    return parts_.commands.run(actor.agency, key, [&](Sql& sql) -> Result<Response> {
        TaxSettlement fresh;
        fresh.case_number = asked.declaration.case_number;
        fresh.answer = answer;
        fresh.basis = asked.basis;
        fresh.asked_at = parts_.clock.now();
        fresh.asked_by = actor.account;
        const TaxSettlement kept = parts_.taxes.keep(sql, actor.agency, fresh);
        // Whether the case was corrected while we asked, the sheet tells; this is the answer to what was asked.
        return Response::json(200, boost::json::serialize(to_json(kept, true, false)));
    });
}

Result<Response> SettleTax::note_refund(ApiRequest& request)
{
    const Actor& actor = request.actor;
    const json::value body = TRY(request.json());
    JsonReader in(body);
    const std::string reference = in.text("reference", {.max = 60});
    TRY(in.finish());
    const CommandKey key{request.idempotency_key, actor.account, request.body_digest};
    return parts_.commands.run(actor.agency, key, [&](Sql& sql) -> Result<Response> {
        const Case subject = TRY(parts_.cases.load(sql, actor.agency, request.path("number")));
        TRY(authorise(actor, Action::declare_tax,
                      Owner{.agency = subject.agency, .account = {}, .case_number = subject.number}));
        if (!is_final(subject.state) || subject.state == CaseState::registered) {
            return Error{fees_problem::tax_not_refundable};
        }
        const TaxSettlement kept = TRY(
            parts_.taxes.note_refund(sql, actor.agency, subject.number, reference, actor.account, parts_.clock.now()));
        return Response::json(200, boost::json::serialize(to_json(kept, true, true)));
    });
}

void add_tax_routes(Api& api, SettleTax& flow)
{
    api.add(Method::post, "/api/v1/cases/{number}/tax", Action::declare_tax,
            [&flow](ApiRequest& request) { return flow.ask(request); });
    api.add(Method::post, "/api/v1/cases/{number}/tax-refund", Action::declare_tax,
            [&flow](ApiRequest& request) { return flow.note_refund(request); });
}

}  // namespace tongban
