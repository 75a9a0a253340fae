#include "platform/sql/migrations.h"

#include <gmock/gmock.h>

#include "platform/sql/open_database.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Migration one{"202601010000_one", "-- table one: tenant — a test\ncreate table one (\n a text\n);\n"};
constexpr Migration two{"202601010001_two",
                        "create table two (a text);\ninsert into two (a) values ('x--y'); -- why\n"};
constexpr Migration one_changed{"202601010000_one", "create table one (a text, b text);\n"};
constexpr Migration broken{"202601010002_broken", "create table three (a text);\ncreate table two (a text);\n"};

constexpr Statement read_two{"test_read_two", "select a from two"};
constexpr Statement read_three{"test_read_three", "select a from three"};

TEST(SplitStatements, EndsAtLineEndsOnlyAndDropsComments)
{
    EXPECT_THAT(split_statements("-- a;\nselect ';' x,\n  'y--z';\n\nselect 2; -- b\n"),
                ElementsAre("select ';' x,\n  'y--z';\n", "select 2;\n"));
}

// The same database as other tests, with tables of its own: the embedded migrations come first here too.
class MigrationsTest : public DatabaseTest {
protected:
    std::vector<Migration> with(std::initializer_list<Migration> more)
    {
        std::vector<Migration> all;
        for (const Migration& m : more) all.push_back(m);
        for (const Migration& m : embedded_migrations()) all.push_back(m);
        std::ranges::sort(all, {}, &Migration::name);
        return all;
    }
    std::string refusal(const std::vector<Migration>& migrations)
    {
        try {
            apply_migrations(database(), clock_.now(), migrations);
        } catch (const MigrationError& e) {
            return e.what();
        }
        return "";
    }
};
TONGBAN_ON_EACH_ENGINE(MigrationsTest);

TEST_P(MigrationsTest, AppliesEachOnceInOrder)
{
    EXPECT_THAT(apply_migrations(database(), clock_.now(), with({one})), ElementsAre(one.name));
    EXPECT_THAT(apply_migrations(database(), clock_.now(), with({one, two})), ElementsAre(two.name));
    EXPECT_THAT(apply_migrations(database(), clock_.now(), with({one, two})), IsEmpty());
    const auto text = read([](Sql& sql) -> Result<std::string> { return sql.find(read_two, {})->text(0); });
    EXPECT_EQ(text.value(), "x--y");
}

TEST_P(MigrationsTest, RefusesAChangedFileAndANewerDatabase)
{
    apply_migrations(database(), clock_.now(), with({one, two}));
    EXPECT_THAT(refusal(with({one_changed, two})), HasSubstr("202601010000_one was changed"));
    EXPECT_THAT(refusal(with({one})), HasSubstr("newer program"));
}

TEST_P(MigrationsTest, AFailingFileLeavesNothingBehind)
{
    apply_migrations(database(), clock_.now(), with({two}));
    EXPECT_ANY_THROW(apply_migrations(database(), clock_.now(), with({two, broken})));
    EXPECT_ANY_THROW(read([](Sql& sql) -> Result<void> {
        sql.query(read_three, {});
        return {};
    }));
}

TEST_P(MigrationsTest, SeveralProcessesMayStartAtOnce)
{
    database();
    std::vector<std::thread> programs;
    std::atomic<int> applied = 0;
    for (int i = 0; i < 4; ++i) {
        programs.emplace_back([&] {
            const auto mine = open_database(spec());
            applied += static_cast<int>(apply_migrations(*mine, clock_.now(), with({one, two})).size());
        });
    }
    for (std::thread& program : programs) program.join();
    EXPECT_EQ(applied, 2);
}

}  // namespace
}  // namespace tongban
