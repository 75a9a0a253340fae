#include "platform/sqlite/sqlite_database.h"

#include <condition_variable>
#include <mutex>

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
        try {
            outcome.result = work(connection_);
        } catch (...) {
            outcome.thrown = std::current_exception();
        }
        // A full disk rolls back the whole transaction inside SQLite.
        if (connection_.take_broken() || !connection_.in_transaction()) {
            throw DatabaseUnavailable("the database file cannot be written");
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
    explicit SqliteDatabase(const std::string& path) : path_(path), lane_(std::make_unique<SqliteGroup>(path)) {}

    Result<void> write(Agency, const Work& work) override { return lane_.run(work); }

    Result<void> read(const Work& work) override
    {
        Borrowed reader(*this);
        reader->control("begin");  // the snapshot starts with the first statement
        return work(*reader);
    }

    std::string_view engine() const override { return "sqlite"; }
    WriteCounts write_counts() const override { return lane_.counts(); }

private:
    // A reading connection from the pool; its transaction ends and it is given back at the end.
    class Borrowed {
    public:
        explicit Borrowed(SqliteDatabase& database) : database_(database), connection_(database.take()) {}
        ~Borrowed() { database_.give_back(std::move(connection_)); }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;
        SqliteConnection& operator*() { return *connection_; }
        SqliteConnection* operator->() { return connection_.get(); }

    private:
        SqliteDatabase& database_;
        std::unique_ptr<SqliteConnection> connection_;
    };

    std::unique_ptr<SqliteConnection> take()
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !free_.empty() || readers_ < readers_max; });
        if (!free_.empty()) {
            auto connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        auto connection = std::make_unique<SqliteConnection>(path_, Use::reading);
        ++readers_;
        return connection;
    }

    void give_back(std::unique_ptr<SqliteConnection> connection) noexcept
    {
        try {
            if (connection->in_transaction()) connection->control("rollback");
        } catch (...) {
            connection.reset();  // the next reader opens a new one and hears what is wrong
        }
        {
            const std::lock_guard lock(mutex_);
            if (connection) free_.push_back(std::move(connection));
            else --readers_;
        }
        returned_.notify_one();
    }

    std::string path_;
    Lane lane_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<SqliteConnection>> free_;
    std::size_t readers_ = 0;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path)
{
    return std::make_unique<SqliteDatabase>(path);
}

}  // namespace tongban
