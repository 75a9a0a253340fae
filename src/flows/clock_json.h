#pragma once
// The time a registry has, as the case sheet, the inbox and the applicant's page show it.

#include <boost/json.hpp>

#include "modules/calendar/core/clock_ledger.h"

namespace tongban {

// CaseClock of the API.
boost::json::object clock_json(const ClockLedger& ledger, const WorkCalendar& calendar, Millis now);
// AnswerOwed of the API: until when what was pushed has to be answered.
boost::json::object answer_json(Millis waiting_since, const WorkCalendar& calendar, Millis now);

}  // namespace tongban
