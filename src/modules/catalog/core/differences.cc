#include "modules/catalog/core/differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/money.h"

namespace tongban {
namespace {

std::string_view chinese(Requirement requirement)
{
    switch (requirement) {
    case Requirement::required: return "必须提交";
    case Requirement::conditional: return "符合条件时提交";
    case Requirement::optional: return "可以提交";
    }
    return {};
}

std::string_view chinese(RuleSeverity severity)
{
    switch (severity) {
    case RuleSeverity::block: return "不通过不得办理";
    case RuleSeverity::confirm: return "不通过须说明理由";
    case RuleSeverity::inform: return "仅作提示";
    }
    return {};
}

std::string roles_in_words(const std::vector<std::string>& roles)
{
    std::vector<std::string> names;
    for (const std::string& role : roles) names.push_back(role_name(role));
    return fmt::format("{}", fmt::join(names, "、"));
}

std::string in_words(const Rule& rule, Matter matter)
{
    const auto& severity = rule.severity_for(matter);
    std::string out = fmt::format("{}\n{}", rule.failed, severity ? chinese(*severity) : "不适用");
    out += "\n条件：" + rule.when.text();
    if (!rule.unless.always()) out += "\n除非：" + rule.unless.text();
    return out + "\n依据：" + rule.source;
}

std::string in_words(const FormField& field)
{
    std::string out = field.label + (field.required ? "（必填）" : "（选填）");
    for (const auto& [word, name] : field.options) out += "\n· " + name;
    if (!field.when.always()) out += "\n条件：" + field.when.text();
    return out;
}

std::string in_words(const RoleRule& rule)
{
    return fmt::format("{}：{} 至 {} 人{}{}", role_name(rule.role), rule.min, rule.max, rule.persons ? "，自然人" : "",
                       rule.organisations ? "，单位" : "");
}

std::string in_words(const IssuedDocument& document)
{
    switch (document.kind) {
    case DocumentKind::none: return "不发放证书、证明";
    case DocumentKind::proof: return "不动产登记证明（" + document.right + "）";
    case DocumentKind::title: return "不动产权证书（" + document.right + "）";
    }
    return {};
}

std::string in_words(const Contact& contact)
{
    std::string out;
    if (!contact.address.empty()) out += "地址：" + contact.address;
    if (!contact.phone.empty()) out += (out.empty() ? "电话：" : "\n电话：") + contact.phone;
    if (!contact.hours.empty()) out += (out.empty() ? "时间：" : "\n时间：") + contact.hours;
    return out;
}

// Rows of both sides paired by their code.
template <class Row, class Code, class Title, class Words>
void compare(std::vector<Difference>& out, const char* part, const std::vector<Row>& before,
             const std::vector<Row>& after, const Code& code, const Title& title, const Words& words)
{
    for (const Row& row : before) {
        const auto now = std::ranges::find_if(after, [&](const Row& other) { return code(other) == code(row); });
        const std::string was = words(row);
        std::string is = now == after.end() ? std::string{} : words(*now);
        if (was != is) out.push_back({part, code(row), title(now == after.end() ? row : *now), was, std::move(is)});
    }
    for (const Row& row : after) {
        const bool known = std::ranges::any_of(before, [&](const Row& other) { return code(other) == code(row); });
        if (!known) out.push_back({part, code(row), title(row), {}, words(row)});
    }
}

void compare(std::vector<Difference>& out, const char* part, std::string title, std::string before, std::string after)
{
    if (before != after) out.push_back({part, {}, std::move(title), std::move(before), std::move(after)});
}

}  // namespace

std::string in_words(const ListLine& line)
{
    std::string out = line.title + "\n" + std::string(chinese(line.requirement));
    if (!line.condition.always()) out += fmt::format("：{}（{}）", line.condition_text, line.condition.text());
    std::vector<std::string_view> forms;
    for (const MaterialForm form : line.forms) forms.push_back(chinese(form));
    out += fmt::format("\n形式：{}", fmt::join(forms, "、"));
    if (!line.sharing.empty()) out += "\n可由此代替：" + line.sharing;
    if (line.must_not_demand) out += "\n免予提交";
    if (line.generated) out += "\n由系统生成";
    if (line.surrendered) out += "\n收回原件";
    if (!line.remark.empty()) out += "\n说明：" + line.remark;
    return out;
}

std::string in_words(const InterviewQuestion& question)
{
    std::string out = question.text;
    if (question.answer == AnswerKind::yes_no) out += "\n回答是或否";
    if (!question.expected.empty()) out += question.expected == "yes" ? "，应为“是”" : "，应为“否”";
    if (!question.roles.empty()) out += "\n询问：" + roles_in_words(question.roles);
    if (!question.when.always()) out += "\n条件：" + question.when.text();
    return out;
}

std::string in_words(const FeeLine& fee)
{
    std::string out = fmt::format("{}：{} 元", fee.name, money_text(fee.price));
    if (!fee.quantity.empty()) out += "（按件数）";
    if (!fee.when.always()) out += "\n条件：" + fee.when.text();
    return out + "\n依据：" + fee.basis;
}

std::string in_words(const FeeReduction& reduction)
{
    return fmt::format("{}\n条件：{}\n依据：{}", reduction.kind == ReductionKind::half ? "减半收取" : "免收",
                       reduction.when.text(), reduction.basis);
}

std::vector<Difference> differences(const Item& before, const Item& after)
{
    std::vector<Difference> out;
    const auto days = [](const Item& item) { return fmt::format("{} 个工作日", item.promised_working_days); };
    compare(out, "promise", "承诺办理时限", days(before), days(after));
    compare(
        out, "line", before.lines, after.lines, [](const ListLine& line) { return line.code; },
        [](const ListLine& line) { return line.title; }, [](const ListLine& line) { return in_words(line); });
    compare(
        out, "prohibited", before.prohibited, after.prohibited, [](const Prohibition& one) { return one.title; },
        [](const Prohibition& one) { return one.title; }, [](const Prohibition& one) { return one.reason; });
    compare(
        out, "question", before.questions, after.questions, [](const InterviewQuestion& one) { return one.id; },
        [](const InterviewQuestion& one) { return one.text; },
        [](const InterviewQuestion& one) { return in_words(one); });
    compare(
        out, "rule", before.rules, after.rules, [](const Rule& rule) { return rule.id; },
        [](const Rule& rule) { return rule.failed; }, [&](const Rule& rule) { return in_words(rule, after.matter); });
    compare(
        out, "fee", before.fee.lines, after.fee.lines, [](const FeeLine& fee) { return fee.code + fee.when.text(); },
        [](const FeeLine& fee) { return fee.name; }, [](const FeeLine& fee) { return in_words(fee); });
    compare(
        out, "reduction", before.fee.reductions, after.fee.reductions,
        [](const FeeReduction& one) { return one.when.text(); }, [](const FeeReduction& one) { return one.basis; },
        [](const FeeReduction& one) { return in_words(one); });
    compare(
        out, "field", before.fields, after.fields, [](const FormField& field) { return field.key; },
        [](const FormField& field) { return field.label; }, [](const FormField& field) { return in_words(field); });
    compare(
        out, "role", before.roles, after.roles, [](const RoleRule& rule) { return rule.role; },
        [](const RoleRule& rule) { return role_name(rule.role); }, [](const RoleRule& rule) { return in_words(rule); });
    compare(out, "document", "办理结果", in_words(before.document), in_words(after.document));
    compare(out, "text", "事项说明", before.summary, after.summary);
    compare(out, "text", "法律依据", before.legal_basis, after.legal_basis);
    compare(out, "contact", "咨询方式", in_words(before.contact), in_words(after.contact));
    return out;
}

boost::json::array to_json(const std::vector<Difference>& all)
{
    boost::json::array out;
    for (const Difference& one : all) {
        out.push_back(boost::json::object{
            {"part",   one.part  },
            {"code",   one.code  },
            {"title",  one.title },
            {"before", one.before},
            {"after",  one.after }
        });
    }
    return out;
}

}  // namespace tongban
