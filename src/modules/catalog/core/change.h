#pragma once
// A change 变更: what a registry wants to be different in its lists, switches or calendar (domain.md 2.14, 13). Written
// by one person of the cataloguing duty, reviewed by another, in force from a day on; what was in force is never
// changed, only followed by something newer. The province changes what holds where a registry has set nothing. Pure.

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "base/stamp.h"
#include "modules/access/core/actor.h"

namespace tongban {

enum class ChangeKind { item, item_switch, calendar };
enum class ChangeState { draft, in_review, approved, withdrawn };
BOOST_DESCRIBE_ENUM(ChangeKind, item, item_switch, calendar)
BOOST_DESCRIBE_ENUM(ChangeState, draft, in_review, approved, withdrawn)
std::string_view to_text(ChangeKind kind);
std::string_view to_text(ChangeState state);
const ChangeKind* find_change_kind(std::string_view text);
const ChangeState* find_change_state(std::string_view text);

// What the person wrote.
struct ChangeContent {
    std::string item;  // empty for calendars
    std::string from;  // first day; of calendars empty: they hold from the approval
    std::string reason;
    std::string body;  // by kind: list edits, a switch or special days, JSON
};
BOOST_DESCRIBE_STRUCT(ChangeContent, (), (item, from, reason, body))

struct ChangeReview {
    Stamp stamp;
    bool approved = false;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(ChangeReview, (), (stamp, approved, remark))

struct Change {
    Agency agency = 0;
    std::string id;
    std::int64_t version = 0;  // events so far
    ChangeKind kind = ChangeKind::item;
    ChangeState state = ChangeState::draft;
    ChangeContent content;
    std::string name;    // of items: the version's, 20261201-370102-1; given at approval
    std::string text;    // of items: the whole version as it was approved (TOML)
    std::string impact;  // what the reviewer saw, JSON
    Stamp drafted;
    Stamp written;    // who wrote what stands there now
    Stamp handed_in;  // at 0: not
    std::vector<ChangeReview> reviews;
    std::string withdrawn_because;
    Stamp last;
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (agency, id, version, kind, state, content, name, text, impact, drafted, written, handed_in,
                       reviews, withdrawn_because, last))

namespace change_command {
struct Draft {
    Agency agency = 0;
    std::string id;
    ChangeKind kind = ChangeKind::item;
    ChangeContent content;
};
struct Write {
    ChangeContent content;
};
struct HandIn {};
struct Approve {
    std::string remark;
    std::string name;    // of items
    std::string text;    // of items
    std::string impact;  // as of now
};
struct SendBack {
    std::string remark;
};
struct Withdraw {
    std::string reason;
};
}  // namespace change_command
using ChangeCommand = std::variant<change_command::Draft, change_command::Write, change_command::HandIn,
                                   change_command::Approve, change_command::SendBack, change_command::Withdraw>;

struct ChangeFacts {
    Actor actor;
    Millis now = 0;
    std::vector<std::string> faults;  // what is wrong with the content as it stands (faults of the text, of the law)
};

namespace change_event {
struct Drafted {
    static constexpr std::string_view type = "drafted";
    Stamp stamp;
    Agency agency = 0;
    std::string id;
    ChangeKind kind = ChangeKind::item;
    ChangeContent content;
};
BOOST_DESCRIBE_STRUCT(Drafted, (), (stamp, agency, id, kind, content))
struct Written {
    static constexpr std::string_view type = "written";
    Stamp stamp;
    ChangeContent content;
};
BOOST_DESCRIBE_STRUCT(Written, (), (stamp, content))
struct HandedIn {
    static constexpr std::string_view type = "handed_in";
    Stamp stamp;
};
BOOST_DESCRIBE_STRUCT(HandedIn, (), (stamp))
struct Approved {
    static constexpr std::string_view type = "approved";
    Stamp stamp;
    std::string remark, name, text, impact;
};
BOOST_DESCRIBE_STRUCT(Approved, (), (stamp, remark, name, text, impact))
struct SentBack {
    static constexpr std::string_view type = "sent_back";
    Stamp stamp;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(SentBack, (), (stamp, remark))
struct Withdrawn {
    static constexpr std::string_view type = "withdrawn";
    Stamp stamp;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (stamp, reason))
}  // namespace change_event
using ChangeEvent = std::variant<change_event::Drafted, change_event::Written, change_event::HandedIn,
                                 change_event::Approved, change_event::SentBack, change_event::Withdrawn>;

// Problems, in this order: action_not_allowed, same_person, in_force_already, from_in_the_past, has_faults,
// remark_needed. A change that does not exist yet (version 0) takes only Draft.
Result<std::vector<ChangeEvent>> decide(const Change& state, const ChangeCommand& command, const ChangeFacts& facts);
Change apply(Change state, const ChangeEvent& event);  // counts one version

enum class ChangeAction { write, hand_in, approve, send_back, withdraw };
std::string_view to_text(ChangeAction action);
// For the buttons of the screen.
std::vector<ChangeAction> allowed_actions(const Change& state, const Actor& actor, Millis now);

namespace change_problem {
inline constexpr Problem not_found{"catalog.change_not_found", Kind::not_found, Retry::never, "没有这项变更"};
inline constexpr Problem action_not_allowed{"catalog.change_not_allowed", Kind::conflict, Retry::reload,
                                            "这项变更现在不能这样处理"};
inline constexpr Problem same_person{"catalog.change_same_person", Kind::forbidden, Retry::never,
                                     "起草人不能审核自己的变更"};
inline constexpr Problem in_force_already{"catalog.change_in_force", Kind::conflict, Retry::never,
                                          "已经施行的不能撤回，请起草新的变更代替"};
inline constexpr Problem from_in_the_past{"catalog.change_from_past", Kind::unprocessable, Retry::after_fix,
                                          "施行日期不能早于今天"};
inline constexpr Problem has_faults{"catalog.change_has_faults", Kind::unprocessable, Retry::after_fix,
                                    "内容还有错误，不能送审或者批准"};
inline constexpr Problem impact_changed{"catalog.change_impact_stale", Kind::conflict, Retry::reload,
                                        "影响情况已有变化，请重新查看后再批准"};
inline constexpr Problem changed_meanwhile{"catalog.change_changed_meanwhile", Kind::stale, Retry::reload,
                                           "这项变更刚刚被他人改动"};
inline constexpr Problem remark_needed{"catalog.change_remark_needed", Kind::unprocessable, Retry::after_fix,
                                       "请说明理由"};
inline constexpr const Problem* all[] = {&not_found,        &action_not_allowed, &same_person,
                                         &in_force_already, &from_in_the_past,   &has_faults,
                                         &impact_changed,   &changed_meanwhile,  &remark_needed};
}  // namespace change_problem

}  // namespace tongban
