#include "base/clock.h"

#include <fmt/format.h>

#include <chrono>

namespace tongban {
namespace {

constexpr Millis china_offset_ms = 8LL * 3600 * 1000;

struct Parts {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::int64_t ms_of_day = 0;
};

Parts parts_of(Millis at)
{
    using std::chrono::days;
    const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{at}};
    const auto day = std::chrono::floor<days>(time);  // floor, not truncation: births before 1970 are negative
    const std::chrono::year_month_day date{day};
    return {int{date.year()}, unsigned{date.month()}, unsigned{date.day()}, (time - day).count()};
}

}  // namespace

std::string china_date(Millis at)
{
    const Parts p = parts_of(at + china_offset_ms);
    return fmt::format("{:04}-{:02}-{:02}", p.year, p.month, p.day);
}

std::string china_date_time(Millis at)
{
    const Parts p = parts_of(at + china_offset_ms);
    const auto seconds = p.ms_of_day / 1000;
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", p.year, p.month, p.day, seconds / 3600, seconds / 60 % 60,
                       seconds % 60);
}

int china_year(Millis at)
{
    return parts_of(at + china_offset_ms).year;
}

std::string utc_text(Millis at)
{
    const Parts p = parts_of(at);
    const auto seconds = p.ms_of_day / 1000;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", p.year, p.month, p.day, seconds / 3600,
                       seconds / 60 % 60, seconds % 60, p.ms_of_day % 1000);
}

}  // namespace tongban
