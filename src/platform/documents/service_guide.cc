// 服务指南 of an item at a registry.
#include <fmt/format.h>

#include <numeric>

#include "platform/documents/compose.h"

namespace tongban::documents {
namespace {

void put_section(Sheet& sheet, const GuideSection& section)
{
    put_heading(sheet, section.heading);
    for (const std::string& text : section.paragraphs) sheet.paragraph({Style::serif, 10}, text, 1.6);
    if (section.columns.empty()) return;
    if (!section.paragraphs.empty()) sheet.y += 1.5;
    const int total = std::accumulate(section.widths.begin(), section.widths.end(), 0);
    std::vector<Column> columns;
    for (std::size_t i = 0; i < section.columns.size(); ++i) {
        const bool narrow = section.widths[i] * 12 < total;
        columns.push_back({section.columns[i], sheet.inner_width() * section.widths[i] / total,
                           narrow ? Align::center : Align::left});
    }
    sheet.table(columns, section.rows);
}

}  // namespace

Result<Drawing> compose(const FontBook& fonts, Marking marking, const ServiceGuide& guide)
{
    constexpr double qr_size = 21;
    Sheet sheet(fonts, marking, guide.title + "服务指南", guide.head.at, 210, 297);
    sheet.y = sheet.margin_top;
    const double left = sheet.margin_x;
    const double right = sheet.page_width() - left;
    const double top = sheet.y;
    sheet.running_head = fmt::format("{}服务指南　{}　{}", guide.title, guide.office_name, guide.head.number);
    sheet.qr(guide.head.qr, {right - qr_size, top}, qr_size);
    const double width = right - left - qr_size - 4;
    sheet.box(
        {
            Style::serif, 12, {0.16, 0.33, 0.53}
    },
        Align::left, {left, top}, width, 7, guide.office_name, 8, 0);
    sheet.box({Style::serif_bold, 20}, Align::left, {left, top + 7}, width, 10, guide.title, 12, 0);
    sheet.text(
        {
            Style::serif, 9.5, {0.35, 0.38, 0.42}
    },
        Align::left, left, top + 21.5, "服务指南　" + guide.head.number + "　扫码看最新版本");
    sheet.draw(line({left, top + 24}, {right, top + 24}, 0.5, {0.16, 0.33, 0.53}));
    sheet.y = top + 27;
    sheet.paragraph({Style::serif, 10.5}, guide.summary, 1.6);
    sheet.y += 2;
    std::vector<std::vector<Sheet::Field>> facts;
    for (const auto& [label, value] : guide.facts)
        facts.push_back({
            {label, value}
        });
    sheet.fields(facts, 30);
    for (const GuideSection& section : guide.sections) put_section(sheet, section);
    return sheet.finish();
}

}  // namespace tongban::documents
