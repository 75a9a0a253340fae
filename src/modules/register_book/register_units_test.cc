// Units and what restricts them: locks, parcels, the order of seizures, numbers of abolished counties.

#include "modules/register_book/core/register_questions.h"
#include "modules/register_book/register_fixture_test.h"
#include "modules/register_book/register_problems.h"

namespace tongban {
namespace {

const std::string parcel = "370102001001GB00001W00000000";
const std::string neighbour = "370102001001GB00001F00010002";
const std::string elsewhere = "370102001001GB00002F00010001";
constexpr Millis minute = 60'000;

class RegisterUnitsTest : public RegisterFixture {
protected:
    Result<SeizureKind> seize(const std::string& unit, const std::string& document, Millis delivered_at,
                              bool before_title = false)
    {
        return change([&](Sql& sql) {
            return book_.add_seizure(sql, lixia, {unit, "演示法院", document, delivered_at, "2029-11-22", before_title},
                                     "test", clock_.now());
        });
    }
    Result<void> lift(const std::string& unit, const std::string& document)
    {
        return change(
            [&](Sql& sql) { return book_.lift_seizure(sql, lixia, unit, document, "解除", "test", clock_.now()); });
    }
    static std::string order(const RegisterView& view)
    {
        std::string all;
        for (const RegisteredSeizure& seizure : view.seizures) {
            all += seizure.document_number + ":" + std::string(to_text(seizure.kind)) + " ";
        }
        return all;
    }
};
TONGBAN_ON_EACH_ENGINE(RegisterUnitsTest);

TEST_P(RegisterUnitsTest, ALockStandsUntilItIsReleased)
{
    add_flat();
    const auto lock = [&] {
        return change([&](Sql& sql) {
            return book_.set_lock(sql, lixia, {flat, "涉及权属争议调查", "协查函1号"}, "registrar-1", clock_.now());
        });
    };
    const auto release = [&] {
        return change(
            [&](Sql& sql) { return book_.release_lock(sql, lixia, flat, "调查结束", "registrar-2", clock_.now()); });
    };
    EXPECT_EQ(lock().has_value() ? nullptr : "refused", nullptr);
    RegisterView locked = view();
    EXPECT_TRUE(locked.locked);
    EXPECT_EQ(locked.lock_reason, "涉及权属争议调查");
    EXPECT_EQ(locked.lock_document, "协查函1号");
    EXPECT_EQ(locked.locked_by, "registrar-1");
    EXPECT_EQ(locked.locked_at, clock_.now());
    EXPECT_EQ(lock().error().problem, &register_problem::already_locked);
    EXPECT_TRUE(release().has_value());
    EXPECT_FALSE(view().locked);
    EXPECT_EQ(view().lock_reason, "");
    EXPECT_EQ(release().error().problem, &register_problem::not_locked);
    EXPECT_EQ(view().version, locked.version + 1);
}

TEST_P(RegisterUnitsTest, APlaceholderIsLinkedOnceAndTheTermIsShown)
{
    const NewUnit fresh{flat, "历下区演示路1号", UnitUse::home, "", "", "", "", "", true, "2026-11-22"};
    const auto added =
        change([&](Sql& sql) -> Result<bool> { return book_.add_unit(sql, lixia, fresh, "test", clock_.now()); });
    EXPECT_TRUE(added.value());
    EXPECT_TRUE(view().placeholder);
    EXPECT_TRUE(term_expired(view(), "2026-11-23"));
    EXPECT_FALSE(term_expired(view(), "2026-11-22"));
    const auto link = [&] {
        return change([&](Sql& sql) { return book_.link_placeholder(sql, lixia, flat, "test", clock_.now()); });
    };
    EXPECT_TRUE(link().has_value());
    EXPECT_FALSE(view().placeholder);
    EXPECT_EQ(link().error().problem, &register_problem::not_placeholder);
}

TEST_P(RegisterUnitsTest, ASeizureOfTheParcelCountsForEveryUnitOnIt)
{
    add_flat();
    add_flat(neighbour, lixia);
    add_flat(elsewhere, lixia);
    add_flat(parcel, lixia, false);
    const std::int64_t before = view().version;
    ASSERT_EQ(seize(parcel, "甲", clock_.now()).value(), SeizureKind::seizure);
    EXPECT_EQ(seizures_in_effect(view()), 1U);
    EXPECT_EQ(view().seizures.at(0).unit_number, parcel);
    EXPECT_EQ(view().version, before + 1) << "whoever judged the flat before has to judge it again";
    EXPECT_EQ(seizures_in_effect(view_of(neighbour)), 1U);
    EXPECT_EQ(seizures_in_effect(view_of(elsewhere)), 0U);
    const auto on_parcel =
        read([&](Sql& sql) -> Result<std::vector<std::string>> { return book_.units_on_parcel(sql, lixia, flat); });
    EXPECT_EQ(on_parcel.value(), (std::vector<std::string>{flat, neighbour}));
    // A document on the flat has an order of its own, and lifting it does not free the parcel.
    EXPECT_EQ(seize(flat, "乙", clock_.now()).value(), SeizureKind::seizure);
    ASSERT_TRUE(lift(flat, "乙").has_value());
    EXPECT_EQ(order(view()), "甲:seizure ");
    ASSERT_TRUE(lift(parcel, "甲").has_value());
    EXPECT_TRUE(view().seizures.empty());
    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
        return journal_->read(sql, lixia, {"unit", flat});
    });
    EXPECT_EQ(static_cast<std::int64_t>(events->size()), view().version);
}

TEST_P(RegisterUnitsTest, H33TwoCourtsSeizeWithinMinutesAndCountInTheOrderOfDelivery)
{
    add_flat();
    const Millis morning = clock_.now() / minute * minute;
    EXPECT_EQ(seize(flat, "乙", morning + 5 * minute + 1).value(), SeizureKind::seizure);
    EXPECT_EQ(seize(flat, "丙", morning + 5 * minute).value(), SeizureKind::waiting)
        << "within one minute the order of entry decides";
    EXPECT_EQ(seize(flat, "甲", morning).value(), SeizureKind::seizure) << "delivered before the others";
    EXPECT_EQ(order(view()), "甲:seizure 乙:waiting 丙:waiting ");
    EXPECT_EQ(seizures_in_effect(view()), 1U);
    EXPECT_EQ(waiting_seizures(view()), 2U);
    ASSERT_TRUE(lift(flat, "甲").has_value());
    EXPECT_EQ(order(view()), "乙:seizure 丙:waiting ");
    ASSERT_TRUE(lift(flat, "乙").has_value());
    EXPECT_EQ(order(view()), "丙:seizure ");
}

TEST_P(RegisterUnitsTest, ASeizureBeforeTheTitleKeepsItsKindWhileItWaits)
{
    add_flat();
    EXPECT_EQ(seize(flat, "甲", clock_.now(), true).value(), SeizureKind::pre_seizure);
    clock_.advance(minute);
    EXPECT_EQ(seize(flat, "乙", clock_.now(), true).value(), SeizureKind::waiting_pre_seizure);
    clock_.advance(minute);
    EXPECT_EQ(seize(flat, "丙", clock_.now()).value(), SeizureKind::waiting);
    EXPECT_EQ(seizures_in_effect(view()), 1U);
    ASSERT_TRUE(lift(flat, "甲").has_value());
    EXPECT_EQ(order(view()), "乙:pre_seizure 丙:waiting ");
}

TEST_P(RegisterUnitsTest, H40AUnitKeepsTheNumberOfAnAbolishedCounty)
{
    constexpr Agency laiwu = 370116;  // keeps what 371202 kept
    const std::string old_number = "371202001001GB00001F00010101";
    add_flat(old_number, laiwu);
    const RegisterView unit = view_of(old_number, laiwu);
    EXPECT_TRUE(unit.found);
    EXPECT_EQ(unit.unit_number, old_number);
    EXPECT_FALSE(view_of(old_number, lixia).found);
}

}  // namespace
}  // namespace tongban
