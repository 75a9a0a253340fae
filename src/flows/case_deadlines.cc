#include "flows/case_deadlines.h"

#include "base/codes.h"

namespace tongban {

int CaseDeadlines::round()
{
    int moved = 0;
    for (const Registry& registry : parts_.catalog.registries()) {
        const Agency agency = registry.code;
        moved += go_through(
            agency,
            [&](Sql& sql, const std::string& after) {
                return parts_.cases.supplements_overdue(sql, agency, china_date(parts_.clock.now()), after);
            },
            [](const Case&, CaseFacts&) { return CaseCommand{case_command::ExpireSupplement{}}; });
        moved += go_through(
            agency,
            [&](Sql& sql, const std::string& after) {
                return parts_.cases.collecting_overdue(sql, agency, china_date(parts_.clock.now()), after);
            },
            [](const Case&, CaseFacts&) { return CaseCommand{case_command::ExpireCollecting{}}; });
        moved += go_through(
            agency,
            [&](Sql& sql, const std::string& after) {
                return parts_.cases.on_other_calendar(sql, agency, parts_.calendars.of(agency).version(), after);
            },
            [&](const Case& subject, CaseFacts& facts) {
                const ClockEntry act{ClockAct::recompute, facts.now, 0, {}, {}, {}};
                facts.calendar = parts_.calendars.of(agency).version();
                facts.due_on = promise_with(subject.clock, act, parts_.calendars.of(agency));
                return CaseCommand{case_command::RecomputeClock{}};
            });
    }
    if (moved > 0) parts_.steps.wake();
    return moved;
}

// Each case in a unit of its own, read anew: a person may have been faster, and then there is nothing to do.
int CaseDeadlines::go_through(Agency agency, const Page& page, const Make& make)
{
    int moved = 0;
    std::string after;
    for (;;) {
        std::vector<std::string> numbers;
        const auto read = parts_.database.read([&](Sql& sql) -> Result<void> {
            numbers = page(sql, after);
            return {};
        });
        TONGBAN_ASSERT(read);
        if (numbers.empty()) return moved;
        for (const std::string& number : numbers) {
            const auto done = parts_.database.write(agency, [&](Sql& sql) -> Result<void> {
                const Case subject = TRY(parts_.cases.load(sql, agency, number));
                const bool waits = subject.state == CaseState::supplement || subject.state == CaseState::collecting;
                if (!waits && state_of(subject.clock) != ClockState::running) return {};
                CaseFacts facts = platform_facts(parts_.clock.now());
                TRY(parts_.steps.take(sql, subject, make(subject, facts), facts));
                return {};
            });
            if (done) ++moved;
        }
        after = numbers.back();
    }
}

}  // namespace tongban
