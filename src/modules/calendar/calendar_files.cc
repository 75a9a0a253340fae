#include "modules/calendar/calendar_files.h"

#include <optional>

#include "base/data_file.h"

namespace tongban {
namespace {

struct Plan {
    int first_year = 0;
    int last_year = 0;
    std::set<Day> holidays;
    std::set<Day> workdays;
};

bool is_weekend(Day day)
{
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// The day, when it is one and of this year.
std::optional<Day> read_day(DataTable& table, std::string_view key, int year)
{
    const std::string text = table.date(key);
    if (text.empty()) return std::nullopt;
    const Day day = day_of(text);
    if (static_cast<int>(std::chrono::year_month_day{day}.year()) != year) {
        table.fail(key, "is not a day of the year of this file");
        return std::nullopt;
    }
    return day;
}

void read_year(const std::string& path, Plan& plan, DataFaults& faults)
{
    const DataFile file = DataFile::open(path, faults);
    DataTable table = file.top(faults);
    const int year = static_cast<int>(table.integer("year", 2000, 2199));
    table.text("source");
    table.boolean("provisional");  // for the people who keep the file: the State Council's plan is not in yet
    if (plan.last_year != 0 && year != plan.last_year + 1) table.fail("year", "must follow the year before");
    if (plan.first_year == 0) plan.first_year = year;
    plan.last_year = year;
    table.tables("holidays", [&](DataTable& holiday) {
        holiday.text("name");
        const auto from = read_day(holiday, "from", year);
        const auto to = read_day(holiday, "to", year);
        if (!from || !to) return;
        if (*to < *from || *to - *from > std::chrono::days{15}) return holiday.fail("to", "is too far from `from`");
        for (Day day = *from; day <= *to; day += std::chrono::days{1}) plan.holidays.insert(day);
    });
    table.tables("workdays", [&](DataTable& workday) {
        workday.text("because");
        const auto day = read_day(workday, "day", year);
        if (!day) return;
        if (!is_weekend(*day)) workday.fail("day", "is no Saturday or Sunday");
        if (plan.holidays.contains(*day)) workday.fail("day", "is a holiday too");
        plan.workdays.insert(*day);
    });
    table.finish();
}

}  // namespace

WorkCalendar load_calendar(const std::string& folder)
{
    DataFaults faults;
    Plan plan;
    for (const std::string& path : data_files(folder, ".toml", faults)) read_year(path, plan, faults);
    if (plan.first_year == 0) faults.add(folder, 0, "holds no calendar");
    faults.check();
    return {plan.first_year, plan.last_year, std::move(plan.holidays), std::move(plan.workdays)};
}

}  // namespace tongban
