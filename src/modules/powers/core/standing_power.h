#pragma once
// A standing power of attorney 常设委托 (domain.md 1.9): an organisation — a bank, a developer — tells a registry once
// who may act for it, in which matters, on which units and until when. A clerk files it with the paper, another person
// of the registry checks it, and from then on the agent's window cites its number instead of taking in a paper; it is
// judged anew at every filing. 民法典 165 (what it states), 173 (how it ends). Pure.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "base/stamp.h"
#include "modules/access/core/actor.h"
#include "modules/parties/core/party.h"

namespace tongban {

// 待核对 · 有效 · 不予备案 · 已撤销
BOOST_DEFINE_ENUM_CLASS(StandingState, filed, in_force, rejected, revoked)
// 上传委托书 · 核对 · 不予备案 · 撤销
BOOST_DEFINE_ENUM_CLASS(StandingAction, attach, check, reject, revoke)
std::string_view to_text(StandingState state);
std::string_view to_text(StandingAction action);
const StandingState* find_standing_state(std::string_view text);

// One who may act. The number is sealed and digested under the key of the registry that keeps the power.
struct StandingAgent {
    std::string name;
    DocumentType document_type = DocumentType::citizen_card;
    std::string number_sealed, number_masked, number_digest;
};
BOOST_DESCRIBE_STRUCT(StandingAgent, (), (name, document_type, number_sealed, number_masked, number_digest))

struct PowerGrant {
    std::string principal;              // name of the organisation
    std::string principal_code;         // 统一社会信用代码: public
    std::vector<StandingAgent> agents;  // at least one
    std::vector<std::string> items;     // codes (DY-01) and families (DY); at least one
    std::vector<std::string> units;     // unit numbers, or parcels by their first 19 characters; empty: any
    std::string from, until;            // first and last day, both count
    std::string deed;                   // number of the notarial deed; empty: sealed by the organisation only
    bool may_delegate = false;          // sub-delegation agreed (民法典 169)
};
BOOST_DESCRIBE_STRUCT(PowerGrant, (),
                      (principal, principal_code, agents, items, units, from, until, deed, may_delegate))

// The paper as it was handed in.
struct PowerPaper {
    std::string digest;  // SM3: its name in the object store; empty: not there yet
    std::string kind;    // pdf, jpeg, png
    int pages = 1;
    Stamp stamp;
};
BOOST_DESCRIBE_STRUCT(PowerPaper, (), (digest, kind, pages, stamp))

struct StandingPower {
    Agency agency = 0;
    std::string number;        // CW370102202600001: the registry, the year, a serial
    std::int64_t version = 0;  // events so far
    StandingState state = StandingState::filed;
    PowerGrant grant;
    PowerPaper paper;
    Stamp filed;
    Stamp checked;  // at 0: nobody has
    Stamp ended;    // rejected or revoked
    std::string remark;
    Stamp last;
};
BOOST_DESCRIBE_STRUCT(StandingPower, (),
                      (agency, number, version, state, grant, paper, filed, checked, ended, remark, last))

namespace power_command {
struct File {
    Agency agency = 0;
    std::string number;
    PowerGrant grant;
};
struct Attach {
    std::string digest, kind;
    int pages = 1;
};
struct Check {
    std::string remark;
};
struct Reject {
    std::string reason;
};
struct Revoke {  // the principal's word, taken down by the registry (民法典 173)
    std::string reason;
};
}  // namespace power_command
using PowerCommand = std::variant<power_command::File, power_command::Attach, power_command::Check,
                                  power_command::Reject, power_command::Revoke>;

namespace power_event {
struct Filed {
    static constexpr std::string_view type = "filed";
    Stamp stamp;
    Agency agency = 0;
    std::string number;
    PowerGrant grant;
};
BOOST_DESCRIBE_STRUCT(Filed, (), (stamp, agency, number, grant))
struct Attached {
    static constexpr std::string_view type = "attached";
    Stamp stamp;
    std::string digest, kind;
    int pages = 1;
};
BOOST_DESCRIBE_STRUCT(Attached, (), (stamp, digest, kind, pages))
struct Checked {
    static constexpr std::string_view type = "checked";
    Stamp stamp;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(Checked, (), (stamp, remark))
struct Rejected {
    static constexpr std::string_view type = "rejected";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Rejected, (), (stamp, reason))
struct Revoked {
    static constexpr std::string_view type = "revoked";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Revoked, (), (stamp, reason))
}  // namespace power_event
using PowerEvent = std::variant<power_event::Filed, power_event::Attached, power_event::Checked, power_event::Rejected,
                                power_event::Revoked>;

struct PowerFacts {
    Actor actor;
    Millis now = 0;
};

// Problems, in this order: action_not_allowed, same_person, reason_needed, paper_needed, over_already.
Result<std::vector<PowerEvent>> decide(const StandingPower& state, const PowerCommand& command,
                                       const PowerFacts& facts);
StandingPower apply(StandingPower state, const PowerEvent& event);  // counts one version
// For the buttons of the screen.
std::vector<StandingAction> allowed_actions(const StandingPower& state, const Actor& actor);

// What is to be done under a power. What is not known yet is left empty and is not judged.
struct PowerUse {
    std::string principal_code;
    std::string agent_digest;  // under the key of the registry that keeps the power
    std::string item;
    std::string unit_number;
};

// Nothing when the power carries this use on `today`; else what stands against it, in this order: not_in_force,
// revoked, out_of_term, wrong_principal, wrong_agent, item_out_of_scope, unit_out_of_scope.
Result<void> judge_use(const StandingPower& power, const PowerUse& use, std::string_view today);

// Does an item belong to the code or family? DY-01 to DY-01 and DY.
bool covers_item(std::string_view granted, std::string_view item);
bool is_item_scope(std::string_view text);  // has the form of a code or family
bool is_unit_scope(std::string_view text);  // has the form of a unit number or a parcel

// The registry whose power it is; nothing when the text has not the form of a number.
std::optional<Agency> agency_of_power(std::string_view number);
std::string power_number(Agency agency, int year, std::int64_t serial);

}  // namespace tongban
