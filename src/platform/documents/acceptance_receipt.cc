// F04 受理凭证.
#include <fmt/format.h>

#include "platform/documents/compose.h"

namespace tongban::documents {

Result<Drawing> compose(const FontBook& fonts, Marking marking, const AcceptanceReceipt& receipt)
{
    constexpr double seal_size = 42;
    Sheet sheet(fonts, marking, "不动产登记受理凭证", receipt.head.at, 210, 297);
    put_form_head(sheet, receipt.home_name, "不动产登记受理凭证", "受理编号", receipt.head, "");
    std::vector<std::vector<Sheet::Field>> rows{
        {{"登记事项", receipt.item_name}, {"受理时间", receipt.accepted_at}}
    };
    if (!receipt.location.empty())
        rows.push_back({
            {"坐落", receipt.location}
        });
    if (!receipt.unit_number.empty())
        rows.push_back({
            {"不动产单元号", receipt.unit_number}
        });
    if (!receipt.collected_by.empty())
        rows.push_back({
            {"材料代收", receipt.collected_by}
        });
    sheet.fields(rows);
    put_heading(sheet, "申请人");
    put_parties(sheet, receipt.parties);
    put_heading(sheet, "收取的申请材料");
    put_materials(sheet, receipt.materials);
    sheet.need(48 + seal_size);
    sheet.y += 4;
    sheet.paragraph(
        {Style::serif, 10.5},
        fmt::format("上述申请符合《不动产登记暂行条例》第十七条规定的受理条件，予以受理。承诺办结日期为 {}。",
                    receipt.due_on),
        1.7, 2);
    if (!receipt.hint.empty()) sheet.paragraph({Style::serif, 10.5}, receipt.hint, 1.7, 2);
    sheet.y += 4;
    const double top = sheet.y;
    const double center = sheet.page_width() - sheet.margin_x - 34;
    sheet.text({Style::serif, 10.5}, Align::left, sheet.margin_x, top + 22, "受理人员：" + receipt.clerk);
    sheet.box({Style::serif, 11}, Align::center, {center - 37, top + seal_size + 1}, 74, 8, receipt.home_name, 7, 0);
    sheet.text({Style::serif, 10.5}, Align::center, center, top + seal_size + 13, receipt.accepted_at.substr(0, 10));
    put_seal(sheet, receipt.head, {center, top + seal_size / 2 + 1}, receipt.home_name, "不动产登记专用章", "受理");
    return sheet.finish();
}

}  // namespace tongban::documents
