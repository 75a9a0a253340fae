#pragma once
// The work calendar from data/calendar/<year>.toml.

#include <string>

#include "modules/calendar/core/calendar.h"

namespace tongban {

// `folder`: data/calendar. The years must follow one another. Throws DataBroken with every fault as file:line.
WorkCalendar load_calendar(const std::string& folder);

}  // namespace tongban
