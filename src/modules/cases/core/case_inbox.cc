#include "modules/cases/core/case_inbox.h"

#include "base/codes.h"
#include "base/json.h"
#include "base/text.h"
#include "base/text_table.h"
#include "modules/calendar/core/clock_ledger.h"

namespace tongban {
namespace {

constexpr Millis full_day = 24LL * 60 * 60 * 1000;
constexpr Millis china_offset = full_day / 3;

constexpr TextTable<Due, 3> dues{{{{Due::any, "any"}, {Due::overdue, "overdue"}, {Due::today, "today"}}}};

// The latest moment a package may have come so that its answer is owed by `until`. answer_until() rises with the
// moment, and a time off is never as long as where we begin to look.
Millis last_push_answered_by(Millis until, const WorkCalendar& calendar)
{
    constexpr Millis time_off_max = 20 * full_day;
    Millis before = until - time_off_max;
    Millis after = until;
    while (after - before > 1) {
        const Millis middle = before + (after - before) / 2;
        (answer_until(middle, calendar) <= until ? before : after) = middle;
    }
    return before;
}

}  // namespace

const Due* find_due(std::string_view text)
{
    return dues.find(text);
}

DueRange due_range(Due due, Millis now, const WorkCalendar& calendar)
{
    if (due == Due::any) return {};
    const std::string today = china_date(now);
    const Millis answer_owed = last_push_answered_by(now, calendar);
    if (due == Due::overdue) return {false, "0", iso_date(day_of(today) - std::chrono::days{1}), 1, answer_owed};
    const Millis tomorrow = (now + china_offset) / full_day * full_day + full_day - china_offset;
    return {false, today, today, answer_owed + 1, last_push_answered_by(tomorrow, calendar)};
}

Result<CaseSearch> read_search(std::string_view typed)
{
    const std::string text{trimmed(typed)};
    if (text_fault(text) || character_count(text) < 2 || character_count(text) > 100) {
        return Error{base_problem::invalid_fields, {}, {{"/q", "length", "请输入 2 至 100 个字"}}};
    }
    if (const CheckedCode code = check_case_number(text)) return CaseSearch{CaseSearch::Kind::case_number, code.value};
    if (const CheckedCode code = check_unit_number(text)) return CaseSearch{CaseSearch::Kind::unit, code.value};
    if (const CheckedCode code = check_certificate_number(text))
        return CaseSearch{CaseSearch::Kind::certificate, code.value};
    return CaseSearch{CaseSearch::Kind::name, text};
}

}  // namespace tongban
