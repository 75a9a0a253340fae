#pragma once
// One connection with its prepared statements. Used by one thread at a time.

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "base/sql.h"

namespace tongban {

enum class Use { writing, reading };

class SqliteConnection : public Sql {
public:
    SqliteConnection(const std::string& path, Use use);  // throws DatabaseUnavailable

    SqlRows query(const Statement& statement, std::initializer_list<SqlValue> values) override;
    void execute(const Statement& statement, std::initializer_list<SqlValue> values) override;

    // BEGIN, SAVEPOINT … : statements of this layer, kept prepared under their text.
    void control(std::string_view text);
    bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
    // A failure of the disk or the file happened since the last call; whatever the unit made of it, its group is lost.
    bool take_broken();
    // The first statement that failed since the last call. A unit cannot swallow it: on PostgreSQL it could not either.
    std::exception_ptr take_failure() { return std::exchange(failure_, nullptr); }

private:
    struct Closer {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct Prepared {
        std::unique_ptr<sqlite3_stmt, Closer> statement;
        std::string text;
        std::vector<int> indexes;  // of $1, $2 …: SQLite numbers named parameters by first appearance
    };

    Prepared prepare(const Statement& statement);
    Prepared& prepared(const Statement& statement);
    SqlRows run(const Statement& statement, Prepared& prepared, std::initializer_list<SqlValue> values);
    [[noreturn]] void fail(std::string_view what);

    std::unique_ptr<sqlite3, Closer> handle_;
    std::unordered_map<std::string_view, Prepared> kept_;  // keys are the names, which live as long as the program
    std::unordered_map<std::string, Prepared> controls_;
    Use use_;
    std::exception_ptr failure_;
    bool broken_ = false;
};

}  // namespace tongban
