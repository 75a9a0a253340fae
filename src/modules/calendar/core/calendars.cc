#include "modules/calendar/core/calendars.h"

#include <algorithm>

#include "base/codes.h"

namespace tongban {

Calendars::Calendars(WorkCalendar shared) : state_(std::make_shared<State>())
{
    state_->shared = std::make_unique<const WorkCalendar>(std::move(shared));
    publish({});
}

const WorkCalendar& Calendars::of(Agency agency) const
{
    const auto now = state_->now.load();
    const auto own = now->find(agency);
    return own == now->end() ? shared() : *own->second;
}

void Calendars::publish(const std::map<Agency, std::vector<SpecialDay>>& own) const
{
    auto next = std::make_shared<ByAgency>();
    for (const auto& [agency, days] : own) {
        std::set<Day> off;
        std::set<Day> on;
        for (const SpecialDay& one : days) (one.working ? on : off).insert(day_of(one.day));
        WorkCalendar calendar = shared().with(off, on);
        const auto known = std::ranges::find_if(
            state_->ever, [&](const auto& other) { return other->version() == calendar.version(); });
        if (known == state_->ever.end()) {
            state_->ever.push_back(std::make_unique<const WorkCalendar>(std::move(calendar)));
            next->emplace(agency, state_->ever.back().get());
        } else {
            next->emplace(agency, known->get());
        }
    }
    state_->now.store(std::move(next));
}

std::string fault_of(const std::vector<SpecialDay>& before, const std::vector<SpecialDay>& after,
                     const WorkCalendar& shared, const std::string& today)
{
    const auto same = [](const SpecialDay& one) {
        return [&one](const SpecialDay& other) { return other.day == one.day && other.working == one.working; };
    };
    for (const SpecialDay& one : after) {
        if (!is_date(one.day)) return "日期应写作 2026-12-14：" + one.day;
        const Day day = day_of(one.day);
        const std::chrono::year_month_day date{day};
        if (static_cast<int>(date.year()) > shared.last_year()) return one.day + " 所在年份的全国日历尚未公布";
        if (std::ranges::count(after, one.day, &SpecialDay::day) > 1) return one.day + " 重复";
        if (one.reason.empty()) return one.day + " 缺少依据";
        if (one.day <= today) {
            if (std::ranges::none_of(before, same(one))) return one.day + " 已经过去，不能再改";
        } else if (shared.is_working_day(day) == one.working) {
            return one.day + (one.working ? " 本来就是工作日" : " 本来就不是工作日");
        }
    }
    for (const SpecialDay& one : before) {
        if (one.day <= today && std::ranges::none_of(after, same(one))) return one.day + " 已经过去，不能删除";
    }
    return {};
}

}  // namespace tongban
