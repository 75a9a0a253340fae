#pragma once
// One connection in pipeline mode with its prepared statements. Used by one thread at a time.
//
// Statements are queued; only query() and receive() send them and wait, one round trip for everything queued so far.
// Each wait has a deadline of ours: a frozen server still completes TCP, so nothing else would ever end it.

#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <libpq-fe.h>

#include "base/sql.h"
#include "platform/postgres/postgres_database.h"

namespace tongban {

enum class PostgresUse { writing, reading };

// The first thing that went wrong since the connection was last clean.
struct PostgresFailure {
    std::exception_ptr thrown;
    std::string at;     // the statement that was being answered
    int unit = 0;       // the unit that queued it
    bool lost = false;  // the connection is gone
    bool told = false;  // by a farewell of the server: what follows `at` was not done
    bool timed_out = false;
    bool retriable = false;  // deadlock, serialization: the same work may succeed when run again
};

class PostgresConnection : public Sql {
public:
    PostgresConnection(std::string conninfo, PostgresLimits limits, PostgresUse use);
    ~PostgresConnection() override;

    // Connects, trying again with back-off for at most `patience_ms`; 0 tries once. Throws DatabaseUnavailable.
    void connect(int patience_ms);
    bool usable();  // connected, and the server has not hung up meanwhile
    void drop() noexcept;

    SqlRows query(const Statement& statement, std::initializer_list<SqlValue> values) override;
    void execute(const Statement& statement, std::initializer_list<SqlValue> values) override;

    void control(const char* text);  // queues BEGIN, SAVEPOINT …
    void send();                     // sends what is queued, does not wait
    void receive();                  // sends, waits for all answers, throws the failure if there is a new one

    void set_unit(int unit) { unit_ = unit; }
    const std::optional<PostgresFailure>& failure() const { return failure_; }
    void forget_failure() { failure_.reset(); }
    bool in_transaction() const;                          // as the server last said
    const std::string& last_tag() const { return tag_; }  // of the last command that worked: "COMMIT" or "ROLLBACK"
    bool take_doubt() { return std::exchange(doubt_, false); }  // the wait for a standby was cut short
    bool delivered_rows() const { return delivered_; }
    void forget_delivery() { delivered_ = false; }

private:
    struct Expected {
        enum class Kind { prepare, command, sync } kind;
        std::string name;
        int unit;
        SqlRows* rows;
    };

    void connect_once(int patience_ms);
    void apply_settings();
    void queue(const Statement& statement, std::initializer_list<SqlValue> values, SqlRows* rows);
    void accept_result(PGresult* result, const Expected& expected);
    void note_error(PGresult* result, const Expected& expected);
    void wait_for_answer(std::int64_t deadline);
    [[noreturn]] void lose(const std::string& why, PostgresFailure how = {});

    struct Closer {
        void operator()(PGconn* handle) const { PQfinish(handle); }
    };
    std::string conninfo_;
    PostgresLimits limits_;
    PostgresUse use_;
    std::unique_ptr<PGconn, Closer> handle_;
    std::unordered_map<std::string, std::string> prepared_;  // name → text
    std::deque<Expected> expected_;
    std::optional<PostgresFailure> failure_;
    std::string tag_;
    int unit_ = 0;
    bool unsynced_ = false;
    bool doubt_ = false;
    bool delivered_ = false;
};

}  // namespace tongban
