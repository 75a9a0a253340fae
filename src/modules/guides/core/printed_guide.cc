// The guide as a document to hang up and to hand out.
#include <fmt/format.h>

#include "modules/guides/core/guide.h"

namespace tongban {
namespace {

std::string need_in_words(const GuideMaterial& material)
{
    if (material.need == "exempt") return "不必提交";
    if (material.need == "required") return "必须提交";
    return material.need == "conditional" ? material.when : "可以提交";
}

GuideSection materials_section(const Guide& guide)
{
    GuideSection section{
        "申请材料", {                       },
         {"序号",                 "材料名称", "什么情况下提交", "形式", "说明"},
         {6, 25, 21, 14, 34},
         {                       }
    };
    int number = 0;
    for (const GuideMaterial& one : guide.materials) {
        section.rows.push_back({fmt::format("{}", ++number), one.title, need_in_words(one),
                                one.need == "exempt" ? "—" : one.forms + (one.surrendered ? "（收回原件）" : ""),
                                one.remark.empty() ? "—" : one.remark});
    }
    return section;
}

GuideSection conditions_section(const Guide& guide)
{
    GuideSection section{
        "受理条件", {        },
         {"序号",  "条件", "依据"},
         {6, 50, 44},
         {      }
    };
    int number = 0;
    for (const GuideCondition& one : guide.conditions) {
        section.rows.push_back({fmt::format("{}", ++number), one.text, one.source});
    }
    return section;
}

GuideSection fees_section(const Guide& guide)
{
    GuideSection section{"收费标准", {}, {}, {}, {}};
    if (guide.fees.empty()) {
        section.paragraphs.emplace_back("办理本事项不收费。");
        return section;
    }
    section.paragraphs.push_back(fmt::format("由{}缴纳。异地代收不另收费。", guide.payer));
    section.columns = {"收费项目", "标准", "依据"};
    section.widths = {34, 22, 44};
    for (const GuideFee& fee : guide.fees) section.rows.push_back({fee.name, fee.amount, fee.basis});
    for (const GuideFee& fee : guide.reductions) section.rows.push_back({"符合规定情形的", fee.name, fee.basis});
    return section;
}

GuideSection changes_section(const Guide& guide)
{
    GuideSection section{
        "与上一版本相比", {        },
         {"内容",  "原为", "现为"},
         {24, 38, 38},
         {      }
    };
    for (const Difference& one : guide.changes) {
        section.rows.push_back(
            {one.title, one.before.empty() ? "（没有）" : one.before, one.after.empty() ? "（取消）" : one.after});
    }
    return section;
}

}  // namespace

ServiceGuide printed_guide(const Guide& guide, const std::string& url, Millis at)
{
    ServiceGuide out;
    out.head = {guide.item + "　" + guide.version, url, at, SignatureHole::none};
    out.office_name = guide.registry.name;
    out.title = guide.name;
    const std::string statutory = "法定期限 30 个工作日（《不动产登记暂行条例》第二十条）";
    const auto fact = [&](std::string label, std::string value) {
        out.facts.emplace_back(std::move(label), std::move(value));
    };
    fact("办理对象", guide.applicants);
    fact("办理时限",
         (guide.promised_working_days == 0 ? "当日办结；"
                                           : fmt::format("承诺 {} 个工作日；", guide.promised_working_days)) +
             statutory);
    fact("办理结果", guide.result);
    fact("法律依据", guide.legal_basis);
    fact("版本和施行日期", fmt::format("{}，自 {} 起施行", guide.version, guide.valid_from));
    out.summary = guide.summary + "。";
    if (!guide.on) out.summary += "本登记机构尚未开通本事项。";
    out.sections = {conditions_section(guide), materials_section(guide)};
    if (!guide.prohibited.empty()) {
        GuideSection never{
            "不会要求您提交", {       },
             {"材料", "为什么"},
             {35,        65},
             {         }
        };
        for (const Prohibition& one : guide.prohibited) never.rows.push_back({one.title, one.reason});
        out.sections.push_back(std::move(never));
    }
    GuideSection steps{
        "办理流程", {       },
         {"步骤", "做什么"},
         {22,        78},
         {         }
    };
    int number = 0;
    for (const GuideStep& one : guide.steps) {
        steps.rows.push_back({fmt::format("{}. {}", ++number, one.title), one.text});
    }
    out.sections.push_back(std::move(steps));
    out.sections.push_back(fees_section(guide));
    if (!guide.asked_often.empty()) {
        GuideSection asked{"常见问题", {}, {}, {}, {}};
        for (const AskedOften& one : guide.asked_often) {
            asked.paragraphs.push_back("问：" + one.question);
            asked.paragraphs.push_back("答：" + one.answer);
        }
        out.sections.push_back(std::move(asked));
    }
    GuideSection ask{"咨询与监督", {}, {}, {}, {}};
    if (!guide.contact.address.empty()) ask.paragraphs.push_back("地址：" + guide.contact.address);
    if (!guide.contact.phone.empty()) ask.paragraphs.push_back("咨询电话：" + guide.contact.phone);
    if (!guide.contact.hours.empty()) ask.paragraphs.push_back("办公时间：" + guide.contact.hours);
    ask.paragraphs.emplace_back("政务服务便民热线：12345。窗口要求提交本指南没有列出的材料的，可以拨打热线反映。");
    out.sections.push_back(std::move(ask));
    if (!guide.changes.empty()) out.sections.push_back(changes_section(guide));
    return out;
}

}  // namespace tongban
