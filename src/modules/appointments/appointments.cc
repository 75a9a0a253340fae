#include "modules/appointments/appointments.h"

#include <algorithm>

#include "base/codes.h"
#include "base/json.h"
#include "base/record.h"
#include "sql/appointment_sql.h"

namespace tongban {
namespace {

constexpr std::int64_t open_max = 2;

json::object booking_json(const std::string& id, Agency hall, const Registry* registry, const std::string& day,
                          const std::string& slot)
{
    json::object out;
    out["id"] = id;
    out["hall"] = std::to_string(hall);
    out["hall_name"] = registry == nullptr ? std::string{} : registry->name;
    out["day"] = day;
    out["slot"] = slot;
    return out;
}

}  // namespace

Result<std::string> Appointments::slots(Agency hall)
{
    TRY(parts_.catalog.get_registry(hall));
    const HallPlan& plan = parts_.plans.of(hall);
    const Millis now = parts_.clock.now();
    json::array days;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        days.clear();
        for (const std::string& day : bookable_days(plan, parts_.calendars.of(hall), now)) {
            std::map<std::string, std::int64_t> taken;
            for (const SqlRow& row : sql.query(sql::appointment_taken, {hall, day}))
                taken[row.text(0)] = row.integer(1);
            json::array slots;
            for (const std::string& slot : plan.slots) {
                if (begin_of(day, slot) <= now) continue;
                json::object one;
                one["slot"] = slot;
                one["free"] = std::max<std::int64_t>(0, plan.capacity - taken[slot]);
                slots.push_back(std::move(one));
            }
            json::object one;
            one["day"] = day;
            one["slots"] = std::move(slots);
            days.push_back(std::move(one));
        }
        return {};
    }));
    json::object out;
    out["slot_minutes"] = plan.slot_minutes;
    out["cancel_minutes"] = plan.cancel_minutes;
    out["days"] = std::move(days);
    return json::serialize(out);
}

Result<std::string> Appointments::book(const Actor& actor, Agency hall, const std::string& day, const std::string& slot)
{
    const PortalPerson person = TRY(parts_.persons.verified(actor, AssuranceLevel::real_name));
    const Registry* registry = TRY(parts_.catalog.get_registry(hall));
    const HallPlan& plan = parts_.plans.of(hall);
    const Millis now = parts_.clock.now();
    if (!is_date(day) || !can_book(plan, parts_.calendars.of(hall), day, slot, now)) {
        return Error{appointments_problem::slot_unknown};
    }
    // Of the person's own list, which a message fills: two bookings in the same second at two halls may pass it.
    std::int64_t open = 0;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        open = sql.find(sql::own_appointment_open, {person.kept_by, person.account, china_date(now)})->integer(0);
        return {};
    }));
    const std::string fresh = parts_.ids.next();
    std::string id;
    TRY(parts_.database.write(hall, [&](Sql& sql) -> Result<void> {
        if (const auto there = sql.find(sql::appointment_of_day, {hall, day, person.account})) {
            if (there->text(1) != slot) return Error{appointments_problem::same_day};
            id = there->text(0);
            return {};
        }
        if (open >= open_max) return Error{appointments_problem::too_many};
        std::vector<bool> taken(static_cast<std::size_t>(plan.capacity), false);
        for (const SqlRow& row : sql.query(sql::appointment_seats, {hall, day, slot})) {
            const auto seat = static_cast<std::size_t>(row.integer(0) - 1);
            if (seat < taken.size()) taken[seat] = true;
        }
        for (std::size_t seat = 0; seat < taken.size(); ++seat) {
            if (taken[seat]) continue;
            const auto row =
                sql.find(sql::appointment_take, {hall, day, slot, static_cast<std::int64_t>(seat + 1), fresh,
                                                 person.account, person.name, person.phone_masked, now});
            if (!row) continue;
            id = fresh;
            parts_.tell(sql, hall, person.kept_by,
                        record_text(AppointmentTold{id, person.account, day, slot, "booked", now}), now);
            return {};
        }
        return Error{appointments_problem::full};
    }));
    parts_.wake();
    return json::serialize(booking_json(id, hall, registry, day, slot));
}

Result<void> Appointments::cancel(const Actor& actor, Agency hall, const std::string& id)
{
    const PortalPerson person = TRY(parts_.persons.verified(actor, AssuranceLevel::real_name));
    TRY(parts_.catalog.get_registry(hall));
    const Millis now = parts_.clock.now();
    TRY(parts_.database.write(hall, [&](Sql& sql) -> Result<void> {
        const auto row = sql.find(sql::appointment_get, {hall, id});
        if (!row || row->text(2) != person.account) return Error{appointments_problem::not_found};
        const Millis last =
            begin_of(row->text(0), row->text(1)) - parts_.plans.of(hall).cancel_minutes * Millis{60'000};
        if (now > last) return Error{appointments_problem::too_late};
        sql.execute(sql::appointment_give_back, {hall, id});
        parts_.tell(sql, hall, person.kept_by,
                    record_text(AppointmentTold{id, person.account, row->text(0), row->text(1), "cancelled", now}),
                    now);
        return {};
    }));
    parts_.wake();
    return {};
}

Result<std::string> Appointments::own(const Actor& actor)
{
    const PortalPerson person = TRY(parts_.persons.verified(actor, AssuranceLevel::real_name));
    json::array rows;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        rows.clear();
        for (const SqlRow& row : sql.query(sql::own_appointment_list, {person.kept_by, person.account})) {
            const auto hall = static_cast<Agency>(row.integer(1));
            json::object one =
                booking_json(row.text(0), hall, parts_.catalog.find_registry(hall), row.text(2), row.text(3));
            one["state"] = row.text(4);
            rows.push_back(std::move(one));
        }
        return {};
    }));
    json::object out;
    out["appointments"] = std::move(rows);
    return json::serialize(out);
}

Result<std::string> Appointments::expected(const Actor& clerk, std::string day)
{
    TRY(authorise(clerk, Action::see_appointments, clerk.agency));
    if (day.empty()) day = china_date(parts_.clock.now());
    if (!is_date(day)) return Error{appointments_problem::slot_unknown};
    json::array rows;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        rows.clear();
        for (const SqlRow& row : sql.query(sql::appointment_list, {clerk.agency, day})) {
            json::object one;
            one["slot"] = row.text(0);
            one["name"] = row.text(2);
            one["phone_masked"] = row.text(3);
            one["booked_at"] = utc_text(row.integer(4));
            rows.push_back(std::move(one));
        }
        return {};
    }));
    json::object out;
    out["day"] = day;
    out["appointments"] = std::move(rows);
    return json::serialize(out);
}

void Appointments::take(Sql& sql, Agency hall, Agency province, const AppointmentTold& told)
{
    sql.execute(sql::own_appointment_put,
                {province, told.person, told.id, hall, told.day, told.slot, told.state, told.at});
}

namespace {

Response no_store(int status, std::string body)
{
    Response response = Response::json(status, std::move(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Result<Agency> hall_of(const std::string& text)
{
    const bool code = text.size() == 6 && text.find_first_not_of("0123456789") == std::string::npos;
    if (!code) return Error{catalog_problem::registry_not_found};
    return static_cast<Agency>(std::stol(text));
}

}  // namespace

void add_appointment_routes(Api& api, Appointments& flow)
{
    api.add(Method::get, "/api/v1/registries/{code}/slots", Action::read_public,
            [&flow](ApiRequest& request) -> Result<Response> {
                return no_store(200, TRY(flow.slots(TRY(hall_of(request.path("code"))))));
            });
    api.add(Method::get, "/api/v1/portal/appointments", Action::use_portal,
            [&flow](ApiRequest& request) -> Result<Response> { return no_store(200, TRY(flow.own(request.actor))); });
    api.add(Method::post, "/api/v1/portal/appointments", Action::use_portal,
            [&flow](ApiRequest& request) -> Result<Response> {
                const json::value body = TRY(request.json());
                JsonReader in(body);
                const std::string hall = in.text("hall", {.max = 6});
                const std::string day = in.text("day", {.max = 10});
                const std::string slot = in.text("slot", {.max = 5});
                TRY(in.finish());
                return no_store(201, TRY(flow.book(request.actor, TRY(hall_of(hall)), day, slot)));
            });
    api.add(Method::del, "/api/v1/portal/appointments/{hall}/{id}", Action::use_portal,
            [&flow](ApiRequest& request) -> Result<Response> {
                TRY(flow.cancel(request.actor, TRY(hall_of(request.path("hall"))), request.path("id")));
                return Response::no_content();
            });
    api.add(Method::get, "/api/v1/appointments", Action::see_appointments,
            [&flow](ApiRequest& request) -> Result<Response> {
                return no_store(200, TRY(flow.expected(request.actor, request.http.query_value("day").value_or(""))));
            });
}

}  // namespace tongban
