// Letters of the registry: F05 non-acceptance, F06 supplement, F08 fees, F09 refusal, F10 withdrawal.
#include <fmt/format.h>

#include <numeric>

#include "platform/documents/compose.h"

namespace tongban::documents {
namespace {

void put_table(Sheet& sheet, const Notice& notice)
{
    if (notice.columns.empty()) return;
    std::vector<int> widths = notice.widths;
    if (widths.size() != notice.columns.size()) widths.assign(notice.columns.size(), 1);
    const int total = std::accumulate(widths.begin(), widths.end(), 0);
    std::vector<Column> columns;
    for (std::size_t i = 0; i < notice.columns.size(); ++i)
        columns.push_back({notice.columns[i], sheet.inner_width() * widths[i] / total,
                           4 * widths[i] < total ? Align::center : Align::left});
    TableLook look;
    look.size = 10.5;
    look.padding = 2;
    sheet.y += 3;
    sheet.table(columns, notice.rows, look);
    sheet.y += 4;
}

}  // namespace

Result<Drawing> compose(const FontBook& fonts, Marking marking, const Notice& notice)
{
    constexpr double seal_size = 42;
    const Font body{Style::serif, 12};
    Sheet sheet(fonts, marking, notice.title, notice.head.at, 210, 297);
    sheet.margin_x = 26;
    sheet.margin_top = 22;
    sheet.y = sheet.margin_top;
    sheet.running_head = notice.title + "　编号：" + notice.head.number;
    const double middle = sheet.page_width() / 2;
    const double right = sheet.page_width() - sheet.margin_x;

    sheet.box(
        {
            Style::serif_bold, 17, {0.72, 0.06, 0.08}
    },
        Align::center, {sheet.margin_x, sheet.y}, sheet.inner_width(), 10, notice.home_name, 9, 0);
    sheet.draw(line({sheet.margin_x, sheet.y + 13}, {right, sheet.y + 13}, 0.7, {0.72, 0.06, 0.08}));
    sheet.draw(line({sheet.margin_x, sheet.y + 14.2}, {right, sheet.y + 14.2}, 0.2, {0.72, 0.06, 0.08}));
    sheet.text({Style::serif_bold, 22}, Align::center, middle, sheet.y + 29, notice.title, 4);
    sheet.text({Style::serif, 10.5}, Align::right, right, sheet.y + 39, "编号：" + notice.head.number);
    sheet.y += 45;

    if (!notice.addressee.empty()) sheet.paragraph(body, notice.addressee + "：", 1.9);
    for (const std::string& text : notice.paragraphs) sheet.paragraph(body, text, 1.9, 2);
    put_table(sheet, notice);
    for (const std::string& text : notice.closing) sheet.paragraph(body, text, 1.9, 2);

    sheet.need(seal_size + 26);
    const double top = sheet.y + 8;
    const double center = right - 34;
    sheet.qr(notice.head.qr, {sheet.margin_x, top + 8}, 24);
    if (!notice.head.qr.empty())
        sheet.text(
            {
                Style::serif, 8, {0.35, 0.38, 0.42}
        },
            Align::center, sheet.margin_x + 12, top + 36.5, "扫码查询办理进度");
    sheet.box({Style::serif, 12}, Align::center, {center - 37, top + seal_size + 1}, 74, 8, notice.home_name, 8, 0);
    sheet.text({Style::serif, 12}, Align::center, center, top + seal_size + 13.5, notice.date);
    put_seal(sheet, notice.head, {center, top + seal_size / 2}, notice.home_name, notice.seal, "登记机构出具");
    return sheet.finish();
}

}  // namespace tongban::documents
