// F03 异地代收材料清单, two copies (domain.md 7.3).
#include <fmt/format.h>

#include "platform/documents/compose.h"

namespace tongban::documents {
namespace {

// Every page that was taken, so that a page lost or added on the way shows.
void put_pages(Sheet& sheet, const CollectionReceipt& receipt)
{
    std::vector<std::vector<std::string>> rows;
    for (const DocumentMaterial& material : receipt.materials) {
        int number = 0;
        for (const DocumentPage& page : material.taken)
            rows.push_back(
                {material.code, fmt::format("{}", ++number), page.what, page.digest.substr(0, 16), page.time});
    }
    if (rows.empty()) return;
    put_heading(sheet, fmt::format("逐页清单（共 {} 件）", rows.size()));
    TableLook look;
    look.size = 8;
    look.padding = 0.8;
    sheet.table(
        {
            {"材料", 16,                        Align::center},
            {"页序", 12,                        Align::center},
            {"文件", sheet.inner_width() - 100},
            {"SM3 摘要（前 16 位）",      40,             Align::center             },
            {"收取时间",      32,             Align::center}
    },
        rows, look);
}

void put_end(Sheet& sheet, const CollectionReceipt& receipt)
{
    constexpr double seal_size = 42;
    constexpr double seal_room = 58;
    const double rows = static_cast<double>((receipt.signatures.size() + 2) / 3);
    sheet.need(20 + std::max(rows * 24 + 16, seal_size + 12));
    sheet.y += 3;
    sheet.paragraph({Style::serif_bold, 9.5},
                    "本清单为收取材料的凭证，不是受理凭证。申请是否受理，由属地登记机构审核后另行书面告知。", 1.5);
    sheet.paragraph({Style::serif, 9},
                    "以上材料已当面核对，复印件与原件一致；电子页以 SM3 摘要为准，任何改动都会使摘要不符。", 1.5);
    sheet.y += 2;
    const double top = sheet.y;
    put_signatures(sheet, receipt.signatures, sheet.inner_width() - seal_room);
    sheet.y += 2;
    sheet.text({Style::serif, 10}, Align::left, sheet.margin_x, sheet.y + 4, "收取人员：" + receipt.clerk);
    sheet.text({Style::serif, 10}, Align::left, sheet.margin_x, sheet.y + 11, "收取时间：" + receipt.collected_at);
    const double right = sheet.page_width() - sheet.margin_x;
    const double center = right - seal_room / 2 + 2;
    sheet.text({Style::serif, 9.5}, Align::center, center, top + seal_size + 6, "代收机构（盖章）");
    put_seal(sheet, receipt.head, {center, top + seal_size / 2 + 1}, receipt.collecting_name, "异地代收专用章",
             "异地代收");
    sheet.y = std::max(sheet.y + 13, top + seal_size + 8);
}

void put_copy(Sheet& sheet, const CollectionReceipt& receipt, const std::string& copy)
{
    sheet.begin_part(copy);
    put_form_head(sheet, receipt.collecting_name, "异地代收材料清单", "代收编号", receipt.head, copy);
    std::vector<std::vector<Sheet::Field>> rows{
        {{"属地登记机构", receipt.home_name}, {"登记事项", receipt.item_name}   },
        {{"代收机构", receipt.collecting_name}, {"收取时间", receipt.collected_at}}
    };
    if (!receipt.location.empty())
        rows.push_back({
            {"坐落", receipt.location}
        });
    if (!receipt.unit_number.empty())
        rows.push_back({
            {"不动产单元号", receipt.unit_number}
        });
    sheet.fields(rows);
    put_heading(sheet, "申请人");
    put_parties(sheet, receipt.parties);
    put_heading(sheet, "收取的材料");
    put_materials(sheet, receipt.materials);
    put_pages(sheet, receipt);
    put_end(sheet, receipt);
}

}  // namespace

Result<Drawing> compose(const FontBook& fonts, Marking marking, const CollectionReceipt& receipt)
{
    Sheet sheet(fonts, marking, "异地代收材料清单", receipt.head.at, 210, 297);
    put_copy(sheet, receipt, "申请人联");
    put_copy(sheet, receipt, "存档联");
    return sheet.finish();
}

}  // namespace tongban::documents
