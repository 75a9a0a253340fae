#pragma once
// A migrated, empty database of its own for every test, on each engine:
//
//     class CaseStoreTest : public DatabaseTest {};
//     TONGBAN_ON_EACH_ENGINE(CaseStoreTest);
//     TEST_P(CaseStoreTest, FindsWhatItSaved) { auto saved = write(370102, [&](Sql& sql) { … }); }
//
// SQLite always runs (a file in a folder of its own). PostgreSQL runs when TONGBAN_TEST_POSTGRES holds a conninfo whose
// account may create databases (tests/postgres.sh prints one); otherwise these tests show as SKIPPED.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "base/sql.h"
#include "testing/fakes.h"

namespace tongban {

// Removed with all its content at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

class DatabaseTest : public ::testing::TestWithParam<std::string> {
protected:
    DatabaseTest();
    ~DatabaseTest() override;
    void SetUp() override;

    // Opens and migrates on first use. Tests that need no database of SetUp pay nothing.
    Database& database();
    const std::string& spec() const { return spec_; }  // what open_database() was given
    void close() { database_.reset(); }                // and database() opens the same one again

    // Runs `work` returning Result<T> and gives its Result<T>.
    template <class Work>
    auto write(Agency agency, Work&& work)
    {
        return unwrap(std::forward<Work>(work),
                      [&](const Database::Work& unit) { return database().write(agency, unit); });
    }
    template <class Work>
    auto read(Work&& work)
    {
        return unwrap(std::forward<Work>(work), [&](const Database::Work& unit) { return database().read(unit); });
    }

    FakeClock clock_;
    CountingIds ids_;

private:
    template <class Work, class Run>
    static std::invoke_result_t<Work, Sql&> unwrap(Work&& work, Run&& run)
    {
        std::optional<std::invoke_result_t<Work, Sql&>> answer;
        const Result<void> done = run([&](Sql& sql) -> Result<void> {
            answer.emplace(work(sql));
            if (!answer->has_value()) return answer->error();
            return {};
        });
        if (!done.has_value() && answer->has_value()) throw BrokenInvariant("the unit's answer changed");
        return std::move(*answer);
    }

    std::string spec_;
    std::unique_ptr<TemporaryFolder> folder_;
    std::unique_ptr<Database> database_;
};

}  // namespace tongban

#define TONGBAN_ON_EACH_ENGINE(Fixture)                                            \
    INSTANTIATE_TEST_SUITE_P(On, Fixture, ::testing::Values("sqlite", "postgres"), \
                             [](const ::testing::TestParamInfo<std::string>& i) { return i.param; })
