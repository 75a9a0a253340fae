#include "modules/appointments/appointments.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/json.h"
#include "base/record.h"
#include "modules/access/core/access_problems.h"
#include "modules/appointments/hall_files.h"
#include "modules/calendar/calendar_files.h"
#include "modules/catalog/catalog_files.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency hall = 370202;
constexpr Agency other_hall = 370102;
constexpr Agency shandong = 370000;

class NamedPersons : public PortalPersons {
public:
    Result<PortalPerson> verified(const Actor& actor, AssuranceLevel) override
    {
        if (!actor.is_person()) return Error{access_problem::not_signed_in};
        PortalPerson person;
        person.kept_by = shandong;
        person.account = actor.account;
        person.name = "王示范";
        person.phone_masked = "139****0001";
        return person;
    }
};

class AppointmentsTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        flow_ = std::make_unique<Appointments>(
            Appointments::Parts{database(), clock_, ids_, persons_, catalog_, calendars_, plans_,
                                [this](Sql&, Agency from, Agency to, std::string body, Millis) {
                                    const std::lock_guard lock(mutex_);
                                    told_.push_back({from, to, std::move(body)});
                                },
                                [] {}});
    }
    static Actor me(const std::string& id = "1")
    {
        Actor actor;
        actor.account = "person:" + id;
        actor.agency = shandong;
        actor.duties = {Duty::applicant};
        return actor;
    }
    void deliver()
    {
        for (const auto& [from, to, body] : told_) {
            const auto told = record_from_text<AppointmentTold>(body);
            (void)write(to, [&](Sql& sql) -> Result<void> {
                flow_->take(sql, from, to, told);
                return {};
            });
        }
        told_.clear();
    }
    Result<std::string> book(const Actor& who, const std::string& slot, const std::string& day = "2026-11-24",
                             Agency at = hall)
    {
        return flow_->book(who, at, day, slot);
    }
    static std::string id_of(const Result<std::string>& booked)
    {
        return std::string(parse_json(booked.value()).value().at("id").as_string());
    }
    json::array own(const Actor& who)
    {
        return parse_json(flow_->own(who).value()).value().at("appointments").as_array();
    }
    std::int64_t free_at(const std::string& day, const std::string& slot)
    {
        const json::value slots = parse_json(flow_->slots(hall).value()).value();
        for (const json::value& one : slots.at("days").as_array()) {
            if (one.at("day").as_string() != day) continue;
            for (const json::value& s : one.at("slots").as_array()) {
                if (s.at("slot").as_string() == slot) return s.at("free").as_int64();
            }
        }
        return -1;
    }

    struct Told {
        Agency from, to;
        std::string body;
    };
    std::mutex mutex_;
    std::vector<Told> told_;
    NamedPersons persons_;
    Catalog catalog_ = load_catalog("data");
    Calendars calendars_{load_calendar("data/calendar")};
    HallPlans plans_ = load_halls("data/appointments/halls.toml");
    std::unique_ptr<Appointments> flow_;
};
TONGBAN_ON_EACH_ENGINE(AppointmentsTest);

TEST_P(AppointmentsTest, APersonBooksSeesAndCancels)
{
    EXPECT_EQ(free_at("2026-11-24", "09:00"), 4);
    const auto booked = book(me(), "09:00");
    ASSERT_TRUE(booked.has_value());
    EXPECT_EQ(id_of(book(me(), "09:00")), id_of(booked)) << "the same again is the same booking";
    EXPECT_EQ(free_at("2026-11-24", "09:00"), 3);
    deliver();
    ASSERT_EQ(own(me()).size(), 1U);
    EXPECT_EQ(own(me())[0].at("state").as_string(), "booked");
    EXPECT_EQ(book(me(), "10:00").error().problem, &appointments_problem::same_day);
    EXPECT_EQ(flow_->cancel(me("2"), hall, id_of(booked)).error().problem, &appointments_problem::not_found);
    ASSERT_TRUE(flow_->cancel(me(), hall, id_of(booked)).has_value());
    EXPECT_EQ(flow_->cancel(me(), hall, id_of(booked)).error().problem, &appointments_problem::not_found);
    EXPECT_EQ(free_at("2026-11-24", "09:00"), 4);
    deliver();
    EXPECT_EQ(own(me())[0].at("state").as_string(), "cancelled");
    EXPECT_TRUE(own(me("2")).empty());
}

TEST_P(AppointmentsTest, ASlotIsNeverOverbooked)
{
    std::atomic<int> taken = 0;
    std::atomic<int> full = 0;
    std::vector<std::thread> crowd;
    for (int i = 0; i < 12; ++i) {
        crowd.emplace_back([&, i] {
            const auto booked = book(me(std::to_string(i)), "09:30");
            if (booked)
                ++taken;
            else if (booked.error().problem == &appointments_problem::full)
                ++full;
        });
    }
    for (std::thread& one : crowd) one.join();
    EXPECT_EQ(taken, 4);
    EXPECT_EQ(full, 8);
    EXPECT_EQ(free_at("2026-11-24", "09:30"), 0);
}

TEST_P(AppointmentsTest, OnlySlotsThatAreThereAndNotTooMany)
{
    for (const auto& [day, slot] : std::vector<std::pair<std::string, std::string>>{
             {"2026-11-24", "12:00"}, // lunch
             {"2026-11-28", "09:00"}, // Saturday
             {"2026-12-01", "09:00"}, // eight days ahead
             {"2026-11-23", "14:00"}, // it is 14:05
             {"2026-11-20", "09:00"},
             {"nonsense",   "09:00"}
    }) {
        EXPECT_EQ(book(me(), slot, day).error().problem, &appointments_problem::slot_unknown) << day << slot;
    }
    EXPECT_EQ(book({}, "09:00").error().problem, &access_problem::not_signed_in);
    EXPECT_EQ(flow_->book(me(), 999999, "2026-11-24", "09:00").error().problem, &catalog_problem::registry_not_found);
    ASSERT_TRUE(book(me(), "09:00").has_value());
    ASSERT_TRUE(book(me(), "09:00", "2026-11-24", other_hall).has_value());
    deliver();
    EXPECT_EQ(book(me(), "09:00", "2026-11-25").error().problem, &appointments_problem::too_many);
}

TEST_P(AppointmentsTest, ItIsTooLateToCancelTwoHoursBefore)
{
    const auto booked = book(me(), "09:00");
    clock_.set(begin_of("2026-11-24", "09:00") - 120 * 60'000 + 1);
    EXPECT_EQ(flow_->cancel(me(), hall, id_of(booked)).error().problem, &appointments_problem::too_late);
    clock_.advance(-1);
    EXPECT_TRUE(flow_->cancel(me(), hall, id_of(booked)).has_value());
}

TEST_P(AppointmentsTest, TheHallSeesWhoIsExpected)
{
    ASSERT_TRUE(book(me(), "09:00").has_value());
    Actor clerk{
        .account = "c", .name = "赵", .agency = hall, .duties = {Duty::collector}, .case_number = {}, .party = {}};
    const json::value seen = parse_json(flow_->expected(clerk, "2026-11-24").value()).value();
    ASSERT_EQ(seen.at("appointments").as_array().size(), 1U);
    EXPECT_EQ(seen.at("appointments").as_array()[0].at("name").as_string(), "王示范");
    clerk.agency = other_hall;
    const json::value other = parse_json(flow_->expected(clerk, "2026-11-24").value()).value();
    EXPECT_TRUE(other.at("appointments").as_array().empty());
    EXPECT_EQ(flow_->expected(me(), "").error().problem, &access_problem::forbidden);
}

}  // namespace
}  // namespace tongban
