#pragma once
// The work calendar of every registry: the country's, and with it the days a registry closes or works besides — a hall
// that moves, a local disaster (domain.md 1.5). Those are published in the platform; what they mean for the clocks of
// open cases is the business of flows/case_deadlines.

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/sql.h"
#include "modules/calendar/core/calendar.h"

namespace tongban {

// A day on which a registry differs from the country, and the legal reason it is counted so.
struct SpecialDay {
    std::string day;  // 2026-12-14
    bool working = false;
    std::string reason;
};

// Thread-safe. A calendar that was given out stays good as long as this lives; nobody waits for publish().
class Calendars {
public:
    explicit Calendars(WorkCalendar shared);

    const WorkCalendar& of(Agency agency) const;
    const WorkCalendar& shared() const { return *state_->shared; }  // of the country

    // All registries that have days of their own, whether told before or not. One thread at a time.
    void publish(const std::map<Agency, std::vector<SpecialDay>>& own) const;

private:
    using ByAgency = std::map<Agency, const WorkCalendar*>;
    struct State {
        std::unique_ptr<const WorkCalendar> shared;
        std::vector<std::unique_ptr<const WorkCalendar>> ever;  // given out, so kept
        std::atomic<std::shared_ptr<const ByAgency>> now;
    };
    std::shared_ptr<State> state_;
};

// What is wrong with replacing the days `before` by `after` on `today`: in words, empty when nothing is. Days gone by
// were counted and stay as they are; every day has a reason; no day stands twice; years without a calendar have no
// days.
std::string fault_of(const std::vector<SpecialDay>& before, const std::vector<SpecialDay>& after,
                     const WorkCalendar& shared, const std::string& today);

}  // namespace tongban
