// Entries of mortgages 抵押权: first registration and cancellation.
#include <fmt/format.h>

#include "base/money.h"
#include "flows/entry.h"

namespace tongban {
namespace {

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
std::string other_facts(const Application& application, const RegisterView& unit, std::int64_t order)
{
    const bool maximum = application.text("mortgage.way") == "maximum";
    std::string text = fmt::format(
        "抵押方式：{}\n{}：{}元\n债务履行期限：{}起{}止\n抵押顺位：第{}顺位\n禁止或限制转让约定：{}",
        maximum ? "最高额抵押" : "一般抵押", maximum ? "最高债权数额" : "担保债权数额",
        money_text(application.number("mortgage.secured_amount_fen")), application.text("mortgage.debt_from"),
        application.text("mortgage.debt_to"), order, application.yes("mortgage.transfer_ban") ? "是" : "否");
    const std::string& scope = application.text("mortgage.scope");
    if (!scope.empty()) text += "\n担保范围：" + scope;
    const std::string owners = owner_certificates(unit);
    if (!owners.empty()) text += "\n不动产权证书号：" + owners;
    return text;
}

NewMortgage entry_of(const EntryContext& context, const Certificate& certificate)
{
    const Dossier& dossier = context.subject.dossier;
    const Application& application = *dossier.application;
    const Party* mortgagee = first_in_role(dossier, PartyRole::mortgagee);
    TONGBAN_ASSERT(mortgagee != nullptr);
    NewMortgage entry;
    entry.unit_number = application.unit_number;
    entry.maximum = application.text("mortgage.way") == "maximum";
    entry.mortgagee = names_in_role(dossier, PartyRole::mortgagee);
    entry.mortgagee_number_masked = mortgagee->number_masked;
    entry.mortgagee_number_sealed = mortgagee->number_sealed;
    entry.mortgagee_number_digest = mortgagee->number_digest;
    entry.mortgagor = names_in_role(dossier, PartyRole::mortgagor);
    entry.secured_amount_fen = application.number("mortgage.secured_amount_fen");
    entry.term_from = application.text("mortgage.debt_from");
    entry.term_to = application.text("mortgage.debt_to");
    entry.scope = application.text("mortgage.scope");
    entry.contract_number = application.text("mortgage.contract_number");
    entry.transfer_ban = application.yes("mortgage.transfer_ban");
    entry.certificate_number = certificate.number;
    entry.case_number = context.subject.number;
    entry.registrar = context.registrar.name;
    entry.registered_at = context.now;
    return entry;
}

}  // namespace

Result<Entry> enter_mortgage(EntryContext& context)
{
    const std::int64_t order = next_mortgage_order(context.unit);
    const Certificate certificate =
        context.certificate(other_facts(*context.subject.dossier.application, context.unit, order));
    const std::int64_t entered =
        TRY(context.book.add_mortgage(context.sql, context.subject.agency, entry_of(context, certificate),
                                      context.unit.version, context.registrar.account));
    TONGBAN_ASSERT(entered == order);
    return Entry{order, certificate.number, "抵押权自此设立；证明号 " + certificate.number};
}

Result<Entry> end_mortgage(EntryContext& context)
{
    const Application& application = *context.subject.dossier.application;
    const std::string& number = application.text("target");
    const RegisteredMortgage& mortgage = mortgage_named(context.unit, number);
    const FormField* reason = context.item.find_field("ending.reason");
    TRY(context.book.end_mortgage(context.sql, context.subject.agency, mortgage.id,
                                  reason == nullptr ? std::string{} : display_text(*reason, application),
                                  context.registrar.account, context.now));
    return Entry{0, {}, "抵押权（" + number + "）自此注销"};
}

}  // namespace tongban
