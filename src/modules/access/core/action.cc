#include "modules/access/core/action.h"

#include "base/text_table.h"

namespace tongban {
namespace {

using enum Duty;

// Read it as: a <duty> may <action> on <scope>. Grouped by action, in the order of the work.
constexpr Permission table[] = {
    {anyone,     Action::read_public,          Scope::anyone     },
    {anyone,     Action::verify_certificate,   Scope::anyone     },
    {anyone,     Action::sign_in,              Scope::anyone     },
    {anyone,     Action::use_session,          Scope::anyone     },
    {anyone,     Action::receive_callback,     Scope::anyone     },

    {collector,  Action::check_unit,           Scope::anyone     },
    {acceptor,   Action::check_unit,           Scope::anyone     },
    {collector,  Action::read_card,            Scope::own_agency },
    {acceptor,   Action::read_card,            Scope::own_agency },

    {collector,  Action::list_sittings,        Scope::own_agency },
    {supervisor, Action::list_sittings,        Scope::own_agency },
    {collector,  Action::open_sitting,         Scope::own_agency },
    {applicant,  Action::open_sitting,         Scope::own_sitting},
    {collector,  Action::read_sitting,         Scope::own_agency },
    {applicant,  Action::read_sitting,         Scope::own_sitting},
    {supervisor, Action::read_sitting,         Scope::own_agency },
    {collector,  Action::edit_sitting,         Scope::own_sitting},
    {applicant,  Action::edit_sitting,         Scope::own_sitting},
    {collector,  Action::push_sitting,         Scope::own_sitting},
    {applicant,  Action::push_sitting,         Scope::own_sitting},

    {acceptor,   Action::list_cases,           Scope::own_agency },
    {reviewer,   Action::list_cases,           Scope::own_agency },
    {registrar,  Action::list_cases,           Scope::own_agency },
    {supervisor, Action::list_cases,           Scope::own_agency },
    {applicant,  Action::read_case,            Scope::own_case   },
    {applicant,  Action::follow_case,          Scope::own_case   },
    {applicant,  Action::use_portal,           Scope::own_account},
    {collector,  Action::see_appointments,     Scope::own_agency },
    {acceptor,   Action::see_appointments,     Scope::own_agency },
    {supervisor, Action::see_appointments,     Scope::own_agency },
    {acceptor,   Action::read_case,            Scope::own_agency },
    {reviewer,   Action::read_case,            Scope::own_agency },
    {registrar,  Action::read_case,            Scope::own_agency },
    {supervisor, Action::read_case,            Scope::own_agency },
    {collector,  Action::reveal_personal_data, Scope::own_sitting},
    {acceptor,   Action::reveal_personal_data, Scope::own_agency },
    {reviewer,   Action::reveal_personal_data, Scope::own_agency },
    {registrar,  Action::reveal_personal_data, Scope::own_agency },

    {acceptor,   Action::claim_case,           Scope::own_agency },
    {reviewer,   Action::claim_case,           Scope::own_agency },
    {registrar,  Action::claim_case,           Scope::own_agency },
    {supervisor, Action::assign_case,          Scope::own_agency },
    {acceptor,   Action::note_case,            Scope::own_agency },
    {reviewer,   Action::note_case,            Scope::own_agency },
    {registrar,  Action::note_case,            Scope::own_agency },
    {supervisor, Action::note_case,            Scope::own_agency },
    {acceptor,   Action::answer_checklist,     Scope::own_agency },
    {reviewer,   Action::answer_checklist,     Scope::own_agency },
    {acceptor,   Action::accept_case,          Scope::own_agency },
    {acceptor,   Action::decline_case,         Scope::own_agency },
    {acceptor,   Action::return_case,          Scope::own_agency },
    {reviewer,   Action::return_case,          Scope::own_agency },
    {applicant,  Action::withdraw_case,        Scope::own_case   },
    {acceptor,   Action::withdraw_case,        Scope::own_agency },
    {reviewer,   Action::review_case,          Scope::own_agency },
    {reviewer,   Action::suspend_case,         Scope::own_agency },
    {supervisor, Action::extend_case,          Scope::own_agency },
    {reviewer,   Action::charge_case,          Scope::own_agency },
    {applicant,  Action::pay_case,             Scope::own_case   },
    {acceptor,   Action::pay_case,             Scope::own_agency },
    {cashier,    Action::read_money,           Scope::own_agency },
    {supervisor, Action::read_money,           Scope::own_agency },
    {cashier,    Action::settle_money,         Scope::own_agency },
    {applicant,  Action::declare_tax,          Scope::own_case   },
    {acceptor,   Action::declare_tax,          Scope::own_agency },
    {registrar,  Action::declare_tax,          Scope::own_agency },
    {registrar,  Action::register_case,        Scope::own_agency },
    {registrar,  Action::take_court_document,  Scope::own_agency },

    {collector,  Action::read_powers,          Scope::own_agency },
    {acceptor,   Action::read_powers,          Scope::own_agency },
    {reviewer,   Action::read_powers,          Scope::own_agency },
    {supervisor, Action::read_powers,          Scope::own_agency },
    {collector,  Action::file_power,           Scope::own_agency },
    {acceptor,   Action::file_power,           Scope::own_agency },
    {reviewer,   Action::check_power,          Scope::own_agency },

    {acceptor,   Action::read_register,        Scope::own_agency },
    {reviewer,   Action::read_register,        Scope::own_agency },
    {registrar,  Action::read_register,        Scope::own_agency },
    {applicant,  Action::read_certificate,     Scope::own_case   },
    {acceptor,   Action::read_certificate,     Scope::own_agency },
    {reviewer,   Action::read_certificate,     Scope::own_agency },
    {registrar,  Action::read_certificate,     Scope::own_agency },

    {registrar,  Action::export_capsule,       Scope::own_agency },
    {supervisor, Action::export_capsule,       Scope::own_agency },
    {supervisor, Action::read_journal,         Scope::own_agency },
    {supervisor, Action::read_statistics,      Scope::own_agency },

    {cataloguer, Action::read_changes,         Scope::own_agency },
    {supervisor, Action::read_changes,         Scope::own_agency },
    {cataloguer, Action::draft_change,         Scope::own_agency },
    {cataloguer, Action::review_change,        Scope::own_agency },
    {supervisor, Action::review_change,        Scope::own_agency },
    {cataloguer, Action::read_rollout,         Scope::own_agency },
    {supervisor, Action::read_rollout,         Scope::own_agency },
};

constexpr TextTable<Duty, 9> duty_texts{{{
    {anyone, "anyone"},
    {applicant, "applicant"},
    {collector, "collector"},
    {acceptor, "acceptor"},
    {reviewer, "reviewer"},
    {registrar, "registrar"},
    {cashier, "cashier"},
    {supervisor, "supervisor"},
    {cataloguer, "cataloguer"},
}}};

constexpr TextTable<Duty, 9> duty_names{{{
    {anyone, "任何人"},
    {applicant, "申请人"},
    {collector, "代收岗"},
    {acceptor, "受理岗"},
    {reviewer, "审核岗"},
    {registrar, "登簿岗"},
    {cashier, "收费岗"},
    {supervisor, "督查岗"},
    {cataloguer, "目录管理岗"},
}}};

constexpr TextTable<Action, 48> action_texts{{{
    {Action::read_public, "read_public"},
    {Action::verify_certificate, "verify_certificate"},
    {Action::sign_in, "sign_in"},
    {Action::use_session, "use_session"},
    {Action::receive_callback, "receive_callback"},
    {Action::check_unit, "check_unit"},
    {Action::read_card, "read_card"},
    {Action::list_sittings, "list_sittings"},
    {Action::open_sitting, "open_sitting"},
    {Action::read_sitting, "read_sitting"},
    {Action::edit_sitting, "edit_sitting"},
    {Action::push_sitting, "push_sitting"},
    {Action::list_cases, "list_cases"},
    {Action::read_case, "read_case"},
    {Action::follow_case, "follow_case"},
    {Action::use_portal, "use_portal"},
    {Action::see_appointments, "see_appointments"},
    {Action::reveal_personal_data, "reveal_personal_data"},
    {Action::claim_case, "claim_case"},
    {Action::assign_case, "assign_case"},
    {Action::note_case, "note_case"},
    {Action::answer_checklist, "answer_checklist"},
    {Action::accept_case, "accept_case"},
    {Action::decline_case, "decline_case"},
    {Action::return_case, "return_case"},
    {Action::withdraw_case, "withdraw_case"},
    {Action::review_case, "review_case"},
    {Action::suspend_case, "suspend_case"},
    {Action::extend_case, "extend_case"},
    {Action::charge_case, "charge_case"},
    {Action::pay_case, "pay_case"},
    {Action::read_money, "read_money"},
    {Action::settle_money, "settle_money"},
    {Action::declare_tax, "declare_tax"},
    {Action::register_case, "register_case"},
    {Action::take_court_document, "take_court_document"},
    {Action::read_powers, "read_powers"},
    {Action::file_power, "file_power"},
    {Action::check_power, "check_power"},
    {Action::read_register, "read_register"},
    {Action::read_certificate, "read_certificate"},
    {Action::read_journal, "read_journal"},
    {Action::export_capsule, "export_capsule"},
    {Action::read_statistics, "read_statistics"},
    {Action::read_changes, "read_changes"},
    {Action::draft_change, "draft_change"},
    {Action::review_change, "review_change"},
    {Action::read_rollout, "read_rollout"},
}}};

constexpr TextTable<Scope, 5> scope_texts{{{
    {Scope::anyone, "anyone"},
    {Scope::own_agency, "own_agency"},
    {Scope::own_sitting, "own_sitting"},
    {Scope::own_case, "own_case"},
    {Scope::own_account, "own_account"},
}}};

constexpr auto duties = duty_texts.keys();
constexpr auto actions = action_texts.keys();
constexpr auto scopes = scope_texts.keys();

}  // namespace

std::span<const Permission> permissions()
{
    return table;
}
std::span<const Duty> all_duties()
{
    return duties;
}
std::span<const Action> all_actions()
{
    return actions;
}
std::span<const Scope> all_scopes()
{
    return scopes;
}
std::string_view to_text(Duty duty)
{
    return duty_texts.text(duty);
}
std::string_view to_text(Action action)
{
    return action_texts.text(action);
}
std::string_view to_text(Scope scope)
{
    return scope_texts.text(scope);
}
std::string_view chinese(Duty duty)
{
    return duty_names.text(duty);
}

const Duty* find_duty(std::string_view text)
{
    return duty_texts.find(text);
}

}  // namespace tongban
