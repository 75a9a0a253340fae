#include "platform/postgres/postgres_database.h"

#include <libpq-fe.h>

#include <algorithm>
#include <vector>

#include "platform/postgres/postgres_connection.h"
#include "platform/sql/connection_pool.h"
#include "platform/sql/lane.h"

namespace tongban {

namespace {

class PostgresGroup : public GroupConnection {
public:
    PostgresGroup(const std::string& conninfo, PostgresLimits limits)
        : connection_(conninfo, limits, PostgresUse::writing), limits_(limits)
    {
    }

    void begin(Pace pace) override
    {
        pace_ = pace;
        if (!connection_.usable()) connection_.connect(limits_.connect_ms);
        connection_.forget_failure();
        connection_.take_doubt();
        connection_.set_unit(0);
        unit_ = 0;
        connection_.control("begin");
    }

    UnitOutcome run_unit(const Database::Work& work) override
    {
        connection_.set_unit(++unit_);
        UnitOutcome outcome;
        const auto attempt = [&](auto&& step) {
            try {
                step();
            } catch (...) {
                outcome = UnitOutcome{.result = {}, .thrown = std::current_exception()};
            }
        };
        attempt([&] {
            connection_.control("savepoint unit");
            outcome.result = work(connection_);
        });
        // Afterwards a failure of what the unit queued is its own, and its neighbours need not be run again.
        if (pace_ == Pace::careful && !connection_.failure()) attempt([&] { connection_.receive(); });
        if (const auto failure = connection_.failure()) {  // whatever the unit made of it
            if (failure->timed_out) std::rethrow_exception(failure->thrown);
            if (failure->lost || failure->retriable) throw GroupLost(text_of(failure->thrown));
            if (failure->unit != unit_) throw GroupLost("a statement of an earlier unit failed");
            connection_.forget_failure();
            if (!outcome.thrown) outcome = UnitOutcome{.result = {}, .thrown = failure->thrown};
        }
        if (outcome.thrown || !outcome.result->has_value()) connection_.control("rollback to savepoint unit");
        connection_.control("release savepoint unit");
        return outcome;
    }

    void commit() override
    {
        try {
            connection_.control("commit");
            connection_.receive();
        } catch (...) {
            // The server said no, or took its leave before it came to COMMIT: nothing is committed. Anything else
            // leaves the outcome in doubt.
            const auto failure = connection_.failure();
            const bool certain = failure && (!failure->lost || (failure->told && failure->at != "commit"));
            if (certain) throw GroupLost(text_of(failure->thrown));
            throw;
        }
        if (connection_.take_doubt()) {
            connection_.drop();
            throw DatabaseUnavailable("committed here, but perhaps not on the standby");
        }
        if (connection_.last_tag() != "COMMIT") throw GroupLost("the group was rolled back");
    }

    void abandon() noexcept override
    {
        try {
            connection_.forget_failure();
            if (!connection_.usable()) return connection_.drop();
            connection_.control("rollback");
            connection_.receive();
        } catch (...) {
            connection_.drop();
        }
    }

private:
    static std::string text_of(const std::exception_ptr& thrown)
    {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& e) {
            return e.what();
        }
    }

    PostgresConnection connection_;
    PostgresLimits limits_;
    Pace pace_ = Pace::pipelined;
    int unit_ = 0;
};

// Names of schemas stand in the text of statements, so they may hold nothing that means something there.
void require_plain(const std::string& schema)
{
    const bool plain = !schema.empty() && schema.size() <= 63 && schema.front() >= 'a' && schema.front() <= 'z' &&
                       schema.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!plain) throw DatabaseUnavailable("the schema name " + schema + " is not lower-case letters, digits and _");
}

// One statement outside a transaction, on a connection of its own.
void run_once(const std::string& conninfo, const std::string& text)
{
    PostgresConnection connection(conninfo, {}, PostgresUse::writing);
    connection.connect(0);
    connection.control(text.c_str());
    connection.receive();
}

class PostgresDatabase : public Database {
public:
    PostgresDatabase(const std::string& conninfo, PostgresLimits limits)
        : limits_(limits), readers_(static_cast<std::size_t>(limits.readers_max), [conninfo, limits] {
              return std::make_unique<PostgresConnection>(conninfo, limits, PostgresUse::reading);
          })
    {
        if (!limits.schema.empty()) run_once(conninfo, "create schema if not exists " + limits.schema);
        ConnectionPool<PostgresConnection>::Borrowed(readers_)->connect(0);
        for (int i = 0; i < limits.lanes; ++i) {
            lanes_.push_back(std::make_unique<Lane>(std::make_unique<PostgresGroup>(conninfo, limits)));
        }
    }

    Result<void> write(Agency agency, const Work& work) override
    {
        // Neighbouring codes spread over the lanes.
        const auto mixed = static_cast<std::uint32_t>(agency) * 2654435761U;
        return lanes_[(mixed >> 16U) % lanes_.size()]->run(work);
    }

    Result<void> read(const Work& work) override
    {
        const ReadScope scope;
        ConnectionPool<PostgresConnection>::Borrowed reader(readers_);
        for (int attempt = 1;; ++attempt) {
            if (!reader->usable()) reader->connect(limits_.connect_ms);
            try {
                return read_on(*reader, work);
            } catch (const DatabaseUnavailable&) {
                // Lost before the work has seen anything: it cannot tell the second run from the first.
                const bool lost = reader->failure() && reader->failure()->lost && !reader->failure()->timed_out;
                if (attempt > 1 || !lost || reader->delivered_rows()) throw;
            }
        }
    }

    std::string_view engine() const override { return "postgres"; }

    WriteCounts write_counts() const override
    {
        WriteCounts sum;
        for (const auto& lane : lanes_) {
            const WriteCounts counts = lane->counts();
            sum.units += counts.units;
            sum.commits += counts.commits;
            sum.groups_retried += counts.groups_retried;
        }
        return sum;
    }

private:
    // The end is sent but not waited for; its answer is read with the next use of the connection.
    struct Ending {
        PostgresConnection& reader;
        ~Ending()
        {
            try {
                if (reader.failure() && reader.failure()->lost) return;
                reader.forget_failure();
                reader.control("rollback");
                reader.send();
            } catch (...) {
                reader.drop();
            }
        }
    };

    static Result<void> read_on(PostgresConnection& reader, const Work& work)
    {
        reader.forget_failure();
        reader.forget_delivery();
        const Ending ending{reader};
        reader.control("begin isolation level repeatable read read only");
        Result<void> answer = work(reader);
        if (reader.failure()) std::rethrow_exception(reader.failure()->thrown);
        return answer;
    }

    PostgresLimits limits_;
    ConnectionPool<PostgresConnection> readers_;
    std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& conninfo, PostgresLimits limits)
{
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(conninfo.c_str(), &message), PQconninfoFree);
    if (!options) {
        std::string why = message ? message : "out of memory";
        PQfreemem(message);
        std::erase(why, '\n');
        throw DatabaseUnavailable("the PostgreSQL connection string is not understood: " + why);
    }
    if (!limits.schema.empty()) require_plain(limits.schema);
    return std::make_unique<PostgresDatabase>(conninfo, limits);
}

void drop_postgres_schema(const std::string& conninfo, const std::string& schema)
{
    require_plain(schema);
    run_once(conninfo, "drop schema if exists " + schema + " cascade");
}

}  // namespace tongban
