// F02 询问笔录 (domain.md 8.4).
#include <fmt/format.h>

#include "platform/documents/compose.h"

namespace tongban::documents {

Result<Drawing> compose(const FontBook& fonts, Marking marking, const InterviewRecord& record)
{
    constexpr double seal_size = 38;
    const Font asked{Style::serif_bold, 10.5};
    const Font answered{Style::serif, 10.5};
    Sheet sheet(fonts, marking, "不动产登记询问笔录", record.head.at, 210, 297);
    put_form_head(sheet, record.office_name, "不动产登记询问笔录", "编号", record.head, "");
    std::vector<std::vector<Sheet::Field>> rows{
        {{"询问时间", record.ended_at.empty() ? record.started_at : record.started_at + "\n至 " + record.ended_at},
         {"询问地点", record.place}                                                                                                                    },
        {{"属地登记机构", record.home_name},                                                                       {"登记事项", record.item_name}}
    };
    if (!record.location.empty())
        rows.push_back({
            {"坐落", record.location}
        });
    if (!record.unit_number.empty())
        rows.push_back({
            {"不动产单元号", record.unit_number}
        });
    rows.push_back({
        {"被询问人", fmt::format("{}（{}）", record.person.name,    record.person.role)     },
        {"证件",       fmt::format("{} {}",      record.person.id_kind, record.person.id_number)}
    });
    rows.push_back({
        {"代理人",    record.person.agent.empty() ? "—" : record.person.agent},
        {"询问人员", record.clerk                                             }
    });
    sheet.fields(rows);
    sheet.y += 3;
    sheet.paragraph(answered,
                    "根据《不动产登记暂行条例》及其实施细则，现就本次登记申请的有关事项向您询问，请如实回答。作虚假陈述"
                    "的，应承担相应的法律责任。",
                    1.6, 2);
    sheet.y += 1;
    int number = 0;
    for (const QuestionAndAnswer& one : record.answers) {
        sheet.need(14);  // a question is not left alone at the foot of a page
        sheet.y += 1.2;
        sheet.paragraph(asked, fmt::format("{}. 问：{}", ++number, one.question), 1.5);
        sheet.paragraph(answered, fmt::format("答：{}", one.answer), 1.5, 1.6);
        if (!one.remark.empty())
            sheet.paragraph(
                {
                    Style::serif, 9.5, {0.3, 0.3, 0.35}
            },
                "备注：" + one.remark, 1.5, 1.8);
    }
    sheet.need(30 + seal_size);
    sheet.y += 3;
    sheet.paragraph(answered, "以上笔录我已看过（或已向我宣读），与我所述一致，是我的真实意思表示。", 1.6, 2);
    sheet.y += 3;
    const double top = sheet.y;
    put_signatures(sheet, record.signatures, sheet.inner_width() - 54);
    sheet.y = std::max(sheet.y, top + 14);
    sheet.text(answered, Align::left, sheet.margin_x, sheet.y + 6, "询问人员：" + record.clerk);
    const double center = sheet.page_width() - sheet.margin_x - 25;
    sheet.text({Style::serif, 9.5}, Align::center, center, top + seal_size + 6, "询问机构（盖章）");
    put_seal(sheet, record.head, {center, top + seal_size / 2 + 1}, record.office_name, record.seal, "询问笔录");
    return sheet.finish();
}

}  // namespace tongban::documents
