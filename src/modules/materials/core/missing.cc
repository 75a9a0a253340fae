#include "modules/materials/core/missing.h"

#include <algorithm>

#include "modules/materials/core/party_set.h"

namespace tongban {
namespace {

void application_missing(const Dossier& dossier, const Item& item, const Facts& facts, std::vector<Missing>& all)
{
    if (!dossier.application) {
        all.push_back({"application", "/application", "请填写申请信息"});
        return;
    }
    for (FieldError& fault : application_faults(*dossier.application, item, facts)) {
        all.push_back({"application", "/application" + fault.pointer, std::move(fault.detail)});
    }
}

void parties_missing(const Dossier& dossier, const Item& item, std::vector<Missing>& all)
{
    std::vector<Party> parties;
    for (const Participant& participant : dossier.parties) parties.push_back(participant.party);
    for (FieldError& fault : party_set_faults(parties, item)) {
        all.push_back({"parties", "/parties" + fault.pointer, std::move(fault.detail)});
    }
    for (const Party& party : parties) {
        const std::string pointer = "/parties/" + party.id;
        if (!party.identity) {
            all.push_back({"parties", pointer, "请核验" + party.name + "的身份"});
        } else if (party.identity->result != IdentityOutcome::matched) {
            all.push_back({"parties", pointer, party.name + "的身份核验未通过，请核对姓名和证件号码"});
        }
    }
}

void interview_missing(const Dossier& dossier, const Participant& participant, const Item& item, const Facts& facts,
                       std::vector<Missing>& all)
{
    const Party& party = participant.party;
    const std::string pointer = "/parties/" + party.id + "/answers";
    for (const InterviewQuestion& question : questions_of(dossier, party, item, facts)) {
        const auto answer = std::ranges::find(participant.answers, question.id, &InterviewAnswer::question);
        if (answer == participant.answers.end()) {
            all.push_back({"interview", pointer, "请询问" + party.name + "：" + question.text});
        } else if (!question.expected.empty() && answer->answer != question.expected && answer->remark.empty()) {
            all.push_back({"interview", pointer, party.name + "的回答需要说明：" + question.text});
        }
    }
    if (!participant.signature) {
        all.push_back({"interview", "/parties/" + party.id + "/signature", "请" + party.name + "核对询问笔录并签名"});
    }
}

void materials_missing(const Dossier& dossier, const Item& item, const Facts& facts, std::vector<Missing>& all)
{
    for (const ListLine& line : item.lines) {
        const Material* material = find_material(dossier, line.code);
        const bool has_pages = material != nullptr && !material->pages.empty();
        const std::string pointer = "/materials/" + line.code;
        if (!has_pages) {
            if (required_now(line, facts)) all.push_back({"materials", pointer, "请收取并上传：" + line.title});
            continue;
        }
        if (material->check == FormalCheck::unchecked) {
            all.push_back({"materials", pointer, "请完成形式检查：" + line.title});
        } else if (material->check == FormalCheck::failed) {
            all.push_back({"materials", pointer, "形式检查未通过，请更换：" + line.title});
        }
    }
}

// Blocking rules that the window can judge by itself; those over the register are the home registry's (UnitPreview).
void rules_missing(const Item& item, const Facts& facts, std::vector<Missing>& all)
{
    for (const RuleResult& result : judge(item.rules, item.matter, facts, Moment::advice)) {
        if (result.passed || result.severity != RuleSeverity::block) continue;
        const std::string field = result.field.empty() ? std::string{} : "/values" + result.field;
        all.push_back({"application", "/application" + field, result.rule + " " + result.message});
    }
}

}  // namespace

std::vector<Missing> missing_of(const Dossier& dossier, const Item& item, std::string_view today)
{
    const Facts facts = facts_of(dossier, item, today);
    std::vector<Missing> all;
    application_missing(dossier, item, facts, all);
    parties_missing(dossier, item, all);
    for (const Participant& participant : dossier.parties) {
        if (is_asked(dossier, participant.party)) interview_missing(dossier, participant, item, facts, all);
    }
    materials_missing(dossier, item, facts, all);
    rules_missing(item, facts, all);
    return all;
}

}  // namespace tongban
