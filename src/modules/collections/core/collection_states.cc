// The workflow table as a document people read: docs/collection-states.md.
#include "base/text_table.h"
#include "modules/collections/core/collection_flow.h"

namespace tongban {
namespace {

constexpr TextTable<CollectionNeed, 4> needs{{{
    {CollectionNeed::nothing, "—"},
    {CollectionNeed::message, "属地登记机构的消息"},
    {CollectionNeed::waiting, "申请正在等待其他当事人"},
    {CollectionNeed::nothing_missing, "内容齐全；属地登记簿无阻断事项"},
}}};

std::string duty_text(const CollectionStep& step)
{
    return step.need == CollectionNeed::message ? "系统" : std::string(chinese(step.duty));
}

}  // namespace

std::string_view to_text(CollectionNeed need)
{
    return needs.text(need);
}

std::string collection_states_document()
{
    std::string text =
        "# The states of a sitting 代收\n\n"
        "Printed from the table `steps` in `src/modules/collections/core/collection_flow.cc`; a test compares the two\n"
        "(`TONGBAN_WRITE_DOCS=1` rewrites this file). A step that is not listed is not allowed.\n\n"
        "| from | action | to | duty | needs |\n|---|---|---|---|---|\n";
    for (const CollectionStep& step : collection_steps()) {
        text += "| " + std::string(to_text(step.from)) + " " + std::string(chinese(step.from)) + " | " +
                std::string(to_text(step.action)) + " | " + std::string(to_text(step.to)) + " " +
                std::string(chinese(step.to)) + " | " + duty_text(step) + " | " + std::string(to_text(step.need)) +
                " |\n";
    }
    text += "\n```mermaid\nstateDiagram-v2\n    [*] --> open : open\n";
    for (const CollectionStep& step : collection_steps()) {
        text += "    " + std::string(to_text(step.from)) + " --> " + std::string(to_text(step.to)) + " : " +
                std::string(to_text(step.action)) + "\n";
    }
    return text + "```\n";
}

}  // namespace tongban
