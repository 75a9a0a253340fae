#include "modules/catalog/core/list_edits.h"

#include <fmt/format.h>

#include <algorithm>

namespace tongban {
namespace {

// How much is demanded: an optional line least, a required one most.
int weight(Requirement requirement)
{
    switch (requirement) {
    case Requirement::required: return 2;
    case Requirement::conditional: return 1;
    case Requirement::optional: return 0;
    }
    return 0;
}

void check_line(const ListLine& shared, const ListLine* own, std::vector<std::string>& faults)
{
    const std::string name = shared.code + "“" + shared.title + "”";
    if (own == nullptr) {
        if (!shared.local) faults.push_back(name + "是法定申请材料，不得从清单中删除");
        return;
    }
    if (!shared.local && weight(own->requirement) < weight(shared.requirement)) {
        faults.push_back(name + "是法定申请材料，不得放宽为" +
                         (own->requirement == Requirement::optional ? "可以不提交" : "符合条件时才提交"));
    }
    if (shared.requirement == Requirement::optional && own->requirement != Requirement::optional) {
        faults.push_back(name + "全省规定可以不提交，不得改为必须提交");
    }
    if (!shared.sharing.empty() && own->sharing.empty()) {
        faults.push_back(name + "能够通过共享取得，不得取消免予提交的途径（《不动产登记暂行条例》第二十四条）");
    }
}

}  // namespace

std::span<const std::string_view> known_channels()
{
    static constexpr std::string_view channels[] = {"window", "online", "online_then_hall"};
    return channels;
}

std::vector<std::string> law_faults(const Item& shared, const Item& own)
{
    std::vector<std::string> faults;
    for (const ListLine& line : shared.lines) check_line(line, own.find_line(line.code), faults);
    for (const ListLine& line : own.lines) {
        const bool never =
            std::ranges::find(shared.prohibited, line.title, &Prohibition::title) != shared.prohibited.end();
        if (never) faults.push_back(line.code + "“" + line.title + "”属于不得要求提交的材料");
        if (shared.find_line(line.code) == nullptr && !line.local) {
            faults.push_back(line.code + "“" + line.title + "”应标明为本机构自行规定");
        }
    }
    if (own.promised_working_days > shared.promised_working_days) {
        faults.push_back(fmt::format("承诺时限不得长于全省规定的 {} 个工作日", shared.promised_working_days));
    }
    for (const InterviewQuestion& question : shared.questions) {
        const auto kept = std::ranges::find(own.questions, question.id, &InterviewQuestion::id);
        if (kept == own.questions.end() || kept->text != question.text || kept->expected != question.expected) {
            faults.push_back("全省规定的询问内容不得删改：" + question.text);
        }
    }
    return faults;
}

}  // namespace tongban
