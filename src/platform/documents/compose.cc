#include "platform/documents/compose.h"

#include <fmt/format.h>

#include <algorithm>

namespace tongban::documents {

void put_form_head(Sheet& sheet, std::string_view office, std::string_view title, std::string_view number_label,
                   const DocumentHead& head, std::string_view corner)
{
    constexpr double qr_size = 21;
    const double left = sheet.margin_x;
    const double right = sheet.page_width() - sheet.margin_x;
    const double middle = sheet.page_width() / 2;
    const double top = sheet.y;
    sheet.running_head = fmt::format("{}　{}：{}", title, number_label, head.number);
    if (!corner.empty()) {
        sheet.draw(rectangle({left, top + 1}, 22, 7.5, 0.35, {0.2, 0.2, 0.2}));
        sheet.box({Style::serif_bold, 11}, Align::center, {left, top + 1}, 22, 7.5, corner);
    }
    sheet.qr(head.qr, {right - qr_size, top}, qr_size);
    // The office's name stays between the corner box and the QR code, however long it is.
    sheet.box({Style::serif, 12}, Align::center, {left + 24, top + 1}, right - left - 48, 7, office, 7, 0);
    sheet.text({Style::serif_bold, 20}, Align::center, middle, top + 16.5, title, 3);
    sheet.text({Style::serif, 9.5}, Align::left, left, top + 25, fmt::format("{}：{}", number_label, head.number));
    sheet.y = top + 28;
}

void put_seal(Sheet& sheet, const DocumentHead& head, Spot center, std::string_view arc, std::string_view bottom,
              std::string_view reason)
{
    constexpr double seal_size = 42;
    if (head.hole == SignatureHole::present)
        sheet.signing_seal(center, seal_size, arc, bottom, std::string(reason));
    else
        sheet.seal(center, seal_size, arc, bottom);
}

void put_heading(Sheet& sheet, std::string_view text)
{
    sheet.need(26);  // with the first rows of what follows
    sheet.y += 3;
    sheet.draw(filled({sheet.margin_x, sheet.y + 0.6}, 1.1, 4.2, {0.16, 0.33, 0.53}));
    sheet.text({Style::serif_bold, 10.5}, Align::left, sheet.margin_x + 2.6, sheet.y + 4.2, text);
    sheet.y += 6;
}

void put_parties(Sheet& sheet, const std::vector<DocumentParty>& parties)
{
    std::vector<std::vector<std::string>> rows;
    for (const DocumentParty& party : parties)
        rows.push_back({party.role, party.name,
                        party.id_number.empty() ? party.id_kind : party.id_kind + "\n" + party.id_number,
                        party.phone.empty() ? "—" : party.phone, party.agent.empty() ? "—" : party.agent});
    sheet.table(
        {
            {"申请身份", 20,        Align::center},
            {"姓名／名称",              44      },
            {"证件种类及号码",              46},
            {"联系电话",              24,                Align::center},
            {"代理人", sheet.inner_width() - 134}
    },
        rows);
}

void put_materials(Sheet& sheet, const std::vector<DocumentMaterial>& materials)
{
    std::vector<std::vector<std::string>> rows;
    int number = 0;
    int pages = 0;
    for (const DocumentMaterial& material : materials) {
        rows.push_back({fmt::format("{}", ++number), material.code, material.title, material.form,
                        fmt::format("{}", material.copies), fmt::format("{}", material.pages)});
        pages += material.pages;
    }
    rows.push_back({"", "", fmt::format("合计 {} 项", materials.size()), "", "", fmt::format("{}", pages)});
    sheet.table(
        {
            {"序号",       12,                       Align::center},
            {"代码",       16,                       Align::center},
            {"材料名称", sheet.inner_width() - 80},
            {"形式",            22,            Align::center             },
            {"份数",            15,            Align::center},
            {"页数",            15,            Align::center             }
    },
        rows);
}

void put_signatures(Sheet& sheet, const std::vector<DrawnSignature>& signatures, double width)
{
    constexpr double height = 17;
    constexpr std::size_t in_row = 3;
    for (std::size_t begin = 0; begin < signatures.size(); begin += in_row) {
        const std::size_t end = std::min(signatures.size(), begin + in_row);
        const double each = width / static_cast<double>(in_row);
        sheet.need(height + 10);
        for (std::size_t i = begin; i < end; ++i) {
            const DrawnSignature& one = signatures[i];
            const double x = sheet.margin_x + each * static_cast<double>(i - begin);
            sheet.signature(one.png, {x + 1, sheet.y + 6}, each - 6, height - 6);
            sheet.box({Style::serif, 9}, Align::left, {x, sheet.y}, each - 2, 6,
                      fmt::format("{}：{}", one.role, one.name), 6, 0);
            sheet.draw(line({x, sheet.y + height + 0.5}, {x + each - 5, sheet.y + height + 0.5}, 0.2));
            sheet.text(
                {
                    Style::serif, 7.5, {0.35, 0.38, 0.42}
            },
                Align::left, x, sheet.y + height + 4, one.time);
        }
        sheet.y += height + 7;
    }
}

}  // namespace tongban::documents
