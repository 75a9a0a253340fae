#include "modules/calendar/core/calendar.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/codes.h"
#include "base/result.h"

namespace tongban {

Day day_of(std::string_view iso_date)
{
    TONGBAN_ASSERT(is_date(iso_date));
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        for (char c : iso_date.substr(at, length)) value = value * 10 + (c - '0');
        return value;
    };
    return std::chrono::year{number(0, 4)} / number(5, 2) / number(8, 2);
}

std::string iso_date(Day day)
{
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

WorkCalendar::WorkCalendar(int first_year, int last_year, std::set<Day> holidays, std::set<Day> workdays)
    : first_year_(first_year), last_year_(last_year), holidays_(std::move(holidays)), workdays_(std::move(workdays))
{
    TONGBAN_ASSERT(first_year <= last_year);
    // FNV-1a over the days; later years change no date that was promised, so the range of years is left out.
    std::uint64_t hash = 14695981039346656037ULL;
    const auto mix = [&](std::int64_t value) {
        for (int shift = 0; shift < 64; shift += 8) {
            hash = (hash ^ (static_cast<std::uint64_t>(value) >> shift & 0xFF)) * 1099511628211ULL;
        }
    };
    for (const Day day : holidays_) mix(day.time_since_epoch().count());
    mix(-1);
    for (const Day day : workdays_) mix(day.time_since_epoch().count());
    version_ = fmt::format("{:016x}", hash);
}

bool WorkCalendar::is_working_day(Day day) const
{
    const int year = static_cast<int>(std::chrono::year_month_day{day}.year());
    // A guess here would become a promised date on paper.
    TONGBAN_ASSERT(year >= first_year_ && year <= last_year_);
    if (workdays_.contains(day)) return true;
    if (holidays_.contains(day)) return false;
    const std::chrono::weekday weekday{day};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Day WorkCalendar::due(Day from, int working_days) const
{
    TONGBAN_ASSERT(working_days >= 0);
    Day day = from;
    while (working_days == 0 && !is_working_day(day)) day += std::chrono::days{1};
    for (int counted = 0; counted < working_days;) {
        day += std::chrono::days{1};
        if (is_working_day(day)) ++counted;
    }
    return day;
}

std::string WorkCalendar::due_on(Millis accepted_at, int working_days) const
{
    return iso_date(due(day_of(china_date(accepted_at)), working_days));
}

int WorkCalendar::working_days_between(Day from, Day to) const
{
    const bool forward = from <= to;
    int count = 0;
    const Day end = forward ? to : from;
    for (Day day = forward ? from : to; day < end;) {
        day += std::chrono::days{1};
        if (is_working_day(day)) ++count;
    }
    return forward ? count : -count;
}

WorkCalendar WorkCalendar::with(const std::set<Day>& holidays, const std::set<Day>& workdays) const
{
    std::set<Day> off = holidays_;
    std::set<Day> on = workdays_;
    for (const Day day : holidays) on.erase(day);
    for (const Day day : workdays) off.erase(day);
    off.insert(holidays.begin(), holidays.end());
    on.insert(workdays.begin(), workdays.end());
    return {first_year_, last_year_, std::move(off), std::move(on)};
}

}  // namespace tongban
