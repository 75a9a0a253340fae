#pragma once
// Lists of cases: the queues of the home registry with their filters and counts, and the search.

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "modules/calendar/core/calendar.h"
#include "modules/cases/core/case.h"

namespace tongban {

// One line of a list, without any JSON parsed.
struct CaseRow {
    std::string number, state, item, collection_number;
    Agency collecting = 0;
    std::string unit_number, location, parties, due_on;
    Millis filed_at = 0;
    Millis changed_at = 0;
    Millis waiting_since = 0;  // an answer is owed since then; 0 when none is
    std::string queue;
    std::int64_t version = 0;
    std::string claimed_by, claimed_name;  // account and name; empty: free
    Millis claimed_at = 0;
};

struct CasePage {
    std::vector<CaseRow> rows;
    std::string next_cursor;  // empty: that was the last page
};

enum class Due { any, overdue, today };
const Due* find_due(std::string_view text);

// The last day to decide, and the moment until which an answer on a package is owed, as ranges of what rows keep. What
// stands still (暂停) is never due.
struct DueRange {
    bool any = true;
    std::string due_from, due_until;             // of due_on, both included
    Millis waiting_from = 0, waiting_until = 0;  // of waiting_since, both included
};
// `overdue`: the day was yesterday or before, or the answer is owed since (条例 17: then it counts as accepted);
// `today`: the day is today, or the answer is owed by the end of it.
DueRange due_range(Due due, Millis now, const WorkCalendar& calendar);

struct InboxFilter {
    std::string owner = "*";  // account; empty: claimed by nobody; "*": whoever
    std::string item;         // empty: every
    Agency collecting = 0;    // 0: every
    DueRange due;
};

struct InboxCounts {
    std::map<std::string, std::int64_t> queues;  // by name; without those that hold nothing
    std::int64_t mine = 0;
};

// What one person has of one queue; account empty: what nobody has.
struct DeskLoad {
    std::string account, queue;
    std::int64_t open = 0;
    std::int64_t older_than_day = 0, older_than_week = 0;  // since the package came first
    std::int64_t overdue = 0, today = 0;                   // DueRange of both
    std::int64_t deemed = 0;                               // counts as accepted, unanswered (条例 17)
    Millis oldest_at = 0;
};
struct LoadLimits {
    Millis now = 0;
    DueRange overdue, today;
};

struct ReturnSource {
    std::string moment, code, item;
    Agency collecting = 0;
    std::int64_t count = 0;
};

// A return that cites no rule, no question and no line.
struct RuleRequest {
    std::string case_number, moment, code, item, text, by;
    Millis at = 0;
};

// What somebody typed into the search box, told apart by its form.
struct CaseSearch {
    enum class Kind { case_number, unit, certificate, name };
    Kind kind = Kind::name;
    std::string text;  // in normal form; a certificate's number is turned into its case by the flow
};
// base.invalid_fields for less than two characters.
Result<CaseSearch> read_search(std::string_view typed);

}  // namespace tongban
