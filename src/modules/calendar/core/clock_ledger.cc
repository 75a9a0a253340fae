#include "modules/calendar/core/clock_ledger.h"

#include <algorithm>

#include "base/result.h"
#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<ClockAct, 6> acts{{{
    {ClockAct::start, "start"},
    {ClockAct::pause, "pause"},
    {ClockAct::resume, "resume"},
    {ClockAct::extend, "extend"},
    {ClockAct::recompute, "recompute"},
    {ClockAct::stop, "stop"},
}}};

constexpr TextTable<ClockAct, 6> act_names{{{
    {ClockAct::start, "起算"},
    {ClockAct::pause, "暂停计时"},
    {ClockAct::resume, "恢复计时"},
    {ClockAct::extend, "延长"},
    {ClockAct::recompute, "重新计算"},
    {ClockAct::stop, "办结"},
}}};

constexpr TextTable<ClockState, 4> states{{{
    {ClockState::not_started, "not_started"},
    {ClockState::running, "running"},
    {ClockState::paused, "paused"},
    {ClockState::stopped, "stopped"},
}}};

constexpr TextTable<AnswerUrgency, 3> urgencies{{{
    {AnswerUrgency::in_time, "in_time"},
    {AnswerUrgency::warning, "warning"},
    {AnswerUrgency::overdue, "overdue"},
}}};

constexpr Millis hour = 60LL * 60 * 1000;
constexpr Millis full_day = 24 * hour;
constexpr Millis china_offset = 8 * hour;

Day day_at(Millis at)
{
    return day_of(china_date(at));
}

// What the entries add up to, apart from the day it is read.
struct Sum {
    ClockState state = ClockState::not_started;
    int budget = 0;
    int used = 0;  // in the segments that are over
    Day since{};   // of the running segment
    std::string promised;

    void add(const ClockEntry& entry, const WorkCalendar& calendar)
    {
        const Day day = day_at(entry.at);
        switch (entry.act) {
        case ClockAct::start:
            state = ClockState::running;
            budget = entry.days;
            since = day;
            break;
        case ClockAct::pause:
        case ClockAct::stop:
            if (state == ClockState::running) used += calendar.working_days_between(since, day);
            state = entry.act == ClockAct::pause ? ClockState::paused : ClockState::stopped;
            break;
        case ClockAct::resume:
            state = ClockState::running;
            since = day;
            break;
        case ClockAct::extend: budget += entry.days; break;
        case ClockAct::recompute: break;
        }
        promised = std::max(promised, entry.due_on);  // ISO dates sort as days
    }
};

Sum sum_of(const ClockLedger& ledger, const WorkCalendar& calendar)
{
    Sum sum;
    for (const ClockEntry& entry : ledger) sum.add(entry, calendar);
    return sum;
}

}  // namespace

std::string_view to_text(ClockAct act)
{
    return acts.text(act);
}
std::string_view chinese(ClockAct act)
{
    return act_names.text(act);
}
std::string_view to_text(ClockState state)
{
    return states.text(state);
}
std::string_view to_text(AnswerUrgency urgency)
{
    return urgencies.text(urgency);
}

ClockState state_of(const ClockLedger& ledger)
{
    ClockState state = ClockState::not_started;
    for (const ClockEntry& entry : ledger) {
        switch (entry.act) {
        case ClockAct::start:
        case ClockAct::resume: state = ClockState::running; break;
        case ClockAct::pause: state = ClockState::paused; break;
        case ClockAct::stop: state = ClockState::stopped; break;
        case ClockAct::extend:
        case ClockAct::recompute: break;
        }
    }
    return state;
}

ClockReading read_clock(const ClockLedger& ledger, const WorkCalendar& calendar, Millis now)
{
    const Sum sum = sum_of(ledger, calendar);
    ClockReading reading{sum.state, sum.budget, sum.used, 0, {}};
    if (sum.state == ClockState::running) {
        const Day today = std::max(sum.since, day_at(now));
        reading.used += calendar.working_days_between(sum.since, today);
        // A promise may be longer than what the calendar of today gives: then there is that much more time.
        reading.remaining = calendar.working_days_between(today, day_of(sum.promised));
    } else {
        reading.remaining = sum.budget - sum.used;
    }
    if (sum.state == ClockState::running || sum.state == ClockState::stopped) reading.due_on = sum.promised;
    return reading;
}

std::string promise_with(const ClockLedger& ledger, const ClockEntry& entry, const WorkCalendar& calendar)
{
    Sum sum = sum_of(ledger, calendar);
    sum.add(entry, calendar);
    TONGBAN_ASSERT(sum.state == ClockState::running);
    // Overdue before the pause: the pause does not mend it, the day promised then stands.
    if (sum.used > sum.budget) return sum.promised;
    return std::max(sum.promised, iso_date(calendar.due(sum.since, sum.budget - sum.used)));
}

Millis answer_until(Millis pushed_at, const WorkCalendar& calendar, int limit_working_days)
{
    const Day pushed = day_at(pushed_at);
    const Millis midnight = std::chrono::sys_time<std::chrono::milliseconds>(pushed).time_since_epoch().count();
    const Millis into_day = pushed_at + china_offset - midnight;
    const auto at = [&](Day day, Millis into) {
        return std::chrono::sys_time<std::chrono::milliseconds>(day).time_since_epoch().count() - china_offset + into;
    };
    // Pushed on a day off: the time begins with the next working day and is over with its last one.
    if (!calendar.is_working_day(pushed)) return at(calendar.due(pushed, limit_working_days), full_day);
    return at(calendar.due(pushed, limit_working_days), into_day);
}

AnswerUrgency answer_urgency(Millis pushed_at, Millis now, const WorkCalendar& calendar, int limit_working_days)
{
    const Millis until = answer_until(pushed_at, calendar, limit_working_days);
    if (now >= until) return AnswerUrgency::overdue;
    // What is left, without the days off in between.
    Millis left = until - now;
    const Day last = day_at(until - 1);
    for (Day day = day_at(now); day <= last; day += std::chrono::days{1}) {
        if (calendar.is_working_day(day)) continue;
        const Millis begins =
            std::chrono::sys_time<std::chrono::milliseconds>(day).time_since_epoch().count() - china_offset;
        left -= std::max<Millis>(0, std::min(until, begins + full_day) - std::max(now, begins));
    }
    return left <= limit_working_days * full_day / 2 ? AnswerUrgency::warning : AnswerUrgency::in_time;
}

}  // namespace tongban
