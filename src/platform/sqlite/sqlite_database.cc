#include "platform/sqlite/sqlite_database.h"

#include "platform/sql/connection_pool.h"
#include "platform/sql/lane.h"
#include "platform/sqlite/sqlite_connection.h"

namespace tongban {

namespace {

constexpr std::size_t readers_max = 32;

class SqliteGroup : public GroupConnection {
public:
    explicit SqliteGroup(const std::string& path) : connection_(path, Use::writing) {}

    // SQLite has no round trips to save: every unit is careful.
    void begin(Pace) override
    {
        connection_.take_broken();
        connection_.control("begin immediate");
    }

    UnitOutcome run_unit(const Database::Work& work) override
    {
        UnitOutcome outcome;
        connection_.control("savepoint unit");
        connection_.take_failure();
        try {
            outcome.result = work(connection_);
        } catch (...) {
            outcome.thrown = std::current_exception();
        }
        // A full disk rolls back the whole transaction inside SQLite.
        if (connection_.take_broken() || !connection_.in_transaction()) {
            throw DatabaseUnavailable("the database file cannot be written");
        }
        if (const auto failure = connection_.take_failure(); failure && !outcome.thrown) {
            outcome = UnitOutcome{.result = {}, .thrown = failure};
        }
        if (outcome.thrown || !outcome.result->has_value()) connection_.control("rollback to unit");
        connection_.control("release unit");
        return outcome;
    }

    void commit() override { connection_.control("commit"); }

    void abandon() noexcept override
    {
        try {
            if (connection_.in_transaction()) connection_.control("rollback");
        } catch (...) {  // the next begin() says it aloud
        }
    }

private:
    SqliteConnection connection_;
};

class SqliteDatabase : public Database {
public:
    explicit SqliteDatabase(const std::string& path)
        : lane_(std::make_unique<SqliteGroup>(path)),
          readers_(readers_max, [path] { return std::make_unique<SqliteConnection>(path, Use::reading); })
    {
    }

    Result<void> write(Agency, const Work& work) override { return lane_.run(work); }

    Result<void> read(const Work& work) override
    {
        const ReadScope scope;
        ConnectionPool<SqliteConnection>::Borrowed reader(readers_);
        const Ending ending{reader};
        reader->control("begin");  // the snapshot starts with the first statement
        reader->take_failure();
        Result<void> answer = work(*reader);
        if (const auto failure = reader->take_failure()) std::rethrow_exception(failure);
        return answer;
    }

    std::string_view engine() const override { return "sqlite"; }
    WriteCounts write_counts() const override { return lane_.counts(); }

private:
    // Ends the reading transaction on every way out.
    struct Ending {
        ConnectionPool<SqliteConnection>::Borrowed& reader;
        ~Ending()
        {
            try {
                if (reader->in_transaction()) reader->control("rollback");
            } catch (...) {
                reader.drop();  // the next reader opens a new one and hears what is wrong
            }
        }
    };

    Lane lane_;
    ConnectionPool<SqliteConnection> readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path)
{
    return std::make_unique<SqliteDatabase>(path);
}

}  // namespace tongban
