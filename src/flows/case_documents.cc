#include "flows/case_documents.h"

#include <algorithm>

#include "base/money.h"
#include "flows/collection_documents.h"
#include "modules/cases/core/cases_problems.h"

namespace tongban {
namespace {

struct Ground {
    std::string_view code;
    std::string_view text;
};

// 条例 17 and 22.
constexpr Ground grounds[] = {
    {"incomplete",        "申请材料不齐全"                                 },
    {"outside_territory", "申请登记的不动产不属于本机构登记范围"},
    {"not_in_form",       "申请材料不符合法定形式"                     },
    {"violates_law",      "违反法律、行政法规规定"                     },
    {"ownership_dispute", "存在尚未解决的权属争议"                     },
    {"exceeds_term",      "申请登记的不动产权利超过规定期限"      },
    {"other",             "法律、行政法规规定的其他情形"            },
};

std::string ground_text(std::string_view code)
{
    const auto found = std::ranges::find(grounds, code, &Ground::code);
    return found == std::end(grounds) ? std::string(code) : std::string(found->text);
}

std::string registry_name(const Catalog& catalog, Agency code)
{
    const Registry* registry = catalog.find_registry(code);
    return registry == nullptr ? std::to_string(code) : registry->name;
}

// 2026年11月23日
std::string long_date(Millis at)
{
    const std::string date = china_date(at);
    const auto without_zero = [](std::string digits) { return digits[0] == '0' ? digits.substr(1) : digits; };
    return date.substr(0, 4) + "年" + without_zero(date.substr(5, 2)) + "月" + without_zero(date.substr(8, 2)) + "日";
}

std::string answer_text(const std::string& answer)
{
    if (answer == "yes") return "是";
    if (answer == "no") return "否";
    return answer;
}

std::string collected_by(const DocumentSource& source)
{
    std::string text;
    for (const CasePart& part : source.subject.parts) {
        if (part.state != PartState::pushed && source.subject.parts.size() > 1) continue;
        const bool online = part.channel == VisitChannel::online;
        text += (text.empty() ? "" : "、") + (online ? "线上" : registry_name(source.catalog, part.collecting)) +
                (online ? "（申请编号 " : "（代收编号 ") + part.collection_number + "）";
    }
    return text;
}

Notice letter(const DocumentSource& source, std::string title, Millis at)
{
    Notice notice;
    notice.head = {source.subject.number, {}, at, SignatureHole::none};
    notice.home_name = registry_name(source.catalog, source.subject.agency);
    notice.title = std::move(title);
    notice.addressee = party_names(source.subject.dossier);
    notice.date = long_date(at);
    return notice;
}

// "您（单位）于…就坐落于…的不动产申请的…"
std::string matter(const DocumentSource& source)
{
    const Case& subject = source.subject;
    std::string text = "您（单位）于" + long_date(subject.filed_at);
    if (!subject.location.empty()) text += "就坐落于" + subject.location + "的不动产";
    if (subject.dossier.application) text += "（不动产单元号 " + subject.dossier.application->unit_number + "）";
    return text + "申请的" + source.item.name;
}

const std::string remedies =
    "如对本决定不服，可以自收到本告知书之日起六十日内申请行政复议，"
    "或者自收到本告知书之日起六个月内向人民法院提起行政诉讼。";

Notice supplement_notice(const DocumentSource& source)
{
    const CaseSupplement& asked = *source.subject.supplement;
    Notice notice = letter(source, "补正告知书", asked.stamp.at);
    notice.paragraphs = {matter(source) +
                         "，经查验，需要补正以下内容。现依据《不动产登记暂行条例》第十七条一次性告知："};
    notice.columns = {"序号", "材料", "需要补正的内容"};
    notice.widths = {1, 3, 6};
    int number = 0;
    for (const SupplementLine& line : asked.lines) {
        const ListLine* listed = source.item.find_line(line.line);
        notice.rows.push_back({std::to_string(++number), listed == nullptr ? "—" : listed->title, line.text});
    }
    notice.closing = {"请到原代收窗口补充材料，窗口收取后将推送本机构继续办理。代收窗口：" + collected_by(source)};
    return notice;
}

Notice fee_notice(const DocumentSource& source, const Bill& bill)
{
    Notice notice = letter(source, "缴费通知书", source.subject.review->stamp.at);
    notice.addressee = bill.payer;
    notice.paragraphs = {matter(source) + "，已通过审核。请缴纳不动产登记费，缴费后即行登簿。"};
    notice.columns = {"收费项目", "数量", "单价（元）", "金额（元）"};
    notice.widths = {5, 1, 2, 2};
    for (const BillLine& line : bill.lines) {
        notice.rows.push_back(
            {line.name, std::to_string(line.quantity), money_text(line.unit_price_fen), money_text(line.amount_fen)});
    }
    notice.closing = {"合计：人民币" + money_chinese(bill.amount_fen) + "（" + money_text(bill.amount_fen) + " 元）",
                      "请凭办件编号和预留手机号在办理进度页面缴纳。"};
    return notice;
}

Notice outcome_notice(const DocumentSource& source, std::string title, const std::string& law,
                      const std::string& result)
{
    const CaseOutcome& outcome = *source.subject.outcome;
    Notice notice = letter(source, std::move(title), outcome.stamp.at);
    notice.paragraphs = {matter(source) + "，" + law + "，" + result + "。"};
    if (!outcome.ground.empty()) notice.paragraphs.push_back("依据：" + ground_text(outcome.ground) + "。");
    notice.paragraphs.push_back("理由：" + outcome.reason);
    if (!outcome.cites.empty()) {
        std::string cites;
        for (const std::string& id : outcome.cites) cites += (cites.empty() ? "" : "、") + id;
        notice.paragraphs.push_back("审查依据编号：" + cites + "。");
    }
    if (outcome.competent != 0) {
        notice.paragraphs.push_back("该不动产由" + outcome.competent_name + "登记，请向其申请。");
    }
    notice.closing = {"代收的材料由" + registry_name(source.catalog, origin_of(source.subject).collecting) + "退还。"};
    return notice;
}

}  // namespace

AcceptanceReceipt acceptance_receipt(const DocumentSource& source)
{
    const Case& subject = source.subject;
    TONGBAN_ASSERT(subject.acceptance.has_value());
    AcceptanceReceipt document;
    document.head = {subject.number, {}, subject.acceptance->stamp.at, SignatureHole::none};
    document.home_name = registry_name(source.catalog, subject.agency);
    document.item_name = source.item.name;
    document.location = subject.location;
    if (subject.dossier.application) document.unit_number = subject.dossier.application->unit_number;
    document.parties = document_parties(subject.dossier);
    document.materials = document_materials(subject.dossier, source.item, false);
    document.clerk = subject.acceptance->stamp.name;
    document.accepted_at = china_date_time(subject.acceptance->stamp.at);
    document.due_on = subject.due_on;
    document.collected_by = collected_by(source);
    document.hint = "可在办理进度页面凭办件编号和预留手机号查询。";
    return document;
}

Result<InterviewRecord> interview_record(const DocumentSource& source, const std::string& party)
{
    const Case& subject = source.subject;
    const auto asked = std::ranges::find_if(subject.dossier.parties, [&](const Participant& p) {
        return !p.answers.empty() && (party.empty() || p.party.id == party);
    });
    if (asked == subject.dossier.parties.end()) return Error{cases_problem::document_not_found};
    Dossier alone;
    alone.parties = {*asked};
    InterviewRecord document;
    Millis first = asked->answers.front().answered_at;
    Millis last = first;
    for (const InterviewAnswer& answer : asked->answers) {
        first = std::min(first, answer.answered_at);
        last = std::max(last, answer.answered_at);
        document.answers.push_back({answer.text, answer_text(answer.answer), answer.remark});
    }
    // Of several visits, the one where this person was asked.
    const CasePart* asked_in = find_part(subject, asked->part);
    const CasePart& visit = asked_in == nullptr ? origin_of(subject) : *asked_in;
    document.head = {visit.collection_number, {}, last, SignatureHole::none};
    document.office_name = registry_name(source.catalog, visit.collecting);
    document.home_name = registry_name(source.catalog, subject.agency);
    document.item_name = source.item.name;
    document.location = subject.location;
    if (subject.dossier.application) document.unit_number = subject.dossier.application->unit_number;
    const Party& person = asked->party;
    document.person = {std::string(chinese(person.role)),
                       person.name,
                       std::string(chinese(person.document_type)),
                       person.number_masked,
                       person.phone_masked,
                       {}};
    document.place = visit.channel == VisitChannel::online ? "线上" : document.office_name + "异地代收窗口";
    document.started_at = china_date_time(first);
    document.ended_at = china_date_time(last);
    document.clerk = visit.clerk;
    document.signatures = TRY(drawn_signatures(alone, source.objects));
    return document;
}

Result<Notice> case_notice(const DocumentSource& source, const std::string& name, const std::optional<Bill>& bill)
{
    const Case& subject = source.subject;
    if (name == "supplement.pdf" && subject.supplement) return supplement_notice(source);
    if (name == "fee-notice.pdf" && subject.review && bill) return fee_notice(source, *bill);
    const std::string kind = subject.outcome ? subject.outcome->kind : std::string{};
    if (name == "non-acceptance.pdf" && kind == "not_accepted") {
        Notice notice =
            outcome_notice(source, "不予受理告知书", "依据《不动产登记暂行条例》第十七条", "本机构决定不予受理");
        notice.closing.push_back(remedies);
        return notice;
    }
    if (name == "refusal.pdf" && kind == "refused") {
        Notice notice =
            outcome_notice(source, "不予登记告知书", "依据《不动产登记暂行条例》第二十二条", "本机构决定不予登记");
        notice.closing.push_back(remedies);
        return notice;
    }
    if (name == "withdrawal.pdf" && kind == "withdrawn") {
        return outcome_notice(source, "准予撤回通知书", "依据《不动产登记暂行条例》第十五条", "准予撤回登记申请");
    }
    return Error{cases_problem::document_not_found};
}

}  // namespace tongban
