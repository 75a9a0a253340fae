#include "platform/postgres/postgres_connection.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <thread>
#include <vector>

#include "base/blocking.h"

namespace tongban {

namespace {

using OwnedResult = std::unique_ptr<PGresult, void (*)(PGresult*)>;

constexpr int server_version_min = 150000;

std::int64_t monotonic_ms()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// libpq speaks in several lines; the operator wants one sentence.
std::string one_line(const char* message)
{
    std::string line = message ? message : "";
    while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.pop_back();
    std::string made;
    for (const char c : line) made += c == '\n' ? ';' : c == '\t' ? ' ' : c;
    return made;
}

// Object identifiers of pg_type are fixed for built-in types.
SqlValue read_value(const PGresult* result, int row, int column, const std::string& name)
{
    if (PQgetisnull(result, row, column)) return nullptr;
    const char* const bytes = PQgetvalue(result, row, column);
    const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
    const Oid type = PQftype(result, column);
    if (type == 25 || type == 1043 || type == 1042 || type == 19 || type == 705) return std::string(bytes, size);
    if (type == 16) return std::int64_t{*bytes == 't'};
    if (type == 20 || type == 21 || type == 23 || type == 1700) {  // sum(bigint) is numeric
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(bytes, bytes + size, number);
        if (error == std::errc{} && end == bytes + size) return number;
    }
    throw BrokenInvariant("a column that is neither TEXT nor INTEGER from " + name);
}

}  // namespace

PostgresConnection::PostgresConnection(std::string conninfo, PostgresLimits limits, PostgresUse use)
    : conninfo_(std::move(conninfo)), limits_(limits), use_(use)
{
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::connect(int patience_ms)
{
    const Blocking until_connected;
    const std::int64_t deadline = monotonic_ms() + patience_ms;
    for (std::int64_t pause_ms = 50;; pause_ms = std::min<std::int64_t>(pause_ms * 2, 500)) {
        try {
            // One attempt may meet a frozen host; it gets its own time.
            connect_once(limits_.connect_ms);
            apply_settings();
            return;
        } catch (const DatabaseUnavailable&) {
            drop();
            if (monotonic_ms() + pause_ms >= deadline) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
    }
}

void PostgresConnection::connect_once(int patience_ms)
{
    drop();
    // What stands before dbname may be overridden by the connection string, what stands behind it may not.
    const std::array<const char*, 7> keywords{"fallback_application_name",
                                              "connect_timeout",
                                              "keepalives_idle",
                                              "tcp_user_timeout",
                                              "dbname",
                                              "client_encoding",
                                              nullptr};
    const std::array<const char*, 7> values{"tongban", "3", "15", "15000", conninfo_.c_str(), "UTF8", nullptr};
    handle_.reset(PQconnectStartParams(keywords.data(), values.data(), 1));
    const auto refuse = [&](const std::string& why) {
        throw DatabaseUnavailable("cannot open the PostgreSQL database: " + why);
    };
    if (!handle_) refuse("out of memory");
    PGconn* const handle = handle_.get();
    const std::int64_t deadline = monotonic_ms() + patience_ms;
    PostgresPollingStatusType next = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (next != PGRES_POLLING_OK) {
        if (next == PGRES_POLLING_FAILED) refuse(one_line(PQerrorMessage(handle)));
        const std::int64_t left = deadline - monotonic_ms();
        if (left <= 0) refuse("no answer in time");
        pollfd waiting{PQsocket(handle), static_cast<short>(next == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        poll(&waiting, 1, static_cast<int>(left));
        if (waiting.revents != 0) next = PQconnectPoll(handle);
    }
    if (PQserverVersion(handle) < server_version_min) refuse("the server is older than PostgreSQL 15");
    const char* const encoding = PQparameterStatus(handle, "server_encoding");
    if (!encoding || std::string_view(encoding) != "UTF8") refuse("the database's encoding is not UTF8");
    PQsetnonblocking(handle, 1);
    if (PQenterPipelineMode(handle) != 1) refuse(one_line(PQerrorMessage(handle)));
    PQsetNoticeReceiver(
        handle,
        [](void* self, const PGresult* notice) {
            // "canceling wait for synchronous replication": committed here, perhaps not on the standby.
            const char* const state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
            if (!state) return;
            const std::string_view code = state;
            if (code == "57014" || code == "57P01") static_cast<PostgresConnection*>(self)->doubt_ = true;
        },
        this);
}

void PostgresConnection::apply_settings()
{
    control(("set statement_timeout = " + std::to_string(limits_.statement_ms)).c_str());
    control("set idle_in_transaction_session_timeout = 60000");
    control("set client_min_messages = warning");
    control("set default_transaction_isolation = 'read committed'");
    if (!limits_.schema.empty()) control(("set search_path = " + limits_.schema).c_str());
    // A stricter setting of the site (remote_apply) stays; "off" would acknowledge what may be lost.
    control("select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'");
    receive();
}

bool PostgresConnection::usable()
{
    if (!handle_) return false;
    // Notices a server that went away while we were idle: first its farewell waits in the socket, then the end.
    for (int reads = 0; reads < 8; ++reads) {
        if (PQstatus(handle_.get()) != CONNECTION_OK) return false;
        pollfd waiting{PQsocket(handle_.get()), POLLIN, 0};
        if (poll(&waiting, 1, 0) == 0) return true;
        if (PQconsumeInput(handle_.get()) != 1) return false;
    }
    return PQstatus(handle_.get()) == CONNECTION_OK;
}

void PostgresConnection::drop() noexcept
{
    handle_.reset();
    prepared_.clear();
    expected_.clear();
    failure_.reset();
    unsynced_ = false;
    doubt_ = false;
}

bool PostgresConnection::in_transaction() const
{
    return handle_ && PQtransactionStatus(handle_.get()) != PQTRANS_IDLE;
}

SqlRows PostgresConnection::query(const Statement& statement, std::initializer_list<SqlValue> values)
{
    SqlRows rows;
    queue(statement, values, &rows);
    receive();
    if (!rows.empty()) delivered_ = true;
    return rows;
}

void PostgresConnection::execute(const Statement& statement, std::initializer_list<SqlValue> values)
{
    queue(statement, values, nullptr);
}

void PostgresConnection::control(const char* text)
{
    if (!handle_) throw DatabaseUnavailable("the connection to PostgreSQL is gone");
    if (PQsendQueryParams(handle_.get(), text, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) {
        lose(one_line(PQerrorMessage(handle_.get())));
    }
    expected_.push_back({Expected::Kind::command, text, unit_, nullptr});
    unsynced_ = true;
}

void PostgresConnection::queue(const Statement& statement, std::initializer_list<SqlValue> values, SqlRows* rows)
{
    if (!handle_) throw DatabaseUnavailable("the connection to PostgreSQL is gone");
    PGconn* const handle = handle_.get();
    const std::string name(statement.name);
    const std::string text(statement.text);
    const auto found = prepared_.find(name);
    if (found != prepared_.end() && found->second != text) throw BrokenInvariant("two statements are called " + name);

    std::vector<std::string> numbers(values.size());  // storage of the integers as text
    std::vector<const char*> pointers;
    for (const SqlValue& value : values) {
        if (const auto* string = std::get_if<std::string>(&value)) {
            if (string->find('\0') != std::string::npos) throw BrokenInvariant("NUL in a value of " + name);
            pointers.push_back(string->c_str());
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            std::string& made = numbers[pointers.size()];
            made = std::to_string(*number);
            pointers.push_back(made.c_str());
        } else {
            pointers.push_back(nullptr);
        }
    }
    const int count = static_cast<int>(pointers.size());
    // A nameless statement runs once and is not kept.
    if (!name.empty() && found == prepared_.end()) {
        if (PQsendPrepare(handle, name.c_str(), text.c_str(), 0, nullptr) != 1) {
            lose(one_line(PQerrorMessage(handle)));
        }
        expected_.push_back({Expected::Kind::prepare, name, unit_, nullptr});
        prepared_.emplace(name, text);
    }
    const int sent = name.empty()
                         ? PQsendQueryParams(handle, text.c_str(), count, nullptr, pointers.data(), nullptr, nullptr, 0)
                         : PQsendQueryPrepared(handle, name.c_str(), count, pointers.data(), nullptr, nullptr, 0);
    if (sent != 1) lose(one_line(PQerrorMessage(handle)));
    expected_.push_back({Expected::Kind::command, name, unit_, rows});
    unsynced_ = true;
}

void PostgresConnection::send()
{
    if (!handle_ || !unsynced_) return;
    if (PQpipelineSync(handle_.get()) != 1) lose(one_line(PQerrorMessage(handle_.get())));
    expected_.push_back({Expected::Kind::sync, "", unit_, nullptr});
    unsynced_ = false;
    if (PQflush(handle_.get()) < 0) lose(one_line(PQerrorMessage(handle_.get())));
}

void PostgresConnection::receive()
{
    send();
    const bool clean = !failure_.has_value();
    const std::int64_t deadline = monotonic_ms() + limits_.statement_ms;
    int ends = 0;
    while (!expected_.empty()) {
        wait_for_answer(deadline);
        const OwnedResult result(PQgetResult(handle_.get()), PQclear);
        if (!result) {  // the end of one command's results
            if (++ends > 1) lose("the answers are out of step");
            continue;
        }
        ends = 0;
        const Expected expected = std::move(expected_.front());
        expected_.pop_front();
        accept_result(result.get(), expected);
    }
    if (clean && failure_) std::rethrow_exception(failure_->thrown);
    if (!clean) throw BrokenInvariant("a statement follows a failed one in the same unit");
}

void PostgresConnection::wait_for_answer(std::int64_t deadline)
{
    PGconn* const handle = handle_.get();
    if (!PQisBusy(handle)) return;
    const Blocking until_answered;
    while (PQisBusy(handle)) {
        const int unsent = PQflush(handle);
        const std::int64_t left = deadline - monotonic_ms();
        if (left <= 0) lose("no answer in time", {.thrown = {}, .at = {}, .timed_out = true});
        pollfd waiting{PQsocket(handle), static_cast<short>(unsent == 1 ? POLLIN | POLLOUT : POLLIN), 0};
        const int ready = poll(&waiting, 1, static_cast<int>(left));
        if (ready == 0) lose("no answer in time", {.thrown = {}, .at = {}, .timed_out = true});
        // A broken connection shows as a failed result, with the server's farewell in it if there was one.
        PQconsumeInput(handle);
    }
}

void PostgresConnection::accept_result(PGresult* result, const Expected& expected)
{
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) {
        if (expected.kind != Expected::Kind::sync) lose("the answers are out of step");
        return;
    }
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        tag_ = PQcmdStatus(result);
        if (!expected.rows) return;
        const int height = PQntuples(result);
        const int width = PQnfields(result);
        expected.rows->reserve(static_cast<std::size_t>(height));
        for (int row = 0; row < height; ++row) {
            std::vector<SqlValue> columns;
            columns.reserve(static_cast<std::size_t>(width));
            for (int column = 0; column < width; ++column) {
                columns.push_back(read_value(result, row, column, expected.name));
            }
            expected.rows->emplace_back(std::move(columns));
        }
        return;
    }
    if (expected.kind == Expected::Kind::prepare) prepared_.erase(expected.name);
    if (status == PGRES_PIPELINE_ABORTED) return;  // follows a failure that is noted already
    note_error(result, expected);
}

void PostgresConnection::note_error(PGresult* result, const Expected& expected)
{
    const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string code = state ? state : "";
    const std::string family = code.substr(0, 2);
    if (code.empty() || code.starts_with("57P") || PQstatus(handle_.get()) != CONNECTION_OK) {
        // Answers come in order: a farewell with a code in place of one says that this and the following were not done.
        lose(one_line(PQresultErrorMessage(result)), {.thrown = {}, .at = expected.name, .told = !code.empty()});
    }
    if (failure_) return;
    // The primary message names tables and columns; only class 22 quotes values, which may be somebody's.
    const char* const primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string message =
        expected.name + ": " + (family == "22" || !primary ? "data error" : one_line(primary)) + " (" + code + ")";
    PostgresFailure failure{.thrown = {}, .at = expected.name, .unit = expected.unit};
    if (code == "23505") {
        failure.thrown = std::make_exception_ptr(UniqueViolation(message));
    } else if (code == "25006" && use_ == PostgresUse::reading) {
        failure.thrown = std::make_exception_ptr(BrokenInvariant("a statement writes in Database::read: " + message));
    } else if (code == "25006") {
        lose("the server is read-only, perhaps a standby");
    } else if (family == "40") {
        failure.retriable = true;
        failure.thrown = std::make_exception_ptr(DatabaseUnavailable(message));
    } else if ((family == "08" && code != "08P01") || family == "53" || family == "55" || family == "57" ||
               family == "58" || family == "XX") {
        failure.thrown = std::make_exception_ptr(DatabaseUnavailable(message));
    } else {
        failure.thrown = std::make_exception_ptr(BrokenInvariant(message));
    }
    failure_ = failure;
}

void PostgresConnection::lose(const std::string& why, PostgresFailure how)
{
    const DatabaseUnavailable thrown("lost the connection to PostgreSQL: " + why);
    how.thrown = std::make_exception_ptr(thrown);
    how.unit = unit_;
    how.lost = true;
    drop();
    failure_ = std::move(how);
    throw thrown;
}

}  // namespace tongban
