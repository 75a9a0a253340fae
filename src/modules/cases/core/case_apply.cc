// apply(): each event into the state, and its line of the timeline.
#include <algorithm>

#include "base/money.h"
#include "base/text.h"
#include "modules/cases/core/case_flow.h"
#include "modules/cases/core/desk.h"
#include "modules/cases/core/return_reasons.h"

namespace tongban {
namespace {

struct Applier {
    Case& state;

    void note(const Stamp& stamp, std::string_view what, std::string text) const
    {
        state.last = stamp;
        state.last_event = what;
        state.timeline.push_back({stamp.at, std::string(what), std::move(text), stamp.name});
    }

    // Cases accepted before there was a ledger have none.
    void tick(ClockEntry entry) const
    {
        if (entry.act != ClockAct::start && state.clock.empty()) return;
        state.clock.push_back(std::move(entry));
    }
    void promise(ClockEntry entry, const std::string& calendar) const
    {
        if (entry.due_on.empty()) return;
        state.due_on = entry.due_on;
        state.calendar = calendar;
        tick(std::move(entry));
    }
    void end(std::string how, const Stamp& stamp) const
    {
        state.suspension.reset();
        tick({ClockAct::stop, stamp.at, 0, std::move(how), {}, {}});
    }

    void operator()(const case_event::Opened& e) const
    {
        state.agency = e.agency;
        state.id = e.id;
        state.number = e.number;
        state.item = e.item;
        state.catalog_version = e.catalog_version;
        state.parts = {part_of(e.origin, e.stamp.at)};
        state.state = CaseState::draft;
        const bool online = e.origin.channel == VisitChannel::online;
        note(e.stamp, e.type, online ? "已建立办件，申请人正在线上填报" : "已建立办件，窗口正在收取材料");
    }
    CasePart& part(const std::string& collection_id) const
    {
        const auto found = std::ranges::find(state.parts, collection_id, &CasePart::collection_id);
        // Events from before there were several visits name none.
        return found == state.parts.end() ? state.parts.front() : *found;
    }
    void pushed(const Stamp& stamp, const std::string& collection_id, const std::string& digest,
                const std::vector<std::string>& handed_in_by) const
    {
        CasePart& brought = part(collection_id);
        brought.state = PartState::pushed;
        brought.pushed_at = stamp.at;
        brought.package_digest = digest;
        brought.handed_in_by = handed_in_by;
        state.package_digest = digest;
        if (state.applied_at == 0) state.applied_at = stamp.at;
    }
    // The evidence stays and is used for nothing.
    void set_aside_all() const
    {
        state.last_day.clear();
        for (CasePart& one : state.parts) {
            if (one.state == PartState::pushed) one.state = PartState::unused;
            if (one.state == PartState::open) one.state = PartState::cancelled;
        }
    }
    std::string missing_names() const
    {
        std::string names;
        for (const Participant& participant : state.dossier.parties) {
            if (is_verified(participant.party)) continue;
            names += (names.empty() ? "" : "、") + masked_name(participant.party.name);
        }
        return names;
    }

    void operator()(const case_event::PartOpened& e) const
    {
        state.parts.push_back(e.part);
        note(e.stamp, e.type,
             e.part.channel == VisitChannel::online ? "当事人正在线上办理其部分" : "另一窗口正在为当事人办理其部分");
    }
    void operator()(const case_event::PartTaken& e) const
    {
        pushed(e.stamp, e.collection_id, e.package_digest, e.handed_in_by);
        state.dossier = e.dossier;
        state.location = e.location;
        state.use = e.use;
        state.last_day = e.last_day;
        state.state = CaseState::collecting;
        const std::string names = missing_names();
        note(e.stamp, e.type,
             "已收到部分当事人的材料，" + (names.empty() ? std::string("材料尚未齐全") : "等待" + names + "核验") +
                 "，最晚 " + e.last_day);
    }
    void operator()(const case_event::PartSetAside& e) const
    {
        CasePart& late = part(e.collection_id);
        late.state = PartState::unused;
        late.pushed_at = e.stamp.at;
        late.package_digest = e.package_digest;
        note(e.stamp, e.type, "收到一份补交的材料，办件已不再收取，未予使用");
    }
    void operator()(const case_event::PartCancelled& e) const
    {
        part(e.collection_id).state = PartState::cancelled;
        note(e.stamp, e.type, "一处办理已取消：" + e.reason);
    }
    void operator()(const case_event::CollectingEnded& e) const
    {
        set_aside_all();
        state.state = CaseState::cancelled;
        note(e.stamp, e.type, "当事人在各方到齐前结束了申请：" + e.reason + "；已提交的材料不予使用");
    }
    void operator()(const case_event::CollectingExpired& e) const
    {
        const std::string names = missing_names();
        set_aside_all();
        state.state = CaseState::expired;
        note(e.stamp, e.type,
             "截至 " + e.last_day + (names.empty() ? std::string("材料仍未齐全") : "，" + names + "仍未核验") +
                 "，申请已过期；已提交的材料不予使用");
    }
    void operator()(const case_event::Filed& e) const
    {
        const bool again = state.state == CaseState::supplement || state.filed_at != 0;
        pushed(e.stamp, e.collection_id, e.package_digest, e.handed_in_by);
        state.dossier = e.dossier;
        state.location = e.location;
        state.use = e.use;
        state.last_day.clear();
        if (state.filed_at == 0) state.filed_at = e.stamp.at;
        state.state = CaseState::filed;
        state.checklist.clear();  // it was about other papers
        note(e.stamp, e.type,
             again             ? "补正材料已送达登记机构"
             : is_joint(state) ? "各方材料已齐，申请已送达不动产所在地登记机构"
                               : "材料已推送到不动产所在地登记机构");
    }
    void operator()(const case_event::Accepted& e) const
    {
        state.acceptance = CaseDecision{e.stamp, e.remark};
        state.confirmed = failing_to_confirm(e.checks);
        state.due_on = e.due_on;
        state.calendar = e.calendar;
        // Events from before the ledger have no calendar.
        if (!e.calendar.empty()) {
            tick({ClockAct::start, e.stamp.at, e.working_days, "受理", "《不动产登记暂行条例》第二十条", e.due_on});
        }
        state.state = CaseState::accepted;
        note(e.stamp, e.type, e.due_on.empty() ? "已受理" : "已受理，承诺办结日期 " + e.due_on);
    }
    void operator()(const case_event::NotAccepted& e) const
    {
        state.outcome =
            CaseOutcome{"not_accepted", e.ground, e.reason, e.stamp, e.code, e.competent, e.competent_name, e.cites};
        state.state = CaseState::not_accepted;
        const std::string go_to = e.competent == 0 ? std::string{} : "；请向" + e.competent_name + "申请";
        note(e.stamp, e.type, "不予受理：" + e.reason + go_to);
    }
    void operator()(const case_event::SupplementRequested& e) const
    {
        state.supplement = CaseSupplement{e.stamp, e.lines, e.due_on};
        state.state = CaseState::supplement;
        const std::string until = e.due_on.empty() ? std::string{} : "，请于 " + e.due_on + " 前补齐";
        note(e.stamp, e.type, "需要补正 " + std::to_string(e.lines.size()) + " 项材料" + until);
    }
    void operator()(const case_event::Approved& e) const
    {
        state.review = CaseDecision{e.stamp, e.remark};
        state.bill_id = e.bill_id;
        state.state = CaseState::awaiting_payment;
        note(e.stamp, e.type,
             e.amount_fen == 0 ? std::string("审核通过，本次登记不收费")
                               : "审核通过，待缴纳登记费 " + money_text(e.amount_fen) + " 元");
    }
    void operator()(const case_event::Refused& e) const
    {
        state.outcome = CaseOutcome{"refused", e.ground, e.reason, e.stamp, e.code, 0, {}, e.cites};
        end("不予登记", e.stamp);
        state.state = CaseState::refused;
        note(e.stamp, e.type, "不予登记：" + e.reason);
    }
    void operator()(const case_event::Withdrawn& e) const
    {
        state.outcome = CaseOutcome{"withdrawn", {}, e.reason, e.stamp, {}, 0, {}};
        end("撤回", e.stamp);
        state.state = CaseState::withdrawn;
        note(e.stamp, e.type, "申请已撤回");
    }
    void operator()(const case_event::WithdrawalAsked& e) const
    {
        std::string names;
        for (const WithdrawalRequest& request : e.requests) {
            state.withdrawal_requests.push_back(request);
            names += (names.empty() ? "" : "、") + request.name;
        }
        const std::string left =
            e.left == 0 ? "全部申请人均已申请" : "尚有 " + std::to_string(e.left) + " 位共同申请人未申请，办件继续办理";
        note(e.stamp, e.type, names + "申请撤回；" + left);
    }
    void operator()(const case_event::Suspended& e) const
    {
        state.suspension = CaseSuspension{e.stamp, e.reason, e.legal, e.document, state.state};
        state.state = CaseState::suspended;
        const std::string why{suspension_text(e.reason)};
        tick({ClockAct::pause, e.stamp.at, 0, why, e.legal, {}});
        note(e.stamp, e.type, "已暂停办理：" + why);
    }
    void operator()(const case_event::Resumed& e) const
    {
        state.state = state.suspension->from;
        const std::string why{suspension_text(state.suspension->reason)};
        const std::string legal = state.suspension->legal;
        state.suspension.reset();
        promise({ClockAct::resume, e.stamp.at, 0, why + "的情形已消除", legal, e.due_on}, e.calendar);
        note(e.stamp, e.type, e.due_on.empty() ? "已恢复办理" : "已恢复办理，承诺办结日期 " + e.due_on);
    }
    void operator()(const case_event::SeizureNoted& e) const
    {
        note(e.stamp, e.type,
             "登记机构收到" + e.organ + (e.waiting ? "轮候查封" : "查封") + "该不动产的文书，查封期间不能登记");
    }
    void operator()(const case_event::ClockExtended& e) const
    {
        promise({ClockAct::extend, e.stamp.at, e.days, e.reason, e.legal, e.due_on}, e.calendar);
        note(e.stamp, e.type,
             "办理期限延长 " + std::to_string(e.days) + " 个工作日，承诺办结日期 " + e.due_on + "：" + e.reason);
    }
    void operator()(const case_event::ClockRecomputed& e) const
    {
        const bool same = state.due_on == e.due_on;
        promise({ClockAct::recompute, e.stamp.at, 0, "工作日历调整", {}, e.due_on}, e.calendar);
        note(e.stamp, e.type,
             same ? "工作日历已调整，承诺办结日期不变" : "工作日历已调整，承诺办结日期改为 " + e.due_on);
    }
    void operator()(const case_event::Paid& e) const
    {
        const std::string paid = "登记费 " + money_text(e.amount_fen) + " 元已缴纳";
        if (state.suspension) {
            state.suspension->from = CaseState::paid;
            return note(e.stamp, e.type, paid + "；办件仍在暂停中");
        }
        state.state = CaseState::paid;
        note(e.stamp, e.type, e.amount_fen == 0 ? std::string("无需缴费，等待登簿") : paid + "，等待登簿");
    }
    void operator()(const case_event::Registered& e) const
    {
        state.entry = CaseEntry{e.mortgage_order, e.certificate_number, e.stamp};
        state.entry_remark = e.remark;
        end("登簿", e.stamp);
        state.state = CaseState::registered;
        note(e.stamp, e.type, "已记载于不动产登记簿，" + e.text);
    }
    void operator()(const case_event::CertificateIssued& e) const { note(e.stamp, e.type, "电子证明已签发，可以下载"); }
    void operator()(const case_event::Cancelled& e) const
    {
        state.parts.front().state = PartState::cancelled;
        state.state = CaseState::cancelled;
        note(e.stamp, e.type, "代收已取消：" + e.reason);
    }
    void operator()(const auto& e) const { apply_at_desk(state, e); }
};

}  // namespace

Case apply(Case state, const CaseEvent& event)
{
    const CaseQueue before = queue_of(state.state);
    std::visit(Applier{state}, event);
    if (queue_of(state.state) != before) state.claim.reset();
    ++state.version;
    return state;
}

}  // namespace tongban
