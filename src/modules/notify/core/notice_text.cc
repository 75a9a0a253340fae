#include <algorithm>

#include "base/result.h"
#include "base/text_table.h"
#include "modules/notify/core/notices.h"

namespace tongban {
namespace {

constexpr TextTable<NoticeKind, 20> words{{{
    {NoticeKind::tracking_code, "tracking_code"},
    {NoticeKind::sign_in_code, "sign_in_code"},
    {NoticeKind::case_received, "case_received"},
    {NoticeKind::case_accepted, "case_accepted"},
    {NoticeKind::case_not_accepted, "case_not_accepted"},
    {NoticeKind::supplement_requested, "supplement_requested"},
    {NoticeKind::fee_due, "fee_due"},
    {NoticeKind::case_paid, "case_paid"},
    {NoticeKind::case_registered, "case_registered"},
    {NoticeKind::case_refused, "case_refused"},
    {NoticeKind::case_withdrawn, "case_withdrawn"},
    {NoticeKind::case_suspended, "case_suspended"},
    {NoticeKind::case_resumed, "case_resumed"},
    {NoticeKind::due_changed, "due_changed"},
    {NoticeKind::withdrawal_asked, "withdrawal_asked"},
    {NoticeKind::unit_seized, "unit_seized"},
    {NoticeKind::party_called, "party_called"},
    {NoticeKind::supplement_code, "supplement_code"},
    {NoticeKind::application_ended, "application_ended"},
    {NoticeKind::application_expired, "application_expired"},
}}};

constexpr TextTable<NoticeKind, 20> texts{{{
    {NoticeKind::tracking_code,
     "【通办】您的查询验证码为 {code}，{minutes} 分钟内有效。请勿告知他人，工作人员不会向您索取。"},
    {NoticeKind::sign_in_code,
     "【通办】您的登录验证码为 {code}，{minutes} 分钟内有效。如非本人操作请忽略，请勿告知他人。"},
    {NoticeKind::case_received,
     "【通办】{home}已收到您尾号 {case_tail} 的登记申请材料，正在核对，受理结果将短信告知。"},
    {NoticeKind::case_accepted, "【通办】{home}已受理您尾号 {case_tail} 的登记申请，承诺于 {due_on} 前办结。"},
    {NoticeKind::case_not_accepted,
     "【通办】{home}对您尾号 {case_tail} 的登记申请作出不予受理决定，理由见办理进度页面或向代收窗口领取告知书。"},
    {NoticeKind::supplement_requested,
     "【通办】您尾号 {case_tail} 的登记申请需要补正材料，{home}已一次性列明，请查看办理进度页面或联系代收窗口。"},
    {NoticeKind::fee_due,
     "【通办】您尾号 {case_tail} 的登记申请已审核通过，请登记费缴纳人在办理进度页面缴费后由{home}登簿。"},
    {NoticeKind::case_paid, "【通办】您尾号 {case_tail} 的登记申请已收到登记费，{home}即将登簿。"},
    {NoticeKind::case_registered,
     "【通办】{home}已将您尾号 {case_tail} 的登记事项记载于登记簿，可在办理进度页面下载电子证照。"},
    {NoticeKind::case_refused,
     "【通办】{home}对您尾号 {case_tail} 的登记申请作出不予登记决定，理由见办理进度页面或向代收窗口领取告知书。"},
    {NoticeKind::case_withdrawn, "【通办】您尾号 {case_tail} 的登记申请已撤回，{home}已办结撤回手续。"},
    {NoticeKind::case_suspended, "【通办】{home}已暂停办理您尾号 {case_tail} 的登记申请，原因和依据见办理进度页面。"},
    {NoticeKind::case_resumed, "【通办】{home}已恢复办理您尾号 {case_tail} 的登记申请，承诺于 {due_on} 前办结。"},
    {NoticeKind::due_changed, "【通办】{home}对您尾号 {case_tail} 的登记申请的承诺办结日期改为 {due_on}。"},
    {NoticeKind::withdrawal_asked,
     "【通办】{home}收到撤回您尾号 {case_tail} 的登记申请的请求；须全部共同申请人申请，在此之前继续办理。"},
    {NoticeKind::unit_seized,
     "【通办】{home}收到查封您尾号 {case_tail} 的登记申请所涉不动产的文书，查封期间不能登记，详见办理进度页面。"},
    {NoticeKind::party_called,
     "【通办】{name}：您参与申请的{item}（{home}）需要您本人核验。请于 {until} "
     "前到任一不动产登记窗口或线上办理，办件编号 "
     "{case_number}，核验码 {code}。请勿告知无关人员。"},
    {NoticeKind::supplement_code,
     "【通办】{home}的补正材料可到任一不动产登记窗口或线上补交，最晚 {until}，办件编号 {case_number}，核验码 {code}。"},
    {NoticeKind::application_ended,
     "【通办】您尾号 {case_tail} 的登记申请在各方到齐前已由当事人结束，{home}未受理，已提交的材料不予使用。"},
    {NoticeKind::application_expired,
     "【通办】您尾号 {case_tail} 的登记申请因有当事人逾期未核验已过期，{home}未受理，需要时请重新申请。"},
}}};

}  // namespace

std::string_view to_text(NoticeKind kind)
{
    return words.text(kind);
}

std::string notice_text(NoticeKind kind, const NoticeValues& values)
{
    std::string_view pattern = texts.text(kind);
    std::string out;
    std::size_t used = 0;
    for (;;) {
        const std::size_t open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        TONGBAN_ASSERT(close != std::string_view::npos);
        const auto value = values.find(pattern.substr(open + 1, close - open - 1));
        TONGBAN_ASSERT(value != values.end());
        out += value->second;
        ++used;
        pattern.remove_prefix(close + 1);
    }
    TONGBAN_ASSERT(used == values.size());
    return out;
}

std::string case_tail(std::string_view case_number)
{
    return std::string(case_number.substr(case_number.size() - std::min<std::size_t>(6, case_number.size())));
}

}  // namespace tongban
