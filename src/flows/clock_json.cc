#include "flows/clock_json.h"

namespace tongban {

namespace json = boost::json;

json::object clock_json(const ClockLedger& ledger, const WorkCalendar& calendar, Millis now)
{
    json::array entries;
    for (const ClockEntry& entry : ledger) {
        json::object one{
            {"act",    to_text(entry.act)},
            {"text",   chinese(entry.act)},
            {"at",     utc_text(entry.at)},
            {"reason", entry.reason      }
        };
        if (entry.days != 0) one["days"] = entry.days;
        if (!entry.legal.empty()) one["legal"] = entry.legal;
        if (!entry.due_on.empty()) one["due_on"] = entry.due_on;
        entries.push_back(std::move(one));
    }
    const ClockReading reading = read_clock(ledger, calendar, now);
    json::object out{
        {"state",     to_text(reading.state)},
        {"budget",    reading.budget        },
        {"used",      reading.used          },
        {"remaining", reading.remaining     },
        {"entries",   std::move(entries)    }
    };
    if (!reading.due_on.empty()) out["due_on"] = reading.due_on;
    return out;
}

json::object answer_json(Millis waiting_since, const WorkCalendar& calendar, Millis now)
{
    return {
        {"urgency", to_text(answer_urgency(waiting_since, now, calendar))},
        {"since",         utc_text(waiting_since)                                      },
        {"until",   utc_text(answer_until(waiting_since,  calendar))          }
    };
}

}  // namespace tongban
