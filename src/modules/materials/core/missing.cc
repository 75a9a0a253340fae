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

std::vector<Party> parties_of(const Dossier& dossier)
{
    std::vector<Party> parties;
    for (const Participant& participant : dossier.parties) parties.push_back(participant.party);
    return parties;
}

void set_missing(const std::vector<Party>& parties, const Item& item, bool agents_may_come, std::vector<Missing>& all)
{
    for (FieldError& fault : party_set_faults(parties, item)) {
        if (agents_may_come && fault.code == "missing_agent") continue;
        all.push_back({"parties", "/parties" + fault.pointer, std::move(fault.detail)});
    }
}

void identity_missing(const Party& party, std::vector<Missing>& all)
{
    const std::string pointer = "/parties/" + party.id + "/identity";
    if (!party.identity || party.place == PartyPlace::elsewhere) {
        all.push_back({"parties", pointer, "请核验" + party.name + "的身份"});
    } else if (party.identity->result != IdentityOutcome::matched) {
        all.push_back({"parties", pointer, party.name + "的身份核验未通过，请核对姓名和证件号码"});
    }
}

// An organisation comes by its agent: here when he is here.
void agents_missing(const Dossier& dossier, std::vector<Missing>& all)
{
    for (const Participant& participant : dossier.parties) {
        const Party& party = participant.party;
        if (party.kind != PartyKind::organisation || party.place != PartyPlace::here) continue;
        const bool spoken_for = std::ranges::any_of(dossier.parties, [&](const Participant& other) {
            return other.party.represents == party.id && other.party.place == PartyPlace::here;
        });
        if (!spoken_for) all.push_back({"parties", "/parties/" + party.id, party.name + "的代理人不在场"});
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

enum class Wanted { required, brought };

void materials_missing(const Dossier& dossier, const Item& item, const Facts& facts, Wanted asked,
                       const std::vector<std::string>& there, std::vector<Missing>& all)
{
    for (const ListLine& line : item.lines) {
        const Material* material = find_material(dossier, line.code);
        const bool has_pages = material != nullptr && !material->pages.empty();
        const std::string pointer = "/materials/" + line.code;
        if (!has_pages) {
            const bool elsewhere = std::ranges::find(there, line.code) != there.end();
            if (asked == Wanted::required && !elsewhere && required_now(line, facts)) {
                all.push_back({"materials", pointer, "请收取并上传：" + line.title});
            }
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
    const std::vector<Party> parties = parties_of(dossier);
    set_missing(parties, item, false, all);
    for (const Party& party : parties) identity_missing(party, all);
    for (const Participant& participant : dossier.parties) {
        if (is_asked(dossier, participant.party)) interview_missing(dossier, participant, item, facts, all);
    }
    materials_missing(dossier, item, facts, Wanted::required, {}, all);
    rules_missing(item, facts, all);
    return all;
}

Facts visit_facts(const Dossier& dossier, const Item& item, std::string_view today, const OtherVisits& others)
{
    Facts facts = facts_of(dossier, item, today);
    for (const auto& [name, value] : others.counts) facts[name] = value;
    for (const std::string& line : others.lines_there) facts["material." + line] = true;
    return facts;
}

std::vector<Missing> missing_here(const Dossier& dossier, const Item& item, std::string_view today,
                                  const OtherVisits& others)
{
    const Facts facts = visit_facts(dossier, item, today, others);
    std::vector<Missing> all;
    if (others.materials_only) {
        // Who hands it in is known, and everything that was asked for is there.
        const bool known =
            std::ranges::any_of(dossier.parties, [](const Participant& p) { return is_verified(p.party); });
        if (!known) all.push_back({"parties", "/parties", "请核验交件人的身份"});
        for (const std::string& code : others.only_lines) {
            const Material* material = find_material(dossier, code);
            if (material != nullptr && !material->pages.empty()) continue;
            const ListLine* line = item.find_line(code);
            all.push_back(
                {"materials", "/materials/" + code, "请收取并上传：" + (line == nullptr ? code : line->title)});
        }
        materials_missing(dossier, item, facts, Wanted::brought, {}, all);
        return all;
    }
    if (!others.joined) {
        application_missing(dossier, item, facts, all);
        set_missing(parties_of(dossier), item, true, all);
        for (const Participant& participant : dossier.parties) {
            const Party& party = participant.party;
            if (party.place == PartyPlace::here || !party.phone_sealed.empty() || party.kind != PartyKind::person)
                continue;
            all.push_back({"parties", "/parties/" + party.id, "请填写" + party.name + "的手机号码，用于通知核验"});
        }
    }
    agents_missing(dossier, all);
    for (const Participant& participant : dossier.parties) {
        if (participant.party.place != PartyPlace::here) continue;
        identity_missing(participant.party, all);
        if (is_asked(dossier, participant.party)) interview_missing(dossier, participant, item, facts, all);
    }
    materials_missing(dossier, item, facts, others.last ? Wanted::required : Wanted::brought, others.lines_there, all);
    if (!others.joined || others.last) rules_missing(item, facts, all);
    return all;
}

}  // namespace tongban
