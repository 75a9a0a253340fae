#pragma once
// Telling people: short messages go into a queue in the transaction of the act they tell of, and a worker sends them.
// Texts are a table; they hold no document number, no price and no address beyond the city (domain.md 10.3).

#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

// What is told. The texts, with {name} for values, are in notice_text.cc.
enum class NoticeKind {
    tracking_code,         // {code} {minutes}
    sign_in_code,          // {code} {minutes}
    case_received,         // {home} {case_tail}            the home registry has the package
    case_accepted,         // {home} {case_tail} {due_on}
    case_not_accepted,     // {home} {case_tail}
    supplement_requested,  // {home} {case_tail}
    fee_due,               // {home} {case_tail}
    case_paid,             // {home} {case_tail}
    case_registered,       // {home} {case_tail}
    case_refused,          // {home} {case_tail}
    case_withdrawn,        // {home} {case_tail}
    case_suspended,        // {home} {case_tail}
    case_resumed,          // {home} {case_tail} {due_on}
    due_changed,           // {home} {case_tail} {due_on}
    withdrawal_asked,      // {home} {case_tail}            somebody asked; not all have
    unit_seized,           // {home} {case_tail}            before the case was accepted
    party_called,          // {name} {home} {item} {case_number} {code} {until}   to be verified at another place
    supplement_code,       // {home} {case_number} {code} {until}   the supplement may be given anywhere
    application_ended,     // {home} {case_tail}            a party ended it before all were there
    application_expired    // {home} {case_tail}            somebody never came
};

std::string_view to_text(NoticeKind kind);

// A code is not sent any more when this long has passed since it was queued: it would open nothing.
inline constexpr Millis tracking_code_lasts = 10LL * 60 * 1000;

inline bool is_code(NoticeKind kind)
{
    return kind == NoticeKind::tracking_code || kind == NoticeKind::sign_in_code;
}

using NoticeValues = std::map<std::string, std::string, std::less<>>;

// The text for people. A value the text needs and nobody gave, or one too many, is a broken invariant.
std::string notice_text(NoticeKind kind, const NoticeValues& values);

// 通办 case numbers are told by their last six digits only.
std::string case_tail(std::string_view case_number);

class Notices {
public:
    virtual ~Notices() = default;
    // Puts a message to the phone `phone_sealed` (sealed with the agency's key) into the queue, in the transaction of
    // `sql`. `about`: the case or collection number, for the record.
    virtual void queue(Sql& sql, Agency agency, std::string_view phone_sealed, NoticeKind kind,
                       const NoticeValues& values, std::string_view about) = 0;
};

}  // namespace tongban
