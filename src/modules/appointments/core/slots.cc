#include "modules/appointments/core/slots.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tongban {
namespace {

constexpr Millis minute_ms = 60'000;
constexpr Millis china_offset = 8 * 60 * minute_ms;

std::optional<int> minute_of(std::string_view time)
{
    if (time.size() != 5 || time[2] != ':') return std::nullopt;
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (time[i] < '0' || time[i] > '9') return std::nullopt;
    }
    const int hour = (time[0] - '0') * 10 + (time[1] - '0');
    const int minute = (time[3] - '0') * 10 + (time[4] - '0');
    if (hour > 23 || minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

}  // namespace

std::vector<std::string> slots_within(std::string_view span, int minutes)
{
    std::vector<std::string> slots;
    if (span.size() != 11 || span[5] != '-' || minutes <= 0) return slots;
    const std::optional<int> from = minute_of(span.substr(0, 5));
    const std::optional<int> to = minute_of(span.substr(6));
    if (!from || !to) return slots;
    for (int at = *from; at + minutes <= *to; at += minutes)
        slots.push_back(fmt::format("{:02}:{:02}", at / 60, at % 60));
    return slots;
}

const HallPlan& HallPlans::of(Agency hall) const
{
    const auto own = own_.find(hall);
    return own == own_.end() ? usual_ : own->second;
}

Millis begin_of(std::string_view day, std::string_view slot)
{
    const std::optional<int> minute = minute_of(slot);
    TONGBAN_ASSERT(minute.has_value());
    const auto midnight = std::chrono::duration_cast<std::chrono::milliseconds>(day_of(day).time_since_epoch()).count();
    return midnight - china_offset + *minute * minute_ms;
}

std::vector<std::string> bookable_days(const HallPlan& plan, const WorkCalendar& calendar, Millis now)
{
    std::vector<std::string> days;
    const Day today = day_of(china_date(now));
    for (int ahead = 0; ahead <= plan.days_ahead; ++ahead) {
        const Day day = today + std::chrono::days{ahead};
        const int year{std::chrono::year_month_day{day}.year()};
        if (year <= calendar.last_year() && calendar.is_working_day(day)) days.push_back(iso_date(day));
    }
    return days;
}

bool can_book(const HallPlan& plan, const WorkCalendar& calendar, std::string_view day, std::string_view slot,
              Millis now)
{
    const std::vector<std::string> days = bookable_days(plan, calendar, now);
    return std::ranges::find(days, day) != days.end() && std::ranges::find(plan.slots, slot) != plan.slots.end() &&
           begin_of(day, slot) > now;
}

}  // namespace tongban
