#pragma once
// Working days. Two lists per year decide, holidays and extra workdays (调休): a weekday alone says nothing. Pure.

#include <chrono>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban {

using Day = std::chrono::sys_days;

Day day_of(std::string_view iso_date);  // "2026-11-23"; anything else is a broken invariant
std::string iso_date(Day day);

class WorkCalendar {
public:
    // `first_year` … `last_year` are covered by the data; asking beyond them is a broken invariant.
    WorkCalendar(int first_year, int last_year, std::set<Day> holidays, std::set<Day> workdays);

    bool is_working_day(Day day) const;

    // The last day to decide: `working_days` after `from`, whose own day does not count (民法典 201).
    // 0 is the same day, or the next working day when `from` is none (民法典 203).
    Day due(Day from, int working_days) const;

    // due() in the form cases keep it: the Chinese date of `accepted_at` plus the promise.
    std::string due_on(Millis accepted_at, int working_days) const;

    // Working days after `from` up to and including `to`; negative when `to` is earlier.
    int working_days_between(Day from, Day to) const;

    int last_year() const { return last_year_; }

    // The same with days of one registry's own. A day that is both was decided last by the registry.
    WorkCalendar with(const std::set<Day>& holidays, const std::set<Day>& workdays) const;

    // The same for the same days: what a case keeps, to see that the calendar changed since it was counted.
    const std::string& version() const { return version_; }

private:
    int first_year_;
    int last_year_;
    std::set<Day> holidays_;
    std::set<Day> workdays_;
    std::string version_;
};

}  // namespace tongban
