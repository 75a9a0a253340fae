// The workflow table as a document people read: docs/case-states.md.
#include "base/text_table.h"
#include "modules/cases/core/case_flow.h"

namespace tongban {
namespace {

constexpr TextTable<Need, 10> needs{{{
    {Need::nothing, "—"},
    {Need::platform, "系统（消息、缴费、签发）"},
    {Need::preconditions, "登记簿无阻断事项；需确认的有说明"},
    {Need::not_acceptor, "与受理人不是同一人；登记簿无阻断事项"},
    {Need::register_free, "登记簿无阻断事项"},
    {Need::all_applicants, "全部共同申请人均已申请撤回；在此之前只作记录"},
    {Need::own_party, "本人或其代理人；只作记录，由登记机构办理"},
    {Need::period_over, "系统（补正或等待期限已过）"},
    {Need::whole, "系统（各方材料合并后无缺项）"},
    {Need::preconditions_again, "与受理人不是同一人；登簿时登记簿无阻断事项；受理后新出现的需确认事项有说明"},
}}};

std::string duty_text(const CaseStep& step)
{
    const bool automatic = step.need == Need::platform || step.need == Need::period_over || step.need == Need::whole;
    return automatic ? "系统" : std::string(chinese(step.duty));
}

}  // namespace

std::string_view to_text(Need need)
{
    return needs.text(need);
}

std::string case_states_document()
{
    std::string text =
        "# The states of a case 办件\n\n"
        "Printed from the table `steps` in `src/modules/cases/core/case_flow.cc`; a test compares the two\n"
        "(`TONGBAN_WRITE_DOCS=1` rewrites this file). A step that is not listed is not allowed.\n\n"
        "| from | action | to | duty | needs |\n|---|---|---|---|---|\n";
    for (const CaseStep& step : case_steps()) {
        text += "| " + std::string(to_text(step.from)) + " " + std::string(chinese(step.from)) + " | " +
                std::string(to_text(step.action)) + " | " + std::string(to_text(step.to)) + " " +
                std::string(chinese(step.to)) + " | " + duty_text(step) + " | " + std::string(to_text(step.need)) +
                " |\n";
    }
    text += "\n```mermaid\nstateDiagram-v2\n    [*] --> draft : open\n";
    for (const CaseStep& step : case_steps()) {
        text += "    " + std::string(to_text(step.from)) + " --> " + std::string(to_text(step.to)) + " : " +
                std::string(to_text(step.action)) + "\n";
    }
    return text + "```\n";
}

}  // namespace tongban
