#pragma once
// Booking, cancelling and listing. A booking is one unit of the hall's lane; the person's own list follows by a
// message.

#include <functional>
#include <string>

#include "modules/access/core/api.h"
#include "modules/appointments/core/slots.h"
#include "modules/calendar/core/calendars.h"
#include "modules/catalog/core/catalog.h"
#include "modules/persons/core/persons.h"

namespace tongban {

// message_kind "appointment.told", hall → province.
struct AppointmentTold {
    std::string id, person, day, slot, state;
    Millis at = 0;
};
BOOST_DESCRIBE_STRUCT(AppointmentTold, (), (id, person, day, slot, state, at))
inline constexpr std::string_view appointment_told_kind = "appointment.told";

// Thread-safe.
class Appointments {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        PortalPersons& persons;
        const Catalog& catalog;
        const Calendars& calendars;
        const HallPlans& plans;
        // Writes the message in the hall's unit (the exchange is above this module) and wakes the delivery.
        std::function<void(Sql&, Agency hall, Agency province, std::string body, Millis)> tell;
        std::function<void()> wake;
    };
    explicit Appointments(Parts parts) : parts_(std::move(parts)) {}

    // Free seats of every slot of the bookable days. catalog.registry_not_found.
    Result<std::string> slots(Agency hall);
    // appointments.slot_unknown, full, too_many, same_day. The same slot again gives the booking that is there.
    Result<std::string> book(const Actor& person, Agency hall, const std::string& day, const std::string& slot);
    // appointments.not_found (also somebody else's), too_late.
    Result<void> cancel(const Actor& person, Agency hall, const std::string& id);
    Result<std::string> own(const Actor& person);
    // Who is expected at the clerk's own hall on a day (empty: today).
    Result<std::string> expected(const Actor& clerk, std::string day);

    // In the province's lane.
    void take(Sql& sql, Agency hall, Agency province, const AppointmentTold& told);

private:
    Parts parts_;
};

void add_appointment_routes(Api& api, Appointments& flow);

}  // namespace tongban
