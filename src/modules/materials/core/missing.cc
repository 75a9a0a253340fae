#include "modules/materials/core/missing.h"

#include <algorithm>

#include "base/codes.h"

namespace tongban {
namespace {

void application_missing(const Dossier& dossier, std::vector<Missing>& all)
{
    if (!dossier.application) {
        all.push_back({"application", "/application", "请填写申请信息"});
        return;
    }
    for (FieldError& fault : application_faults(*dossier.application)) {
        all.push_back({"application", "/application" + fault.pointer, std::move(fault.detail)});
    }
}

void parties_missing(const Dossier& dossier, std::vector<Missing>& all)
{
    std::vector<Party> parties;
    for (const Participant& participant : dossier.parties) parties.push_back(participant.party);
    for (FieldError& fault : party_set_faults(parties)) {
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

void interview_missing(const Participant& participant, const Item& item, std::vector<Missing>& all)
{
    const Party& party = participant.party;
    if (!party.needs_interview()) return;
    const std::string pointer = "/parties/" + party.id + "/answers";
    for (const InterviewQuestion& question : item.questions_for(to_text(party.role))) {
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

void materials_missing(const Dossier& dossier, const Item& item, std::vector<Missing>& all)
{
    const FactNames facts = facts_of(dossier);
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

}  // namespace

std::vector<FieldError> application_faults(const Application& application)
{
    std::vector<FieldError> faults;
    if (const CheckedCode unit = check_unit_number(application.unit_number); !unit) {
        faults.push_back({"/unit_number", std::string(unit.fault->code), std::string(unit.fault->detail)});
    }
    const Mortgage& mortgage = application.mortgage;
    if (mortgage.secured_amount_fen < 1 || mortgage.secured_amount_fen > money_max) {
        faults.push_back({"/mortgage/secured_amount_fen", "out_of_range", "被担保债权数额应大于零"});
    }
    const bool from_fine = is_date(mortgage.debt_from);
    const bool to_fine = is_date(mortgage.debt_to);
    if (!from_fine) faults.push_back({"/mortgage/debt_from", "date", "请填写债务履行期限的起始日期"});
    if (!to_fine) faults.push_back({"/mortgage/debt_to", "date", "请填写债务履行期限的截止日期"});
    if (from_fine && to_fine && mortgage.debt_to < mortgage.debt_from) {
        faults.push_back({"/mortgage/debt_to", "before_start", "截止日期不能早于起始日期"});
    }
    return faults;
}

std::vector<Missing> missing_of(const Dossier& dossier, const Item& item)
{
    std::vector<Missing> all;
    application_missing(dossier, all);
    parties_missing(dossier, all);
    for (const Participant& participant : dossier.parties) interview_missing(participant, item, all);
    materials_missing(dossier, item, all);
    return all;
}

}  // namespace tongban
