#include "modules/cases/core/case_flow.h"

#include <algorithm>

#include "base/codes.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/cases/core/desk.h"
#include "modules/cases/core/return_reasons.h"

namespace tongban {
namespace {

using enum CaseState;

// Until the entry everything can be refused or withdrawn, after it only another registration helps (条例 15, 22).
constexpr CaseStep steps[] = {
    {draft,                 CaseAction::take_part,          CaseState::collecting, Duty::anyone,     Need::platform           },
    {draft,                 CaseAction::file,               filed,                 Duty::anyone,     Need::whole              },
    {draft,                 CaseAction::cancel,             cancelled,             Duty::anyone,     Need::platform           },
    {draft,                 CaseAction::seize,              draft,                 Duty::registrar,  Need::nothing            },
    {CaseState::collecting, CaseAction::open_part,          CaseState::collecting, Duty::anyone,     Need::platform           },
    {CaseState::collecting, CaseAction::take_part,          CaseState::collecting, Duty::anyone,     Need::platform           },
    {CaseState::collecting, CaseAction::file,               filed,                 Duty::anyone,     Need::whole              },
    {CaseState::collecting, CaseAction::cancel_part,        CaseState::collecting, Duty::anyone,     Need::platform           },
    {CaseState::collecting, CaseAction::end_collecting,     cancelled,             Duty::anyone,     Need::platform           },
    {CaseState::collecting, CaseAction::expire_collecting,  expired,               Duty::anyone,     Need::period_over        },
    {CaseState::collecting, CaseAction::seize,              CaseState::collecting, Duty::registrar,  Need::nothing            },
    {filed,                 CaseAction::open_part,          filed,                 Duty::anyone,     Need::platform           },
    {filed,                 CaseAction::file,               filed,                 Duty::anyone,     Need::whole              },
    {filed,                 CaseAction::cancel_part,        filed,                 Duty::anyone,     Need::platform           },
    {filed,                 CaseAction::accept,             accepted,              Duty::acceptor,   Need::preconditions      },
    {filed,                 CaseAction::refuse_acceptance,  not_accepted,          Duty::acceptor,   Need::nothing            },
    {filed,                 CaseAction::request_supplement, supplement,            Duty::acceptor,   Need::nothing            },
    {filed,                 CaseAction::withdraw,           withdrawn,             Duty::acceptor,   Need::all_applicants     },
    {filed,                 CaseAction::ask_withdrawal,     filed,                 Duty::applicant,  Need::own_party          },
    {filed,                 CaseAction::seize,              filed,                 Duty::registrar,  Need::nothing            },
    {supplement,            CaseAction::open_part,          supplement,            Duty::anyone,     Need::platform           },
    {supplement,            CaseAction::cancel_part,        supplement,            Duty::anyone,     Need::platform           },
    {supplement,            CaseAction::file,               filed,                 Duty::anyone,     Need::whole              },
    {supplement,            CaseAction::refuse_acceptance,  not_accepted,          Duty::acceptor,   Need::nothing            },
    {supplement,            CaseAction::expire_supplement,  not_accepted,          Duty::anyone,     Need::period_over        },
    {supplement,            CaseAction::withdraw,           withdrawn,             Duty::acceptor,   Need::all_applicants     },
    {supplement,            CaseAction::ask_withdrawal,     supplement,            Duty::applicant,  Need::own_party          },
    {supplement,            CaseAction::seize,              supplement,            Duty::registrar,  Need::nothing            },
    {accepted,              CaseAction::open_part,          accepted,              Duty::anyone,     Need::platform           },
    {accepted,              CaseAction::set_aside_part,     accepted,              Duty::anyone,     Need::platform           },
    {accepted,              CaseAction::approve,            awaiting_payment,      Duty::reviewer,   Need::not_acceptor       },
    {accepted,              CaseAction::refuse,             refused,               Duty::reviewer,   Need::nothing            },
    {accepted,              CaseAction::withdraw,           withdrawn,             Duty::acceptor,   Need::all_applicants     },
    {accepted,              CaseAction::ask_withdrawal,     accepted,              Duty::applicant,  Need::own_party          },
    {accepted,              CaseAction::suspend,            suspended,             Duty::reviewer,   Need::nothing            },
    {accepted,              CaseAction::seize,              suspended,             Duty::registrar,  Need::nothing            },
    {accepted,              CaseAction::stop_power,         suspended,             Duty::anyone,     Need::platform           },
    {accepted,              CaseAction::extend_clock,       accepted,              Duty::supervisor, Need::nothing            },
    {accepted,              CaseAction::recompute_clock,    accepted,              Duty::anyone,     Need::platform           },
    {awaiting_payment,      CaseAction::open_part,          awaiting_payment,      Duty::anyone,     Need::platform           },
    {awaiting_payment,      CaseAction::set_aside_part,     awaiting_payment,      Duty::anyone,     Need::platform           },
    {awaiting_payment,      CaseAction::record_payment,     paid,                  Duty::anyone,     Need::platform           },
    {awaiting_payment,      CaseAction::refuse,             refused,               Duty::reviewer,   Need::nothing            },
    {awaiting_payment,      CaseAction::withdraw,           withdrawn,             Duty::acceptor,   Need::all_applicants     },
    {awaiting_payment,      CaseAction::ask_withdrawal,     awaiting_payment,      Duty::applicant,  Need::own_party          },
    {awaiting_payment,      CaseAction::suspend,            suspended,             Duty::reviewer,   Need::nothing            },
    {awaiting_payment,      CaseAction::seize,              suspended,             Duty::registrar,  Need::nothing            },
    {awaiting_payment,      CaseAction::stop_power,         suspended,             Duty::anyone,     Need::platform           },
    {awaiting_payment,      CaseAction::extend_clock,       awaiting_payment,      Duty::supervisor, Need::nothing            },
    {awaiting_payment,      CaseAction::recompute_clock,    awaiting_payment,      Duty::anyone,     Need::platform           },
    {paid,                  CaseAction::open_part,          paid,                  Duty::anyone,     Need::platform           },
    {paid,                  CaseAction::set_aside_part,     paid,                  Duty::anyone,     Need::platform           },
    {paid,                  CaseAction::enter,              registered,            Duty::registrar,  Need::preconditions_again},
    {paid,                  CaseAction::refuse,             refused,               Duty::reviewer,   Need::nothing            },
    {paid,                  CaseAction::withdraw,           withdrawn,             Duty::acceptor,   Need::all_applicants     },
    {paid,                  CaseAction::ask_withdrawal,     paid,                  Duty::applicant,  Need::own_party          },
    {paid,                  CaseAction::suspend,            suspended,             Duty::reviewer,   Need::nothing            },
    {paid,                  CaseAction::seize,              suspended,             Duty::registrar,  Need::nothing            },
    {paid,                  CaseAction::stop_power,         suspended,             Duty::anyone,     Need::platform           },
    {paid,                  CaseAction::extend_clock,       paid,                  Duty::supervisor, Need::nothing            },
    {paid,                  CaseAction::recompute_clock,    paid,                  Duty::anyone,     Need::platform           },
    {suspended,             CaseAction::open_part,          suspended,             Duty::anyone,     Need::platform           },
    {suspended,             CaseAction::set_aside_part,     suspended,             Duty::anyone,     Need::platform           },
    {suspended,             CaseAction::resume,             accepted,              Duty::reviewer,   Need::register_free      },
    {suspended,             CaseAction::resume,             awaiting_payment,      Duty::reviewer,   Need::register_free      },
    {suspended,             CaseAction::resume,             paid,                  Duty::reviewer,   Need::register_free      },
    {suspended,             CaseAction::record_payment,     suspended,             Duty::anyone,     Need::platform           },
    {suspended,             CaseAction::refuse,             refused,               Duty::reviewer,   Need::nothing            },
    {suspended,             CaseAction::withdraw,           withdrawn,             Duty::acceptor,   Need::all_applicants     },
    {suspended,             CaseAction::ask_withdrawal,     suspended,             Duty::applicant,  Need::own_party          },
    {suspended,             CaseAction::seize,              suspended,             Duty::registrar,  Need::nothing            },
    {registered,            CaseAction::note_certificate,   registered,            Duty::anyone,     Need::platform           },
};

const CaseStep* find_step(const Case& state, CaseAction action)
{
    const auto found = std::ranges::find_if(steps, [&](const CaseStep& s) {
        // A suspended case goes on where it stood, and only money that it waited for can arrive.
        if (state.suspension && action == CaseAction::resume && s.to != state.suspension->from) return false;
        if (state.suspension && action == CaseAction::record_payment && state.suspension->from != awaiting_payment)
            return false;
        return s.from == state.state && s.action == action;
    });
    return found == std::end(steps) ? nullptr : &*found;
}

bool is_automatic(const CaseStep& step)
{
    return step.need == Need::platform || step.need == Need::period_over || step.need == Need::whole;
}

// The applicant is the party himself or speaks for it.
bool speaks_for(const Case& state, const Actor& applicant, const std::string& party)
{
    if (applicant.case_number != state.number || applicant.party.empty()) return false;
    if (applicant.party == party) return true;
    const Participant* speaker = find_party(state.dossier, applicant.party);
    return speaker != nullptr && speaker->party.represents == party;
}

bool same_person(const CaseStep& step, const Case& state, const Actor& actor, bool reviewer_may_be_acceptor)
{
    if (step.need != Need::not_acceptor && step.need != Need::preconditions_again) return false;
    if (step.action == CaseAction::approve && reviewer_may_be_acceptor) return false;
    return state.acceptance.has_value() && state.acceptance->stamp.account == actor.account;
}

Error same_person_error(const Case& state)
{
    const Stamp& by = state.acceptance->stamp;
    return Error{cases_problem::same_person,
                 by.name + "于" + china_date_time(by.at) + "受理了该办件，须由另一人办理此步骤"}
        .with("accepted_by", by.name);
}

Error already_registered_error(const Case& state)
{
    const Stamp& by = state.entry->stamp;
    return Error{cases_problem::already_registered,
                 by.name + "已于" + china_date_time(by.at) + "登簿，证明号 " + state.entry->certificate_number}
        .with("registered_by", by.name)
        .with("registered_at", utc_text(by.at));
}

// cases.remark_needed naming the rules to confirm that did not pass and that nobody has confirmed yet.
Result<void> nothing_to_confirm(const std::vector<RuleResult>& checks, const std::vector<std::string>& confirmed)
{
    std::vector<FieldError> fields;
    std::string ids;
    for (const std::string& id : failing_to_confirm(checks)) {
        if (std::ranges::find(confirmed, id) != confirmed.end()) continue;
        const auto check = std::ranges::find(checks, id, &RuleResult::rule);
        fields.push_back({"/remark", id, check->message});
        ids += (ids.empty() ? "" : ",") + id;
    }
    if (fields.empty()) return {};
    return Error{cases_problem::remark_needed, "请说明已如何核实所列事项", std::move(fields)}.with("rules",
                                                                                                   std::move(ids));
}

Result<void> judge_need(const CaseStep& step, const Case& state, const CaseFacts& facts, const std::string& remark)
{
    switch (step.need) {
    case Need::nothing:
    case Need::platform:
    case Need::all_applicants: return {};
    case Need::register_free: return is_blocked(facts.checks) ? blocked_error(facts.checks) : Result<void>{};
    case Need::own_party: return {};
    case Need::whole: return {};  // judged with what is brought, by Maker
    case Need::period_over:
        if (state.state == CaseState::collecting) {
            if (china_date(facts.now) > state.last_day) return {};
            return Error{cases_problem::period_not_over};
        }
        if (state.supplement && !state.supplement->due_on.empty() && china_date(facts.now) > state.supplement->due_on)
            return {};
        return Error{cases_problem::period_not_over};
    case Need::preconditions:
        if (is_blocked(facts.checks)) return blocked_error(facts.checks);
        return remark.empty() ? nothing_to_confirm(facts.checks, {}) : Result<void>{};
    case Need::not_acceptor:
    case Need::preconditions_again:
        if (same_person(step, state, facts.actor, facts.reviewer_may_be_acceptor)) return same_person_error(state);
        if (is_blocked(facts.checks)) return blocked_error(facts.checks);
        if (step.need == Need::not_acceptor || !remark.empty()) return {};
        return nothing_to_confirm(facts.checks, state.confirmed);
    }
    throw BrokenInvariant("a need that nobody judges");
}

// One overload per command: its remark, and the events it gives when everything is in order.
struct Maker {
    const Case& state;
    const CaseFacts& facts;
    Stamp stamp;

    using Events = Result<std::vector<CaseEvent>>;
    static std::vector<CaseEvent> one(CaseEvent event)
    {
        std::vector<CaseEvent> events;
        events.push_back(std::move(event));
        return events;
    }

    // Every return is counted under a code: the one given, else the usual one of its ground.
    static Result<std::string> reason_code(ReturnMoment moment, const std::string& given, std::string_view ground)
    {
        const std::string code = given.empty() ? std::string(usual_reason(ground)) : given;
        const ReturnReason* reason = find_return_reason(code);
        if (reason == nullptr || !reason->allows(moment)) return Error{cases_problem::reason_unknown, code};
        return code;
    }

    // What is new, and the end of the case when nobody is left who still applies. An applicant's own word never ends
    // it: the home registry takes the withdrawal (H20).
    Events withdrawal(const std::vector<std::string>& parties, const std::string& reason, bool may_end) const
    {
        std::vector<const Party*> left = still_applying(state);
        const std::vector<const Party*> all = joint_applicants(state);
        case_event::WithdrawalAsked asked{stamp, {}, 0};
        for (const std::string& id : parties) {
            const auto known = std::ranges::find(all, id, [](const Party* party) { return party->id; });
            if (known == all.end()) return Error{cases_problem::not_an_applicant, id};
            if (std::erase(left, *known) == 0) continue;  // has asked before
            asked.requests.push_back({stamp, id, (*known)->name, reason});
        }
        asked.left = static_cast<int>(left.size());
        std::vector<CaseEvent> events;
        if (!asked.requests.empty()) events.emplace_back(asked);
        if (left.empty() && may_end) events.emplace_back(case_event::Withdrawn{stamp, reason});
        if (!events.empty()) return events;
        std::string names;
        for (const Party* party : left) names += (names.empty() ? "" : "、") + party->name;
        return Error{cases_problem::applicants_missing,
                     names.empty() ? "已经申请过撤回" : "尚未申请撤回的共同申请人：" + names};
    }

    Events operator()(const case_command::Open&) const { throw BrokenInvariant("opening is no step"); }
    // The visit that brings it belongs to the case, and there is something to apply for.
    Result<Dossier> taken(const case_command::Part& c) const
    {
        const CasePart* part = find_part(state, c.collection_id);
        if (part == nullptr) return Error{cases_problem::wrong_package, "材料包来自另一次代收"};
        if (part->state == PartState::cancelled) return Error{cases_problem::wrong_package, "这次代收已经取消"};
        Dossier dossier = with_part(state, c);
        if (!dossier.application) return Error{cases_problem::wrong_package, "材料包没有申请信息"};
        return dossier;
    }
    Events operator()(const case_command::OpenPart& c) const
    {
        if (find_part(state, c.part.collection_id) != nullptr) return std::vector<CaseEvent>{};
        return one(case_event::PartOpened{stamp, c.part});
    }
    Events operator()(const case_command::TakePart& c) const
    {
        Dossier dossier = TRY(taken(c));
        return one(case_event::PartTaken{stamp, std::move(dossier), c.package_digest, c.location, c.use,
                                         c.collection_id, c.handed_in_by,
                                         state.last_day.empty() ? c.last_day : state.last_day});
    }
    // A single visit was judged where it was made; of several, only the home registry has the whole before it.
    Events operator()(const case_command::File& c) const
    {
        Dossier dossier = TRY(taken(c));
        if (is_joint(state) || has_parties_elsewhere(dossier)) {
            TONGBAN_ASSERT(facts.item != nullptr);
            const std::string day = state.applied_at == 0 ? china_date(facts.now) : application_day(state);
            const std::vector<std::string> missing = missing_for_filing(dossier, *facts.item, day);
            if (!missing.empty()) return Error{cases_problem::not_whole, missing.front()};
        }
        return one(case_event::Filed{stamp, std::move(dossier), c.package_digest, c.location, c.use, c.collection_id,
                                     c.handed_in_by});
    }
    Events operator()(const case_command::SetAsidePart& c) const
    {
        if (find_part(state, c.collection_id) == nullptr) return Error{cases_problem::wrong_package};
        return one(case_event::PartSetAside{stamp, c.collection_id, c.package_digest});
    }
    Events operator()(const case_command::CancelPart& c) const
    {
        const CasePart* part = find_part(state, c.collection_id);
        if (part == nullptr || part->state != PartState::open) return std::vector<CaseEvent>{};
        return one(case_event::PartCancelled{stamp, c.collection_id, c.reason});
    }
    Events operator()(const case_command::EndCollecting& c) const
    {
        const CasePart* part = find_part(state, c.collection_id);
        if (part == nullptr || part->state != PartState::pushed) return Error{cases_problem::wrong_duty};
        return one(case_event::CollectingEnded{stamp, c.collection_id, c.reason});
    }
    Events operator()(const case_command::ExpireCollecting&) const
    {
        return one(case_event::CollectingExpired{stamp, state.last_day});
    }
    Events operator()(const case_command::Accept& c) const
    {
        return one(case_event::Accepted{stamp, c.remark, facts.due_on, facts.checks, facts.promised_working_days,
                                        facts.calendar});
    }
    Events operator()(const case_command::RefuseAcceptance& c) const
    {
        const bool elsewhere = c.ground == "outside_territory";
        if (elsewhere != (c.competent != 0) || c.competent == state.agency) {
            return Error{cases_problem::competent_needed};
        }
        const std::string code = TRY(reason_code(ReturnMoment::non_acceptance, c.code, c.ground));
        return one(case_event::NotAccepted{stamp, c.ground, c.reason, code, c.competent, c.competent_name, c.cites});
    }
    Events operator()(const case_command::RequestSupplement& c) const
    {
        std::vector<SupplementLine> lines = c.lines;
        for (SupplementLine& line : lines) line.reason = TRY(reason_code(ReturnMoment::supplement, line.reason, {}));
        return one(case_event::SupplementRequested{stamp, std::move(lines), c.due_on});
    }
    Events operator()(const case_command::ExpireSupplement&) const
    {
        return one(case_event::NotAccepted{stamp,
                                           "supplement_not_given",
                                           "未在" + state.supplement->due_on + "前补正所列材料",
                                           "supplement_not_given",
                                           0,
                                           {}});
    }
    Events operator()(const case_command::Approve& c) const
    {
        return one(case_event::Approved{stamp, c.remark, c.bill_id, c.amount_fen});
    }
    Events operator()(const case_command::Refuse& c) const
    {
        const std::string code = TRY(reason_code(ReturnMoment::refusal, c.code, c.ground));
        return one(case_event::Refused{stamp, c.ground, c.reason, code, c.cites});
    }
    Events operator()(const case_command::Withdraw& c) const { return withdrawal(c.parties, c.reason, true); }
    Events operator()(const case_command::AskWithdrawal& c) const { return withdrawal({c.party}, c.reason, false); }
    Events operator()(const case_command::Suspend& c) const
    {
        return one(case_event::Suspended{stamp, c.reason, c.legal, c.document});
    }
    Events operator()(const case_command::Resume& c) const
    {
        return one(case_event::Resumed{stamp, c.remark, facts.due_on, facts.calendar});
    }
    Events operator()(const case_command::Seize& c) const
    {
        const bool stops = state.state == accepted || state.state == awaiting_payment || state.state == paid;
        if (!stops) return one(case_event::SeizureNoted{stamp, c.organ, c.document_number, c.delivered_at, c.waiting});
        return one(case_event::Suspended{stamp, "seizure", "《不动产登记暂行条例》第二十二条、查封扣押冻结规定",
                                         c.organ + " " + c.document_number});
    }
    Events operator()(const case_command::StopPower& c) const
    {
        return one(case_event::Suspended{stamp, "power", "《民法典》第一百七十三条",
                                         c.principal + "撤销常设委托 " + c.number});
    }
    Events operator()(const case_command::ExtendClock& c) const
    {
        return one(case_event::ClockExtended{stamp, c.days, c.reason, c.legal, facts.due_on, facts.calendar});
    }
    Events operator()(const case_command::RecomputeClock&) const
    {
        return one(case_event::ClockRecomputed{stamp, facts.due_on, facts.calendar});
    }
    Events operator()(const case_command::RecordPayment& c) const
    {
        TONGBAN_ASSERT(c.bill_id == state.bill_id);
        return one(case_event::Paid{stamp, c.bill_id, c.amount_fen, c.reference});
    }
    Events operator()(const case_command::Enter& c) const
    {
        return one(
            case_event::Registered{stamp, c.mortgage_order, c.certificate_number, facts.checks, c.remark, c.text});
    }
    Events operator()(const case_command::NoteCertificate& c) const
    {
        return one(case_event::CertificateIssued{stamp, c.certificate_number});
    }
    Events operator()(const case_command::Cancel& c) const { return one(case_event::Cancelled{stamp, c.reason}); }
    template <class Desk>
    Events operator()(const Desk&) const
    {
        throw BrokenInvariant("decide_at_desk() answers this");
    }
};

std::string remark_of(const CaseCommand& command)
{
    if (const auto* accept = std::get_if<case_command::Accept>(&command)) return accept->remark;
    if (const auto* enter = std::get_if<case_command::Enter>(&command)) return enter->remark;
    return {};
}

}  // namespace

Dossier with_part(const Case& state, const case_command::Part& brought)
{
    const bool alone = state.parts.size() == 1 && !has_parties_elsewhere(state.dossier);
    if (alone) return brought_by(brought.dossier, brought.collection_id);
    return merged(state.dossier, brought.dossier, brought.collection_id);
}

std::span<const CaseStep> case_steps()
{
    return steps;
}

CaseAction action_of(const CaseCommand& command)
{
    struct Name {
        CaseAction operator()(const case_command::Open&) const { return CaseAction::open; }
        CaseAction operator()(const case_command::OpenPart&) const { return CaseAction::open_part; }
        CaseAction operator()(const case_command::TakePart&) const { return CaseAction::take_part; }
        CaseAction operator()(const case_command::File&) const { return CaseAction::file; }
        CaseAction operator()(const case_command::SetAsidePart&) const { return CaseAction::set_aside_part; }
        CaseAction operator()(const case_command::CancelPart&) const { return CaseAction::cancel_part; }
        CaseAction operator()(const case_command::EndCollecting&) const { return CaseAction::end_collecting; }
        CaseAction operator()(const case_command::ExpireCollecting&) const { return CaseAction::expire_collecting; }
        CaseAction operator()(const case_command::Accept&) const { return CaseAction::accept; }
        CaseAction operator()(const case_command::RefuseAcceptance&) const { return CaseAction::refuse_acceptance; }
        CaseAction operator()(const case_command::RequestSupplement&) const { return CaseAction::request_supplement; }
        CaseAction operator()(const case_command::Approve&) const { return CaseAction::approve; }
        CaseAction operator()(const case_command::Refuse&) const { return CaseAction::refuse; }
        CaseAction operator()(const case_command::Withdraw&) const { return CaseAction::withdraw; }
        CaseAction operator()(const case_command::ExpireSupplement&) const { return CaseAction::expire_supplement; }
        CaseAction operator()(const case_command::AskWithdrawal&) const { return CaseAction::ask_withdrawal; }
        CaseAction operator()(const case_command::Suspend&) const { return CaseAction::suspend; }
        CaseAction operator()(const case_command::Resume&) const { return CaseAction::resume; }
        CaseAction operator()(const case_command::Seize&) const { return CaseAction::seize; }
        CaseAction operator()(const case_command::StopPower&) const { return CaseAction::stop_power; }
        CaseAction operator()(const case_command::ExtendClock&) const { return CaseAction::extend_clock; }
        CaseAction operator()(const case_command::RecomputeClock&) const { return CaseAction::recompute_clock; }
        CaseAction operator()(const case_command::RecordPayment&) const { return CaseAction::record_payment; }
        CaseAction operator()(const case_command::Enter&) const { return CaseAction::enter; }
        CaseAction operator()(const case_command::NoteCertificate&) const { return CaseAction::note_certificate; }
        CaseAction operator()(const case_command::Cancel&) const { return CaseAction::cancel; }
        CaseAction operator()(const case_command::Claim&) const { return CaseAction::claim; }
        CaseAction operator()(const case_command::Release&) const { return CaseAction::release; }
        CaseAction operator()(const case_command::Assign&) const { return CaseAction::assign; }
        CaseAction operator()(const case_command::AddNote&) const { return CaseAction::add_note; }
        CaseAction operator()(const case_command::AnswerChecklist&) const { return CaseAction::answer_checklist; }
    };
    return std::visit(Name{}, command);
}

Result<std::vector<CaseEvent>> decide(const Case& state, const CaseCommand& command, const CaseFacts& facts)
{
    const CaseAction action = action_of(command);
    const Stamp stamp =
        facts.platform ? Stamp{facts.now, "platform", "系统"} : Stamp{facts.now, facts.actor.account, facts.actor.name};
    if (const auto* open = std::get_if<case_command::Open>(&command)) {
        if (state.version != 0 || !facts.platform) return Error{cases_problem::action_not_allowed};
        return Maker::one(case_event::Opened{stamp, agency_of_number(open->number), open->id, open->number, open->item,
                                             open->catalog_version, open->origin});
    }
    if (state.version == 0) return Error{cases_problem::not_found};
    if (is_desk_work(action)) return decide_at_desk(state, command, facts, stamp);
    if (action == CaseAction::enter && state.state == registered) return already_registered_error(state);
    const CaseStep* step = find_step(state, action);
    if (step == nullptr) {
        return Error{cases_problem::action_not_allowed, "办件当前为“" + std::string(chinese(state.state)) + "”"}.with(
            "state", std::string(to_text(state.state)));
    }
    if (is_automatic(*step)) {
        if (!facts.platform) return Error{cases_problem::wrong_duty};
    } else if (facts.platform || facts.actor.agency != state.agency || !facts.actor.holds(step->duty)) {
        return Error{cases_problem::wrong_duty};
    }
    if (step->need == Need::own_party) {
        const auto* asking = std::get_if<case_command::AskWithdrawal>(&command);
        if (asking == nullptr || !speaks_for(state, facts.actor, asking->party))
            return Error{cases_problem::wrong_duty};
    }
    if (!facts.platform && step->duty == duty_of(queue_of(state.state))) TRY(check_claim(state, facts.actor));
    TRY(judge_need(*step, state, facts, remark_of(command)));
    if (action == CaseAction::approve) TRY(check_answered(state, Duty::reviewer, facts.questions));
    std::vector<CaseEvent> events = TRY(std::visit(Maker{state, facts, stamp}, command));
    return with_claim(state, *step, facts, stamp, std::move(events));
}

std::vector<CaseAction> allowed_actions(const Case& state, const Actor& actor, bool reviewer_may_be_acceptor)
{
    std::vector<CaseAction> actions;
    for (const CaseStep& step : steps) {
        // A court document is entered on the unit, not on a case.
        if (step.from != state.state || is_automatic(step) || step.action == CaseAction::seize) continue;
        if (actor.agency != state.agency || !actor.holds(step.duty)) continue;
        if (same_person(step, state, actor, reviewer_may_be_acceptor)) continue;
        if (step.duty == duty_of(queue_of(state.state)) && claimed_by_another(state, actor)) continue;
        if (std::ranges::find(actions, step.action) == actions.end()) actions.push_back(step.action);
    }
    return actions;
}

Result<void> check_version(const Case& state, std::int64_t seen, CaseAction action)
{
    if (state.version == seen) return {};
    if (action == CaseAction::enter && state.state == registered) return already_registered_error(state);
    if (action == CaseAction::claim) TRY(check_claim(state, Actor{}));
    const std::string what = last_words(state);
    return Error{cases_problem::changed_meanwhile,
                 state.last.name + "于" + china_date_time(state.last.at) + "更新了办件：" + what}
        .with("changed_by", state.last.name)
        .with("changed_at", utc_text(state.last.at))
        .with("last_event", state.last_event)
        .with("version", std::to_string(state.version));
}

}  // namespace tongban
