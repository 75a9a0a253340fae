#include "modules/calendar/core/clock_ledger.h"

#include <gtest/gtest.h>

#include "base/result.h"

namespace tongban {
namespace {

std::set<Day> days(std::initializer_list<std::string_view> dates)
{
    std::set<Day> all;
    for (std::string_view date : dates) all.insert(day_of(date));
    return all;
}

// Autumn 2024: off 1–7 October, at work Sunday 29 September and Saturday 12 October (domain.md 1.5).
WorkCalendar autumn_2024(std::initializer_list<std::string_view> more_holidays = {})
{
    std::set<Day> holidays =
        days({"2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-05", "2024-10-06", "2024-10-07"});
    holidays.merge(days(more_holidays));
    return {2024, 2024, std::move(holidays), days({"2024-09-29", "2024-10-12"})};
}

// The hour of the Chinese day.
Millis at(std::string_view date, int hour = 10)
{
    return std::chrono::sys_time<std::chrono::milliseconds>(day_of(date)).time_since_epoch().count() +
           (hour - 8) * 60LL * 60 * 1000;
}

struct Clock5 {
    WorkCalendar calendar = autumn_2024();
    ClockLedger ledger;

    void act(ClockEntry entry)
    {
        if (entry.act != ClockAct::pause && entry.act != ClockAct::stop)
            entry.due_on = promise_with(ledger, entry, calendar);
        ledger.push_back(std::move(entry));
    }
    ClockReading on(std::string_view date) const { return read_clock(ledger, calendar, at(date)); }
};

Clock5 accepted(std::string_view date, int budget)
{
    Clock5 clock;
    clock.act({ClockAct::start, at(date), budget, "受理", "条例第二十条", {}});
    return clock;
}

TEST(ClockLedger, CountsAsThePublishedExample)
{
    const Clock5 clock = accepted("2024-09-27", 5);
    EXPECT_EQ(clock.on("2024-09-27").due_on, "2024-10-10");
    EXPECT_EQ(clock.on("2024-09-27").used, 0);
    EXPECT_EQ(clock.on("2024-09-29").used, 1);
    EXPECT_EQ(clock.on("2024-10-07").used, 2);
    EXPECT_EQ(clock.on("2024-10-08").used, 3);
    EXPECT_EQ(clock.on("2024-10-08").remaining, 2);
    EXPECT_EQ(clock.on("2024-10-10").remaining, 0);
    EXPECT_EQ(clock.on("2024-10-12").remaining, -2);
    EXPECT_EQ(clock.on("2024-10-10").state, ClockState::running);
}

TEST(ClockLedger, StandsStillWhilePaused)
{
    Clock5 clock = accepted("2024-09-27", 5);
    clock.act({ClockAct::pause, at("2024-09-30"), 0, "公告", "实施细则第十七条", {}});
    for (const char* day : {"2024-09-30", "2024-10-08", "2024-11-15"}) {
        EXPECT_EQ(clock.on(day).used, 2) << day;
        EXPECT_EQ(clock.on(day).remaining, 3) << day;
        EXPECT_EQ(clock.on(day).due_on, "") << day;
        EXPECT_EQ(clock.on(day).state, ClockState::paused);
    }
    clock.act({ClockAct::resume, at("2024-10-21"), 0, "公告期满", {}, {}});
    EXPECT_EQ(clock.on("2024-10-21").due_on, "2024-10-24");
    EXPECT_EQ(clock.on("2024-10-22").used, 3);
    clock.act({ClockAct::stop, at("2024-10-23"), 0, "登簿", {}, {}});
    EXPECT_EQ(clock.on("2024-12-02").used, 4);
    EXPECT_EQ(clock.on("2024-12-02").state, ClockState::stopped);
}

TEST(ClockLedger, LosesNothingByAPauseOfOneDay)
{
    Clock5 clock = accepted("2024-09-27", 5);
    clock.act({ClockAct::pause, at("2024-10-08", 9), 0, "查税", {}, {}});
    clock.act({ClockAct::resume, at("2024-10-08", 16), 0, "已核", {}, {}});
    EXPECT_EQ(clock.on("2024-10-08").due_on, "2024-10-10");
}

TEST(ClockLedger, PromisesTheSameDayWithoutABudget)
{
    EXPECT_EQ(accepted("2024-10-08", 0).on("2024-10-08").due_on, "2024-10-08");
    EXPECT_EQ(accepted("2024-10-03", 0).on("2024-10-08").due_on, "2024-10-08");
}

TEST(ClockLedger, IsNotMendedByAPauseThatCameTooLate)
{
    Clock5 clock = accepted("2024-09-27", 1);
    EXPECT_EQ(clock.on("2024-10-08").remaining, -2);
    clock.act({ClockAct::pause, at("2024-10-08"), 0, "争议", {}, {}});
    EXPECT_EQ(clock.on("2024-10-08").remaining, -2);
    clock.act({ClockAct::resume, at("2024-10-09"), 0, "争议解决", {}, {}});
    EXPECT_EQ(clock.on("2024-10-09").due_on, "2024-09-29");
}

TEST(ClockLedger, GetsLongerWithAReason)
{
    Clock5 clock = accepted("2024-09-27", 5);
    clock.act({ClockAct::extend, at("2024-10-09"), 10, "情况复杂", "经负责人批准", {}});
    EXPECT_EQ(clock.on("2024-10-09").budget, 15);
    EXPECT_EQ(clock.on("2024-10-09").due_on, "2024-10-23");
}

// H55: a working-day calendar changes after cases were accepted: recalculated, never shorter than promised in writing.
TEST(ClockLedger, H55NeverShortensAPromiseWhenTheCalendarChanges)
{
    Clock5 longer = accepted("2024-10-08", 5);  // promised for the 14th: the Saturday is a working day
    ASSERT_EQ(longer.on("2024-10-08").due_on, "2024-10-14");
    const WorkCalendar flood = autumn_2024({"2024-10-10", "2024-10-11"});
    longer.calendar = flood;
    longer.act({ClockAct::recompute, at("2024-10-09"), 0, "工作日历调整", {}, {}});
    EXPECT_EQ(longer.on("2024-10-09").due_on, "2024-10-16");
    EXPECT_EQ(longer.on("2024-10-09").remaining, 4);

    // The two days are taken back: the 16th was promised and stays, and there is that much more time.
    longer.calendar = autumn_2024();
    longer.act({ClockAct::recompute, at("2024-10-10"), 0, "工作日历调整", {}, {}});
    EXPECT_EQ(longer.on("2024-10-10").due_on, "2024-10-16");
    EXPECT_EQ(longer.on("2024-10-16").remaining, 0);
}

TEST(ClockLedger, HasNothingToSayBeforeAcceptance)
{
    const ClockReading reading = read_clock({}, autumn_2024(), at("2024-10-08"));
    EXPECT_EQ(reading.state, ClockState::not_started);
    EXPECT_EQ(reading.due_on, "");
}

// 视为受理: one working day to answer, a warning at half of it, days off do not count.
TEST(AnswerUrgency, CountsWorkingTimeOnly)
{
    const WorkCalendar calendar = autumn_2024();
    const auto urgency = [&](Millis pushed, Millis now) { return answer_urgency(pushed, now, calendar); };
    EXPECT_EQ(urgency(at("2024-10-09", 10), at("2024-10-09", 21)), AnswerUrgency::in_time);
    EXPECT_EQ(urgency(at("2024-10-09", 10), at("2024-10-09", 22)), AnswerUrgency::warning);
    EXPECT_EQ(urgency(at("2024-10-09", 10), at("2024-10-10", 9)), AnswerUrgency::warning);
    EXPECT_EQ(urgency(at("2024-10-09", 10), at("2024-10-10", 10)), AnswerUrgency::overdue);
    // The last working day before the holiday: nothing happens while it lasts.
    EXPECT_EQ(urgency(at("2024-09-30", 15), at("2024-10-01", 10)), AnswerUrgency::in_time);
    EXPECT_EQ(urgency(at("2024-09-30", 15), at("2024-10-07", 23)), AnswerUrgency::in_time);
    EXPECT_EQ(urgency(at("2024-09-30", 15), at("2024-10-08", 3)), AnswerUrgency::warning);
    EXPECT_EQ(urgency(at("2024-09-30", 15), at("2024-10-08", 15)), AnswerUrgency::overdue);
    // Friday afternoon, and the Saturday is a working day.
    EXPECT_EQ(urgency(at("2024-10-11", 15), at("2024-10-12", 15)), AnswerUrgency::overdue);
    // Pushed on a day off: all of the next working day.
    EXPECT_EQ(urgency(at("2024-10-05", 15), at("2024-10-08", 11)), AnswerUrgency::in_time);
    EXPECT_EQ(urgency(at("2024-10-05", 15), at("2024-10-08", 23)), AnswerUrgency::warning);
    EXPECT_EQ(urgency(at("2024-10-05", 15), at("2024-10-09", 0)), AnswerUrgency::overdue);
}

}  // namespace
}  // namespace tongban
