// apply(): each event into the state, and its line of the timeline.
#include "base/money.h"
#include "modules/cases/core/case_flow.h"

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

    void operator()(const case_event::Opened& e) const
    {
        state.agency = e.agency;
        state.id = e.id;
        state.number = e.number;
        state.item = e.item;
        state.catalog_version = e.catalog_version;
        state.origin = e.origin;
        state.state = CaseState::draft;
        note(e.stamp, e.type, "已建立办件，窗口正在收取材料");
    }
    void operator()(const case_event::Filed& e) const
    {
        const bool again = state.state == CaseState::supplement;
        state.dossier = e.dossier;
        state.package_digest = e.package_digest;
        state.location = e.location;
        state.use = e.use;
        if (state.filed_at == 0) state.filed_at = e.stamp.at;
        state.state = CaseState::filed;
        note(e.stamp, e.type, again ? "补正材料已送达登记机构" : "材料已推送到不动产所在地登记机构");
    }
    void operator()(const case_event::Accepted& e) const
    {
        state.acceptance = CaseDecision{e.stamp, e.remark};
        state.confirmed = failing_to_confirm(e.checks);
        state.due_on = e.due_on;
        state.state = CaseState::accepted;
        note(e.stamp, e.type, e.due_on.empty() ? "已受理" : "已受理，承诺办结日期 " + e.due_on);
    }
    void operator()(const case_event::NotAccepted& e) const
    {
        state.outcome = CaseOutcome{"not_accepted", e.ground, e.reason, e.stamp};
        state.state = CaseState::not_accepted;
        note(e.stamp, e.type, "不予受理：" + e.reason);
    }
    void operator()(const case_event::SupplementRequested& e) const
    {
        state.supplement = CaseSupplement{e.stamp, e.lines};
        state.state = CaseState::supplement;
        note(e.stamp, e.type, "需要补正 " + std::to_string(e.lines.size()) + " 项材料");
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
        state.outcome = CaseOutcome{"refused", e.ground, e.reason, e.stamp};
        state.state = CaseState::refused;
        note(e.stamp, e.type, "不予登记：" + e.reason);
    }
    void operator()(const case_event::Withdrawn& e) const
    {
        state.outcome = CaseOutcome{"withdrawn", {}, e.reason, e.stamp};
        state.state = CaseState::withdrawn;
        note(e.stamp, e.type, "申请已撤回");
    }
    void operator()(const case_event::Paid& e) const
    {
        state.state = CaseState::paid;
        note(e.stamp, e.type,
             e.amount_fen == 0 ? std::string("无需缴费，等待登簿")
                               : "登记费 " + money_text(e.amount_fen) + " 元已缴纳，等待登簿");
    }
    void operator()(const case_event::Registered& e) const
    {
        state.entry = CaseEntry{e.mortgage_order, e.certificate_number, e.stamp};
        state.entry_remark = e.remark;
        state.state = CaseState::registered;
        note(e.stamp, e.type, "已记载于不动产登记簿，" + e.text);
    }
    void operator()(const case_event::CertificateIssued& e) const { note(e.stamp, e.type, "电子证明已签发，可以下载"); }
    void operator()(const case_event::Cancelled& e) const
    {
        state.state = CaseState::cancelled;
        note(e.stamp, e.type, "代收已取消：" + e.reason);
    }
};

}  // namespace

Case apply(Case state, const CaseEvent& event)
{
    std::visit(Applier{state}, event);
    ++state.version;
    return state;
}

}  // namespace tongban
