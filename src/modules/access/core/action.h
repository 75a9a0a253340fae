#pragma once
// Who may do what: one table, duty × action × scope. What is not listed is refused.
// The division of powers of the policy is in it: a collecting window 代收 holds no action of acceptance, review or
// registration, and nobody may grant himself one (domain.md 0.3, 鲁自然资字〔2021〕101号 原则三 属地登记).

#include <span>
#include <string_view>

namespace tongban {

// A post that an account holds at one registry. An account may hold several; `anyone` is held by everybody,
// signed in or not, and `applicant` only by a person who followed a case with its number and a code sent by SMS, or who
// signed in to the portal with number, name and a code.
enum class Duty { anyone, applicant, collector, acceptor, reviewer, registrar, cashier, supervisor, cataloguer };

// One per class of API operation.
enum class Action {
    read_public,         // catalogue, divisions, problem texts, the API's own description
    verify_certificate,  // public verification by number and code or by file
    sign_in,             // staff sign-in; asking for and using a tracking code
    use_session,         // see or end one's own session
    receive_callback,    // signed calls of payment gateways and other systems: the handler checks the signature
    check_unit,          // which registry a unit belongs to and whether it is known; no holder's data
    read_card,           // the card reader of the own window
    list_sittings,
    open_sitting,  // begin a 代收 sitting
    read_sitting,
    edit_sitting,  // parties, identity checks, interview, materials, seal
    push_sitting,
    list_cases,
    read_case,
    follow_case,           // an applicant's own case: where it stands, paying, the certificate
    use_portal,            // one's own account of the portal: identity, own cases, appointments
    see_appointments,      // who is expected at the window today
    reveal_personal_data,  // unmasked numbers and phones, with a reason
    claim_case,            // 领取 a case that waits for one's duty, and put it back
    assign_case,           // 改派, and take back
    note_case,             // internal notes
    answer_checklist,      // judge the questions of the review
    accept_case,           // 受理
    decline_case,          // 不予受理
    return_case,           // 补正
    withdraw_case,         // 撤回
    review_case,           // 审核: approve or refuse
    suspend_case,          // 暂停, and going on
    extend_case,           // more working days, with a legal reason
    charge_case,           // fee notice 缴费通知
    pay_case,
    read_money,           // refunds, money nobody could place, daily reconciliation 对账
    settle_money,         // decide about it: match, give back, explain; charge again what was wrongly exempt
    declare_tax,          // declare a case to the tax authority, or ask it again
    register_case,        // 登簿
    take_court_document,  // seizure and release, delivered to the registry
    read_powers,          // standing powers of attorney 常设委托 of the own registry
    file_power,           // file one with its paper; take down that it is revoked
    check_power,          // check what another person filed
    read_register,        // the register book 登记簿
    read_certificate,     // download
    read_journal,         // events and refusals; who looked at a case
    export_capsule,       // the evidence of one case, as a file
    read_statistics,
    read_changes,   // what a registry changes in its lists, switches and calendar, drafts included
    draft_change,   // write, hand in, withdraw
    review_change,  // approve or send back what another person wrote
    read_rollout    // items × registries × channels; of one's own registry, or of all at the province
};

// Whose records the permission covers.
enum class Scope {
    anyone,       // no record or nobody's in particular
    own_agency,   // records of the actor's registry
    own_sitting,  // a sitting that the actor opened at the actor's registry
    own_case,     // the one case the actor signed in for
    own_account   // what belongs to the person's own account of the portal
};

struct Permission {
    Duty duty;
    Action action;
    Scope scope;
};

// The whole table; docs/permissions.md is its printed form and a test compares the two.
std::span<const Permission> permissions();

std::span<const Duty> all_duties();
std::span<const Action> all_actions();
std::span<const Scope> all_scopes();

std::string_view to_text(Duty duty);
std::string_view to_text(Action action);
std::string_view to_text(Scope scope);
std::string_view chinese(Duty duty);           // 代收岗 …
const Duty* find_duty(std::string_view text);  // nullptr when there is no such duty

}  // namespace tongban
