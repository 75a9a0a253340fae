#include "platform/sqlite/sqlite_connection.h"

namespace tongban {

namespace {

// synchronous=FULL makes each commit wait for the disk also in WAL mode; nothing is acknowledged before.
// cache_size is per connection, in KiB when negative.
constexpr const char* settings_all =
    "pragma synchronous=full; pragma foreign_keys=on; pragma trusted_schema=off;"
    "pragma temp_store=memory; pragma cache_size=-16000; pragma recursive_triggers=off;";
constexpr const char* settings_writing = "pragma wal_autocheckpoint=4000; pragma journal_size_limit=67108864;";
constexpr const char* settings_reading = "pragma query_only=on;";
constexpr int busy_ms = 5000;  // another process (admin, backup) may hold the write lock for a moment

SqlRow read_row(sqlite3_stmt* statement, std::string_view name)
{
    const int width = sqlite3_column_count(statement);
    std::vector<SqlValue> columns;
    columns.reserve(static_cast<std::size_t>(width));
    for (int i = 0; i < width; ++i) {
        switch (sqlite3_column_type(statement, i)) {
        case SQLITE_NULL: columns.emplace_back(nullptr); break;
        case SQLITE_INTEGER: columns.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)}); break;
        case SQLITE_TEXT: {
            const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            columns.emplace_back(std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
            break;
        }
        default:  // SQLite's own numbers, not an enum of ours: real and blob have no place in our schema
            throw BrokenInvariant("a column that is neither TEXT nor INTEGER from " + std::string(name));
        }
    }
    return SqlRow(std::move(columns));
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Use use) : use_(use)
{
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (use == Use::writing ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    const auto refuse = [&](const std::string& why) {
        throw DatabaseUnavailable("cannot open the database file " + path + ": " + why);
    };
    if (code != SQLITE_OK) refuse(opened ? sqlite3_errmsg(opened) : "out of memory");
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_ms);
    const auto apply = [&](const char* text) {
        if (sqlite3_exec(opened, text, nullptr, nullptr, nullptr) != SQLITE_OK) refuse(sqlite3_errmsg(opened));
    };
    if (use == Use::writing) {
        if (sqlite3_db_readonly(opened, "main") == 1) refuse("it is read-only for this account");
        apply("pragma journal_mode=wal;");
        apply(settings_writing);
    } else {
        apply(settings_reading);
    }
    apply(settings_all);
}

SqlRows SqliteConnection::query(const Statement& statement, std::initializer_list<SqlValue> values)
{
    try {
        if (!statement.name.empty()) return run(statement, prepared(statement), values);
        Prepared once = prepare(statement);
        return run(statement, once, values);
    } catch (...) {
        if (!failure_) failure_ = std::current_exception();
        throw;
    }
}

void SqliteConnection::execute(const Statement& statement, std::initializer_list<SqlValue> values)
{
    query(statement, values);
}

void SqliteConnection::control(std::string_view text)
{
    const Statement statement{text, text};
    auto found = controls_.find(std::string(text));
    if (found == controls_.end()) found = controls_.emplace(text, prepare(statement)).first;
    run(statement, found->second, {});
}

bool SqliteConnection::take_broken()
{
    return std::exchange(broken_, false);
}

SqliteConnection::Prepared SqliteConnection::prepare(const Statement& statement)
{
    Prepared made{.statement = nullptr, .text = std::string(statement.text), .indexes = {}};
    sqlite3_stmt* handle = nullptr;
    const char* rest = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), made.text.c_str(), static_cast<int>(made.text.size()) + 1,
                           statement.name.empty() ? 0U : unsigned{SQLITE_PREPARE_PERSISTENT}, &handle, &rest);
    made.statement.reset(handle);
    if (code != SQLITE_OK) fail(statement.name);
    sqlite3_stmt* second = nullptr;  // comments may follow, another statement may not
    const int rest_code = sqlite3_prepare_v2(handle_.get(), rest, -1, &second, nullptr);
    sqlite3_finalize(second);
    if (!handle || second || rest_code != SQLITE_OK) {
        throw BrokenInvariant("not exactly one SQL statement in " + std::string(statement.name));
    }
    const int count = sqlite3_bind_parameter_count(handle);
    for (int i = 1; i <= count; ++i) {
        const int index = sqlite3_bind_parameter_index(handle, ("$" + std::to_string(i)).c_str());
        if (index == 0) throw BrokenInvariant("placeholders are not $1 … $n in " + std::string(statement.name));
        made.indexes.push_back(index);
    }
    return made;
}

SqliteConnection::Prepared& SqliteConnection::prepared(const Statement& statement)
{
    auto found = kept_.find(statement.name);
    if (found == kept_.end()) found = kept_.emplace(statement.name, prepare(statement)).first;
    if (found->second.text != statement.text) {
        throw BrokenInvariant("two statements are called " + std::string(statement.name));
    }
    return found->second;
}

SqlRows SqliteConnection::run(const Statement& statement, Prepared& prepared, std::initializer_list<SqlValue> values)
{
    if (values.size() != prepared.indexes.size()) {
        throw BrokenInvariant("wrong number of values for " + std::string(statement.name));
    }
    sqlite3_stmt* handle = prepared.statement.get();
    // Leaves the statement ready for the next use on every way out; the values are ours and end with this call.
    const std::unique_ptr<sqlite3_stmt, void (*)(sqlite3_stmt*)> reset(handle, [](sqlite3_stmt* used) {
        sqlite3_reset(used);
        sqlite3_clear_bindings(used);
    });
    std::size_t i = 0;
    for (const SqlValue& value : values) {
        const int index = prepared.indexes[i++];
        int code = SQLITE_OK;
        if (const auto* text = std::get_if<std::string>(&value)) {
            // PostgreSQL cannot store it, so neither do we.
            if (text->find('\0') != std::string::npos)
                throw BrokenInvariant("NUL in a value of " + std::string(statement.name));
            code = sqlite3_bind_text64(handle, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            code = sqlite3_bind_int64(handle, index, *number);
        } else {
            code = sqlite3_bind_null(handle, index);
        }
        if (code != SQLITE_OK) fail(statement.name);
    }
    SqlRows rows;
    for (;;) {
        const int code = sqlite3_step(handle);
        if (code == SQLITE_DONE) return rows;
        if (code != SQLITE_ROW) fail(statement.name);
        rows.push_back(read_row(handle, statement.name));
    }
}

void SqliteConnection::fail(std::string_view what)
{
    const int code = sqlite3_extended_errcode(handle_.get());
    // The message names tables and columns, never values.
    const std::string message = std::string(what) + ": " + sqlite3_errmsg(handle_.get());
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY) throw UniqueViolation(message);
    const int family = code & 0xff;
    if (family == SQLITE_READONLY && use_ == Use::reading) {
        throw BrokenInvariant("a statement writes in Database::read: " + message);
    }
    if (family == SQLITE_ERROR || family == SQLITE_CONSTRAINT || family == SQLITE_MISUSE || family == SQLITE_RANGE ||
        family == SQLITE_MISMATCH) {
        throw BrokenInvariant(message);
    }
    broken_ = true;  // full, input/output error, locked by another process, damaged …
    throw DatabaseUnavailable(message);
}

}  // namespace tongban
