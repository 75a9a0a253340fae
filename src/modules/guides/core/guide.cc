#include "modules/guides/core/guide.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/money.h"

namespace tongban {
namespace {

namespace json = boost::json;

std::string forms_in_words(const ListLine& line)
{
    std::vector<std::string_view> names;
    for (const MaterialForm form : line.forms) names.push_back(chinese(form));
    return fmt::format("{}", fmt::join(names, "或者"));
}

GuideMaterial material_of(const ListLine& line)
{
    GuideMaterial material{line.code,           line.title,           std::string(to_text(line.requirement)),
                           line.condition_text, forms_in_words(line), line.remark,
                           line.surrendered};
    if (line.must_not_demand || line.generated) material.need = "exempt";
    const auto add = [&](const std::string& text) {
        material.remark = material.remark.empty() ? text : text + "。" + material.remark;
    };
    if (line.must_not_demand) {
        add("免予提交，登记机构通过“" + line.sharing + "”取得");
    } else if (!line.sharing.empty()) {
        add("能够通过“" + line.sharing + "”核验的，免予提交");
    }
    return material;
}

// What a rule says when it passes is what must be so. A text that shows a fact of the case is no sentence for a guide.
std::vector<GuideCondition> conditions_of(const Item& item)
{
    std::vector<GuideCondition> all;
    for (const Rule& rule : item.rules) {
        if (rule.severity_for(item.matter) != RuleSeverity::block || rule.passed.find('{') != std::string::npos)
            continue;
        // A rule that a consent or a proof excuses is no condition without it.
        std::string text = rule.unless.always() ? rule.passed : rule.passed + "（依法提交相应材料的除外）";
        if (std::ranges::find(all, text, &GuideCondition::text) != all.end()) continue;
        all.push_back({std::move(text), rule.source});
    }
    return all;
}

std::string applicants_of(const Item& item)
{
    std::vector<std::string> needed;
    std::vector<std::string> possible;
    for (const RoleRule& rule : item.roles) (rule.min > 0 ? needed : possible).push_back(role_name(rule.role));
    std::string text = needed.empty()
                           ? fmt::format("由{}中的一方或者各方申请", fmt::join(possible, "、"))
                           : fmt::format("由{}{}", fmt::join(needed, "、"), needed.size() > 1 ? "共同申请" : "申请");
    if (needed.empty() && possible.size() == 1) text = "由" + possible.front() + "申请";
    text += item.agents ? "；可以委托代理人办理" : "；须本人到场，不能委托代理人";
    return text;
}

std::string result_of(const IssuedDocument& document)
{
    switch (document.kind) {
    case DocumentKind::none: return "记载于不动产登记簿，不发放证书或者证明";
    case DocumentKind::proof: return "不动产登记证明（" + document.right + "），电子证照即时生成";
    case DocumentKind::title: return "不动产权证书（" + document.right + "），电子证照即时生成";
    }
    return {};
}

std::vector<GuideStep> steps_of(const Item& item)
{
    std::vector<GuideStep> steps;
    const auto add = [&](std::string title, std::string text) { steps.push_back({std::move(title), std::move(text)}); };
    add("就近申请", "到全省任一不动产登记大厅的“异地代收”窗口，不必去不动产所在地");
    add("核验与代收", "窗口核验身份、当面询问、签名确认，扫描材料并出具代收材料清单");
    const std::string home = "材料即时推送到不动产所在地登记机构，由其受理、审核，";
    add("属地受理、审核", item.promised_working_days == 0
                              ? home + "当日办结"
                              : home + fmt::format("自受理之日起 {} 个工作日内办结", item.promised_working_days));
    if (item.has_rule_about("tax.settled")) add("缴税", "按税务机关核定的税额在线缴纳，或者取得免税凭证");
    if (!item.fee.lines.empty()) {
        add("缴费", role_name(item.fee.payer) + "收到缴费通知后在线缴纳登记费");
    }
    if (item.document.kind == DocumentKind::none) {
        add("登簿", "登记机构登簿后短信告知，凭办件编号可以查询");
    } else {
        add("登簿、领取电子证照", "登簿后即时生成电子证照，凭办件编号和手机号下载，任何人都可以核验");
    }
    return steps;
}

json::array rows(const std::vector<GuideFee>& fees)
{
    json::array all;
    for (const GuideFee& fee : fees) {
        all.push_back(json::object{
            {"name",   fee.name  },
            {"amount", fee.amount},
            {"basis",  fee.basis }
        });
    }
    return all;
}

}  // namespace

Guide guide_of(const Registry& registry, const Item& item, bool on, const Item* previous)
{
    Guide guide;
    guide.registry = registry;
    guide.item = item.code;
    guide.name = item.name;
    guide.version = item.version;
    guide.valid_from = item.valid_from;
    guide.on = on;
    guide.own = !item.registries.empty();
    guide.summary = item.summary;
    guide.legal_basis = item.legal_basis;
    guide.applicants = applicants_of(item);
    guide.promised_working_days = item.promised_working_days;
    guide.conditions = conditions_of(item);
    for (const ListLine& line : item.lines) guide.materials.push_back(material_of(line));
    guide.steps = steps_of(item);
    guide.payer = role_name(item.fee.payer);
    for (const FeeLine& fee : item.fee.lines) {
        guide.fees.push_back(
            {fee.name, money_text(fee.price) + (fee.quantity.empty() ? " 元／件" : " 元／本（件）"), fee.basis});
    }
    for (const FeeReduction& reduction : item.fee.reductions) {
        guide.reductions.push_back({reduction.kind == ReductionKind::half ? "减半收取" : "免收", {}, reduction.basis});
    }
    guide.result = result_of(item.document);
    guide.prohibited = item.prohibited;
    guide.asked_often = item.asked_often;
    guide.contact = item.contact;
    if (previous != nullptr) {
        guide.previous_version = previous->version;
        guide.changes = differences(*previous, item);
    }
    return guide;
}

json::object to_json(const Guide& guide)
{
    json::array conditions;
    for (const GuideCondition& one : guide.conditions) {
        conditions.push_back(json::object{
            {"text",   one.text  },
            {"source", one.source}
        });
    }
    json::array materials;
    for (const GuideMaterial& one : guide.materials) {
        materials.push_back(json::object{
            {"code",        one.code       },
            {"title",       one.title      },
            {"need",        one.need       },
            {"when",        one.when       },
            {"forms",       one.forms      },
            {"remark",      one.remark     },
            {"surrendered", one.surrendered}
        });
    }
    json::array steps;
    for (const GuideStep& one : guide.steps) {
        steps.push_back(json::object{
            {"title", one.title},
            {"text",  one.text }
        });
    }
    json::array prohibited;
    for (const Prohibition& one : guide.prohibited) {
        prohibited.push_back(json::object{
            {"title",  one.title },
            {"reason", one.reason}
        });
    }
    json::array asked;
    for (const AskedOften& one : guide.asked_often) {
        asked.push_back(json::object{
            {"question", one.question},
            {"answer",   one.answer  }
        });
    }
    json::object out;
    out["registry"] = fmt::format("{:06}", guide.registry.code);
    out["registry_name"] = guide.registry.name;
    out["item"] = guide.item;
    out["name"] = guide.name;
    out["version"] = guide.version;
    out["valid_from"] = guide.valid_from;
    out["on"] = guide.on;
    out["own"] = guide.own;
    out["summary"] = guide.summary;
    out["legal_basis"] = guide.legal_basis;
    out["applicants"] = guide.applicants;
    out["promised_working_days"] = guide.promised_working_days;
    out["conditions"] = std::move(conditions);
    out["materials"] = std::move(materials);
    out["steps"] = std::move(steps);
    out["payer"] = guide.payer;
    out["fees"] = rows(guide.fees);
    out["reductions"] = rows(guide.reductions);
    out["result"] = guide.result;
    out["prohibited"] = std::move(prohibited);
    out["asked_often"] = std::move(asked);
    out["contact"] = json::object{
        {"address", guide.contact.address},
        {"phone",   guide.contact.phone  },
        {"hours",   guide.contact.hours  }
    };
    out["previous_version"] = guide.previous_version;
    out["changes"] = to_json(guide.changes);
    return out;
}

bool speaks_of(const Item& item, std::string_view typed)
{
    const std::string all = item.code + ' ' + item.name + ' ' + item.summary + ' ' + item.words;
    for (std::size_t at = 0; at < typed.size();) {
        const std::size_t end = std::min(typed.find(' ', at), typed.size());
        const std::string_view word = typed.substr(at, end - at);
        const auto same = [](char a, char b) {
            return a == b || (a >= 'a' && a <= 'z' && a - 'a' + 'A' == b) ||
                   (b >= 'a' && b <= 'z' && b - 'a' + 'A' == a);
        };
        if (std::search(all.begin(), all.end(), word.begin(), word.end(), same) == all.end()) return false;
        at = end + 1;
    }
    return true;
}

}  // namespace tongban
