#pragma once
// The database as the modules see it: one dialect over SQLite and PostgreSQL (architecture.md 1.8, 1.9 and 4).
// Implemented by platform/sqlite and platform/postgres; nobody but server/ knows which one runs.
//
// Statements are named constants that the build makes from `<noun>.sql` beside the module (`-- name: case_get`);
// C++ holds no SQL text. Placeholders are $1, $2 … bound by number on both engines.
//
// Writing. A command is a *unit of work* handed to the lane of one agency. A lane runs the waiting units back to
// back, each in its own savepoint, and answers all of them after one common durable commit. A unit that returns an
// Error or throws rolls back alone. Nothing is acknowledged before the commit is on disk.
// A unit must not wait for anything outside the database nor call Database again: all behind it in the lane would wait.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace tongban {

// Six-digit division code of a registry, 370102. First column of every key of every tenant table.
using Agency = std::int32_t;

struct Statement {
    std::string_view name;  // unique in the program; metrics and logs say it. Empty: run once, not kept prepared
    std::string_view text;
};

// TEXT, INTEGER/BIGINT or NULL. There is no floating point and no blob in our schema.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, std::string>;

class SqlRow {
public:
    explicit SqlRow(std::vector<SqlValue> columns) : columns_(std::move(columns)) {}
    bool is_null(std::size_t i) const { return std::holds_alternative<std::nullptr_t>(columns_.at(i)); }
    std::int64_t integer(std::size_t i) const { return std::get<std::int64_t>(columns_.at(i)); }
    const std::string& text(std::size_t i) const { return std::get<std::string>(columns_.at(i)); }
    std::string take_text(std::size_t i) { return std::move(std::get<std::string>(columns_.at(i))); }
    std::string text_or_empty(std::size_t i) const { return is_null(i) ? std::string{} : text(i); }
    std::size_t size() const { return columns_.size(); }

private:
    std::vector<SqlValue> columns_;
};
using SqlRows = std::vector<SqlRow>;

// Inside a transaction. Valid only during the callback that received it; used by one thread.
class Sql {
public:
    virtual ~Sql() = default;

    // Runs a statement and gives its rows.
    virtual SqlRows query(const Statement& statement, std::initializer_list<SqlValue> values) = 0;

    // Runs a statement whose rows nobody needs. On PostgreSQL it is only queued (pipeline mode) and sent with the next
    // query or at the end of the unit; a failure then still fails exactly this unit.
    virtual void execute(const Statement& statement, std::initializer_list<SqlValue> values) = 0;

    // The row, if there is one. Two rows are a broken invariant.
    std::optional<SqlRow> find(const Statement& statement, std::initializer_list<SqlValue> values);
};

// A row broke a unique or primary key. Units that expect this (claims, idempotency) should use ON CONFLICT instead;
// as an exception it means that two writers met where a lane should have kept them apart.
struct UniqueViolation : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The database is gone, full or read-only. The request fails with 503 and nothing was changed, or, when the
// connection was lost during COMMIT, the outcome is unknown and the client repeats the same Idempotency-Key.
struct DatabaseUnavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What the lanes did since the start: for metrics, and for tests of group commit.
struct WriteCounts {
    std::uint64_t units = 0;           // units answered, whatever the answer
    std::uint64_t commits = 0;         // common commits
    std::uint64_t groups_retried = 0;  // groups run again from the start
};

class Database {
public:
    using Work = std::function<Result<void>(Sql&)>;

    virtual ~Database() = default;

    // Runs `work` in the lane of `agency` and returns after the durable commit. Blocks the calling worker thread.
    // The work may be run again from the start if the whole group had to be retried, so it must not have effects
    // outside the database and must assign, not append, what it captures. Throws DatabaseUnavailable.
    virtual Result<void> write(Agency agency, const Work& work) = 0;

    // Runs `work` on a reading connection, on a snapshot of its own. Writing through it throws.
    virtual Result<void> read(const Work& work) = 0;

    virtual std::string_view engine() const = 0;  // "sqlite" or "postgres"
    virtual WriteCounts write_counts() const { return {}; }
};

}  // namespace tongban
