#pragma once
// The case as an applicant sees it: one plain sentence on where it stands, whose turn it is, and the way so far.

#include <optional>
#include <string>

#include "modules/calendar/core/calendar.h"
#include "modules/cases/core/case.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/core/certificate.h"
#include "modules/fees/core/bill.h"

namespace tongban {

struct TrackedParts {
    const Case& subject;
    std::optional<Bill> bill;
    std::optional<Certificate> certificate;
    std::string csrf_token;
    std::string viewer;  // the id of the party who looks
    const WorkCalendar& calendar;
    Millis now = 0;
};

enum class Turn { applicant, window, home, nobody };
std::string_view to_text(Turn turn);

// What was begun online is the applicant's own until it is handed in, and again when something is asked for.
Turn turn_of(const Case& subject);
// "登记机构已受理，正在审核。"
std::string stage_text(const Case& subject, const std::optional<Certificate>& certificate);

// TrackedCase of the API. Names of clerks are not shown; the timeline says what happened and when.
std::string tracked_case_json(const TrackedParts& parts, const Catalog& catalog);

}  // namespace tongban
