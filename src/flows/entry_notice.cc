// Entries of pre-notices 预告登记 (民法典 221): of a purchase, and of a mortgage on what is being bought.
#include <fmt/format.h>

#include "base/money.h"
#include "flows/entry.h"

namespace tongban {

Result<Entry> enter_sale_notice(EntryContext& context)
{
    const Application& form = context.application();
    const Certificate certificate =
        context.certificate({.other = fmt::format("商品房买卖合同编号：{}\n合同签订日期：{}\n成交价格：{}元",
                                                  form.text("sale.contract_number"), form.text("sale.contract_date"),
                                                  money_text(form.number("sale.price_fen")))});
    NewPreNotice notice;
    notice.unit_number = form.unit_number;
    notice.kind = PreNoticeKind::sale;
    notice.holders = context.holders(PartyRole::buyer);
    notice.obligor = context.names(PartyRole::seller);
    notice.contract_number = form.text("sale.contract_number");
    notice.amount_fen = form.number("sale.price_fen");
    notice.certificate_number = certificate.number;
    notice.by = context.by();
    TRY(context.book().add_pre_notice(context.sql(), context.subject.agency, notice, context.unit.version,
                                      context.registrar.account));
    return Entry{0, certificate.number, "预告登记自此生效；证明号 " + certificate.number};
}

Result<Entry> enter_mortgage_notice(EntryContext& context)
{
    const Application& form = context.application();
    const bool maximum = form.text("mortgage.way") == "maximum";
    const Certificate certificate = context.certificate(
        {.other = fmt::format("抵押方式：{}\n担保债权数额：{}元\n债务履行期限：{}起{}止\n禁止或限制转让约定：{}",
                              maximum ? "最高额抵押" : "一般抵押",
                              money_text(form.number("mortgage.secured_amount_fen")), form.text("mortgage.debt_from"),
                              form.text("mortgage.debt_to"), form.yes("mortgage.transfer_ban") ? "是" : "否")});
    NewPreNotice notice;
    notice.unit_number = form.unit_number;
    notice.kind = PreNoticeKind::mortgage;
    notice.holders = context.holders(PartyRole::mortgagee);
    notice.obligor = context.names(PartyRole::mortgagor);
    notice.contract_number = form.text("mortgage.contract_number");
    notice.amount_fen = form.number("mortgage.secured_amount_fen");
    notice.maximum = maximum;
    notice.term_from = form.text("mortgage.debt_from");
    notice.term_to = form.text("mortgage.debt_to");
    notice.scope = form.text("mortgage.scope");
    notice.certificate_number = certificate.number;
    notice.by = context.by();
    TRY(context.book().add_pre_notice(context.sql(), context.subject.agency, notice, context.unit.version,
                                      context.registrar.account));
    return Entry{0, certificate.number, "抵押权预告登记自此生效；证明号 " + certificate.number};
}

}  // namespace tongban
