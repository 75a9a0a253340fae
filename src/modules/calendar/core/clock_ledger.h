#pragma once
// The clock of one case: a budget of working days, and every act that started, paused, resumed, lengthened or ended it,
// with its legal reason (domain.md 1.5). What it says — used, remaining, due — is read from the entries and a calendar,
// never stored beside them; only promises given in writing are kept, because they are never shortened (H55). Pure.
//
// The day of an act does not count (民法典 201): the clock uses up the working days after the start up to and including
// the day of the pause, and goes on with the day after the resume.

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "modules/calendar/core/calendar.h"

namespace tongban {

enum class ClockAct { start, pause, resume, extend, recompute, stop };
BOOST_DESCRIBE_ENUM(ClockAct, start, pause, resume, extend, recompute, stop)
std::string_view to_text(ClockAct act);
std::string_view chinese(ClockAct act);

struct ClockEntry {
    ClockAct act = ClockAct::start;
    Millis at = 0;
    int days = 0;        // start: the budget; extend: how many more
    std::string reason;  // in words: 受理, 公告, 工作日历调整
    std::string legal;   // law and article, or the document
    std::string due_on;  // start, resume, extend, recompute: the day promised from then on
};
BOOST_DESCRIBE_STRUCT(ClockEntry, (), (act, at, days, reason, legal, due_on))

using ClockLedger = std::vector<ClockEntry>;  // in the order of time; empty before acceptance

enum class ClockState { not_started, running, paused, stopped };
std::string_view to_text(ClockState state);

struct ClockReading {
    ClockState state = ClockState::not_started;
    int budget = 0;
    int used = 0;
    int remaining = 0;   // negative: overdue by so many working days
    std::string due_on;  // as promised last; while paused the day is open and this is empty
};

ClockState state_of(const ClockLedger& ledger);

// How the clock stands at the end of the day of `now`.
ClockReading read_clock(const ClockLedger& ledger, const WorkCalendar& calendar, Millis now);

// The day to promise when `entry` is added: counted with this calendar, and never earlier than what was promised
// before.
std::string promise_with(const ClockLedger& ledger, const ClockEntry& entry, const WorkCalendar& calendar);

// Answers to what was pushed: nobody answered within `limit` working days of 24 hours means deemed accepted
// (视为受理, 条例 17; domain.md 1.3). Half of it gone is a warning.
enum class AnswerUrgency { in_time, warning, overdue };
std::string_view to_text(AnswerUrgency urgency);
AnswerUrgency answer_urgency(Millis pushed_at, Millis now, const WorkCalendar& calendar, int limit_working_days = 1);
// When the last moment to answer is.
Millis answer_until(Millis pushed_at, const WorkCalendar& calendar, int limit_working_days = 1);

}  // namespace tongban
