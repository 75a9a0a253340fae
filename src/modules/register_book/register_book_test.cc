#include "modules/register_book/register_book.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "modules/register_book/register_fixture_test.h"
#include "modules/register_book/register_problems.h"
#include "platform/sql/open_database.h"

namespace tongban {
namespace {

class RegisterBookTest : public RegisterFixture {
protected:
    NewMortgage new_mortgage(const std::string& case_number)
    {
        NewMortgage entry;
        entry.unit_number = flat;
        entry.mortgagee = "演示银行";
        entry.mortgagor = "王建国";
        entry.secured_amount_fen = 100000000;
        entry.certificate_number = "鲁(2026)历下区不动产证明第" + case_number + "号";
        entry.case_number = case_number;
        entry.registrar = "登簿员";
        entry.registered_at = clock_.now();
        return entry;
    }

    Result<std::int64_t> mortgage(const std::string& case_number, std::int64_t reviewed_version)
    {
        const NewMortgage entry = new_mortgage(case_number);
        return write(lixia, [&](Sql& sql) -> Result<std::int64_t> {
            return book_.add_mortgage(sql, lixia, entry, reviewed_version, "test");
        });
    }

    Result<SeizureKind> seize(const std::string& document)
    {
        return write(lixia, [&](Sql& sql) -> Result<SeizureKind> {
            return book_.add_seizure(sql, lixia, {flat, "演示法院", document, clock_.now(), "2029-11-22"}, "test",
                                     clock_.now());
        });
    }
};
TONGBAN_ON_EACH_ENGINE(RegisterBookTest);

TEST_P(RegisterBookTest, AnUnknownUnitIsNotFound)
{
    EXPECT_FALSE(view().found);
    EXPECT_EQ(mortgage("TB1", 0).error().problem, &register_problem::unit_unknown);
    EXPECT_EQ(seize("(2026)鲁01执1号").error().problem, &register_problem::unit_unknown);
}

TEST_P(RegisterBookTest, AUnitIsAddedOnceAndBelongsToOneRegistry)
{
    add_flat();
    const auto again = write(lixia, [&](Sql& sql) -> Result<bool> {
        return book_.add_unit(sql, lixia, {flat, "", UnitUse::other, "", "", "", "", ""}, "test", clock_.now());
    });
    EXPECT_FALSE(again.value());
    const RegisterView unit = view();
    EXPECT_EQ(unit.location, "历下区演示路1号");
    EXPECT_EQ(unit.version, 2);
    ASSERT_EQ(unit.owners.size(), 1U);
    EXPECT_EQ(unit.owners[0].number_masked, "370102********1237");
    EXPECT_EQ(unit.owners[0].number_sealed, "sealed:370102190003071237");
    EXPECT_FALSE(view(shinan).found);
}

TEST_P(RegisterBookTest, MortgagesGetTheNextOrderAndEndedOnesStay)
{
    add_flat();
    EXPECT_EQ(mortgage("TB1", view().version).value(), 1);
    EXPECT_EQ(mortgage("TB2", view().version).value(), 2);
    const std::string first = view().mortgages.at(0).id;
    const auto ended = write(lixia, [&](Sql& sql) -> Result<void> {
        return book_.end_mortgage(sql, lixia, first, "主债权消灭", "test", clock_.now());
    });
    EXPECT_TRUE(ended.has_value());
    EXPECT_EQ(view().mortgages.size(), 2U);
    EXPECT_EQ(current_mortgages(view()), 1U);
    EXPECT_EQ(mortgage("TB3", view().version).value(), 3);
    const auto twice = write(lixia, [&](Sql& sql) -> Result<void> {
        return book_.end_mortgage(sql, lixia, first, "主债权消灭", "test", clock_.now());
    });
    EXPECT_EQ(twice.error().problem, &register_problem::mortgage_unknown);
}

TEST_P(RegisterBookTest, AnEntryOnAChangedUnitIsRefused)
{
    add_flat();
    const std::int64_t reviewed = view().version;
    ASSERT_TRUE(seize("(2026)鲁01执1号").has_value());
    EXPECT_EQ(mortgage("TB1", reviewed).error().problem, &register_problem::changed_meanwhile);
    EXPECT_TRUE(view().mortgages.empty());
}

TEST_P(RegisterBookTest, OneCaseIsEnteredOnce)
{
    add_flat();
    ASSERT_TRUE(mortgage("TB1", view().version).has_value());
    EXPECT_THROW((void)mortgage("TB1", view().version), UniqueViolation);
    EXPECT_EQ(view().mortgages.size(), 1U);
}

TEST_P(RegisterBookTest, WaitingSeizuresTakeEffectInOrder)
{
    add_flat();
    EXPECT_EQ(seize("甲").value(), SeizureKind::seizure);
    clock_.advance(60000);
    EXPECT_EQ(seize("乙").value(), SeizureKind::waiting);
    EXPECT_EQ(seize("乙").value(), SeizureKind::waiting) << "the same document changes nothing";
    ASSERT_EQ(view().seizures.size(), 2U);
    const auto lift = [&](const std::string& document) {
        return write(lixia, [&](Sql& sql) -> Result<void> {
            return book_.lift_seizure(sql, lixia, flat, document, "解除", "test", clock_.now());
        });
    };
    ASSERT_TRUE(lift("甲").has_value());
    ASSERT_EQ(view().seizures.size(), 1U);
    EXPECT_EQ(view().seizures[0].document_number, "乙");
    EXPECT_EQ(view().seizures[0].kind, SeizureKind::seizure);
    EXPECT_EQ(lift("甲").error().problem, &register_problem::seizure_unknown);
    EXPECT_EQ(seize("甲").error().problem, &register_problem::seizure_unknown) << "a lifted document does not revive";
}

TEST_P(RegisterBookTest, EveryChangeIsAnEventOfTheUnit)
{
    add_flat();
    ASSERT_TRUE(mortgage("TB1", view().version).has_value());
    ASSERT_TRUE(seize("甲").has_value());
    const auto events = read([&](Sql& sql) -> Result<std::vector<JournalEvent>> {
        return journal_->read(sql, lixia, {"unit", flat});
    });
    ASSERT_EQ(events->size(), 4U);
    EXPECT_EQ(static_cast<std::int64_t>(events->size()), view().version);
    EXPECT_EQ(events->at(2).type, "register.mortgage_entered");
    for (const JournalEvent& event : *events) EXPECT_EQ(event.body.find("王建国"), std::string::npos);
}

// Two processes write to one registry, each with lanes of its own: `admin seize` beside the platform, or a second node.
// Only PostgreSQL lets them meet; on SQLite the second writer waits for the whole transaction of the first.
class TwoProcesses : public RegisterBookTest {
protected:
    // `first` has written and not committed when `second` starts, and commits while `second` waits or works.
    void meet(const Database::Work& first, const Database::Work& second)
    {
        std::promise<void> written;
        std::atomic<bool> told = false;
        std::jthread court([&] {
            const Result<void> done = database().write(lixia, [&](Sql& sql) -> Result<void> {
                TRY(first(sql));
                (void)book_.find_unit(sql, lixia, flat);  // what was queued has reached the server
                if (!told.exchange(true)) written.set_value();
                std::this_thread::sleep_for(std::chrono::milliseconds(300));
                return {};
            });
            EXPECT_TRUE(done.has_value());
        });
        written.get_future().wait();
        const std::unique_ptr<Database> other = open_database(spec());
        EXPECT_TRUE(other->write(lixia, second).has_value());
    }
    Result<SeizureKind> seize_in(Sql& sql, const std::string& document)
    {
        return book_.add_seizure(sql, lixia, {flat, "演示法院", document, clock_.now(), "2029-11-22"}, "test",
                                 clock_.now());
    }
};
INSTANTIATE_TEST_SUITE_P(On, TwoProcesses, ::testing::Values("postgres"),
                         [](const ::testing::TestParamInfo<std::string>& i) { return i.param; });

TEST_P(TwoProcesses, AMortgageIsNotEnteredBesideASeizureThatIsBeingEntered)
{
    add_flat();
    const std::int64_t reviewed = view().version;
    std::optional<std::string> refused;
    meet(
        [&](Sql& sql) -> Result<void> {
            TRY(seize_in(sql, "甲"));
            return {};
        },
        [&](Sql& sql) -> Result<void> {
            refused.reset();
            const auto entered = book_.add_mortgage(sql, lixia, new_mortgage("TB1"), reviewed, "test");
            if (!entered) refused = entered.error().code();
            return {};
        });
    EXPECT_EQ(refused, "register_book.changed_meanwhile");
    EXPECT_TRUE(view().mortgages.empty());
    EXPECT_EQ(view().seizures.size(), 1U);
}

TEST_P(TwoProcesses, ALockedUnitIsReadAsItsLastWriterLeftIt)
{
    add_flat();
    std::size_t seizures = 0;
    meet(
        [&](Sql& sql) -> Result<void> {
            TRY(seize_in(sql, "甲"));
            return {};
        },
        [&](Sql& sql) -> Result<void> {
            seizures = book_.lock_unit(sql, lixia, flat).seizures.size();
            return {};
        });
    EXPECT_EQ(seizures, 1U);
}

TEST_P(TwoProcesses, OfTwoSeizuresOneWaits)
{
    add_flat();
    SeizureKind second = SeizureKind::seizure;
    meet(
        [&](Sql& sql) -> Result<void> {
            TRY(seize_in(sql, "甲"));
            return {};
        },
        [&](Sql& sql) -> Result<void> {
            second = TRY(seize_in(sql, "乙"));
            return {};
        });
    EXPECT_EQ(second, SeizureKind::waiting);
}

}  // namespace
}  // namespace tongban
