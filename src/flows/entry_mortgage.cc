// Entries of mortgages 抵押权: first registration, alteration, transfer with the debt, cancellation.
#include <fmt/format.h>

#include <algorithm>

#include "base/money.h"
#include "flows/entry.h"

namespace tongban {
namespace {

// What a certificate of a mortgage says about it.
struct Terms {
    bool maximum = false;
    std::int64_t amount_fen = 0;
    std::string from;
    std::string to;
    std::string scope;
    bool transfer_ban = false;
    std::int64_t order = 0;
};

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
std::string other_facts(const Terms& terms, const RegisterView& unit)
{
    std::string text =
        fmt::format("抵押方式：{}\n{}：{}元\n债务履行期限：{}起{}止\n抵押顺位：第{}顺位\n禁止或限制转让约定：{}",
                    terms.maximum ? "最高额抵押" : "一般抵押", terms.maximum ? "最高债权数额" : "担保债权数额",
                    money_text(terms.amount_fen), terms.from, terms.to, terms.order, terms.transfer_ban ? "是" : "否");
    if (!terms.scope.empty()) text += "\n担保范围：" + terms.scope;
    const std::string owners = owner_certificates(unit);
    if (!owners.empty()) text += "\n不动产权证书号：" + owners;
    return text;
}

Terms terms_of(const RegisteredMortgage& mortgage)
{
    return {mortgage.maximum, mortgage.secured_amount_fen, mortgage.term_from, mortgage.term_to,
            mortgage.scope,   mortgage.transfer_ban,       mortgage.order};
}

// The rule on register.target_found has been judged on the same view.
const RegisteredMortgage& target_of(const EntryContext& context)
{
    const std::string& number = context.text("target");
    const auto found = std::ranges::find_if(context.unit.mortgages, [&](const RegisteredMortgage& mortgage) {
        return mortgage.status == RightStatus::current && mortgage.certificate_number == number;
    });
    TONGBAN_ASSERT(found != context.unit.mortgages.end());
    return *found;
}

}  // namespace

Result<Entry> enter_mortgage(EntryContext& context)
{
    const Application& form = context.application();
    const Terms terms{form.text("mortgage.way") == "maximum",
                      form.number("mortgage.secured_amount_fen"),
                      form.text("mortgage.debt_from"),
                      form.text("mortgage.debt_to"),
                      form.text("mortgage.scope"),
                      form.yes("mortgage.transfer_ban"),
                      next_mortgage_order(context.unit)};
    const Certificate certificate = context.certificate({.other = other_facts(terms, context.unit)});
    NewMortgage entry;
    entry.unit_number = form.unit_number;
    entry.maximum = terms.maximum;
    entry.mortgagee = context.names(PartyRole::mortgagee);
    entry.holders = context.holders(PartyRole::mortgagee);
    entry.mortgagor = context.names(PartyRole::mortgagor);
    entry.secured_amount_fen = terms.amount_fen;
    entry.term_from = terms.from;
    entry.term_to = terms.to;
    entry.scope = terms.scope;
    entry.contract_number = form.text("mortgage.contract_number");
    entry.transfer_ban = terms.transfer_ban;
    entry.construction = form.yes("mortgage.under_construction");
    entry.certificate_number = certificate.number;
    entry.case_number = context.subject.number;
    entry.registrar = context.registrar.name;
    entry.registered_at = context.now;
    const std::int64_t order = TRY(context.book().add_mortgage(context.sql(), context.subject.agency, entry,
                                                               context.unit.version, context.registrar.account));
    TONGBAN_ASSERT(order == terms.order);
    return Entry{order, certificate.number, "抵押权自此设立；证明号 " + certificate.number};
}

Result<Entry> alter_mortgage(EntryContext& context)
{
    const RegisteredMortgage& mortgage = target_of(context);
    Terms terms = terms_of(mortgage);
    MortgageAlteration alteration;
    alteration.unit_number = context.unit.unit_number;
    alteration.id = mortgage.id;
    if (const std::int64_t amount = context.application().number("alteration.secured_amount_fen"); amount > 0) {
        alteration.secured_amount_fen = terms.amount_fen = amount;
    }
    if (const std::string& to = context.text("alteration.debt_to"); !to.empty()) alteration.term_to = terms.to = to;
    if (const std::string& scope = context.text("alteration.scope"); !scope.empty()) {
        alteration.scope = terms.scope = scope;
    }
    const Certificate certificate = context.certificate({.other = other_facts(terms, context.unit)});
    alteration.certificate_number = certificate.number;
    alteration.by = context.by();
    const Entered entered = TRY(context.book().alter_mortgage(context.sql(), context.subject.agency, alteration,
                                                              context.unit.version, context.registrar.account));
    context.retire(entered.ended_certificates, certificate.number, "抵押权变更登记");
    return Entry{mortgage.order, certificate.number, "抵押权变更自此生效；证明号 " + certificate.number};
}

Result<Entry> assign_mortgage(EntryContext& context)
{
    const RegisteredMortgage& mortgage = target_of(context);
    const Certificate certificate =
        context.certificate({.other = other_facts(terms_of(mortgage), context.unit), .obligor = mortgage.mortgagor});
    MortgageAssignment assignment;
    assignment.unit_number = context.unit.unit_number;
    assignment.id = mortgage.id;
    assignment.mortgagees = context.holders(PartyRole::new_mortgagee);
    assignment.certificate_number = certificate.number;
    assignment.by = context.by();
    const Entered entered = TRY(context.book().assign_mortgage(context.sql(), context.subject.agency, assignment,
                                                               context.unit.version, context.registrar.account));
    context.retire(entered.ended_certificates, certificate.number, "抵押权转移登记");
    return Entry{mortgage.order, certificate.number, "抵押权自此转移；证明号 " + certificate.number};
}

Result<Entry> end_mortgage(EntryContext& context)
{
    const RegisteredMortgage& mortgage = target_of(context);
    const std::string number = mortgage.certificate_number;
    TRY(context.book().end_mortgage(context.sql(), context.subject.agency, mortgage.id, context.chosen("ending.reason"),
                                    context.registrar.account, context.now));
    context.retire({number}, {}, "抵押权注销登记");
    return Entry{0, {}, "抵押权（" + number + "）自此注销"};
}

}  // namespace tongban
