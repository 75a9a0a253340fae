#pragma once
// The times at which a hall takes people with an appointment. Pure; times of day are Chinese time.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/sql.h"
#include "modules/calendar/core/calendar.h"

namespace tongban {

struct HallPlan {
    std::vector<std::string> slots;  // "09:00", in order
    int slot_minutes = 30;
    int capacity = 1;  // seats a slot
    int days_ahead = 7;
    int cancel_minutes = 120;
};

// "09:00-11:30" and 30 give 09:00 … 11:00. Empty when the text is no such span or the end is not after the begin.
std::vector<std::string> slots_within(std::string_view span, int minutes);

class HallPlans {
public:
    HallPlans(HallPlan usual, std::map<Agency, HallPlan> own) : usual_(std::move(usual)), own_(std::move(own)) {}
    const HallPlan& of(Agency hall) const;

private:
    HallPlan usual_;
    std::map<Agency, HallPlan> own_;
};

// When a slot begins, UTC. `day` and `slot` must be a day and a time.
Millis begin_of(std::string_view day, std::string_view slot);

// The working days on which the hall can be booked now, today included.
std::vector<std::string> bookable_days(const HallPlan& plan, const WorkCalendar& calendar, Millis now);

// Is this a slot of the plan, on a bookable day, and not begun yet?
bool can_book(const HallPlan& plan, const WorkCalendar& calendar, std::string_view day, std::string_view slot,
              Millis now);

namespace appointments_problem {
inline constexpr Problem slot_unknown{"appointments.slot_unknown", Kind::unprocessable, Retry::after_fix,
                                      "这个时段不能预约，请另选时段"};
inline constexpr Problem full{"appointments.full", Kind::conflict, Retry::after_fix, "这个时段已约满，请另选时段"};
inline constexpr Problem too_many{"appointments.too_many", Kind::conflict, Retry::never,
                                  "您已有两个未到期的预约，请先取消一个"};
inline constexpr Problem same_day{"appointments.same_day", Kind::conflict, Retry::never, "您当天在这个大厅已有预约"};
inline constexpr Problem not_found{"appointments.not_found", Kind::not_found, Retry::never, "没有这个预约"};
inline constexpr Problem too_late{"appointments.too_late", Kind::conflict, Retry::never,
                                  "已过取消时间；不能前往的不影响以后办理"};
inline constexpr const Problem* all[] = {&slot_unknown, &full, &too_many, &same_day, &not_found, &too_late};
}  // namespace appointments_problem

}  // namespace tongban
