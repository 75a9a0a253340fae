#include "platform/sql/migrations.h"

#include <algorithm>
#include <map>

#include "sql/migration_sql.h"

namespace tongban {

namespace {

constexpr Migration embedded[] = {
#include "embedded_migrations.inc"
};

// Where "--" begins a comment: not inside a quoted text.
std::size_t comment_start(std::string_view line)
{
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\'') quoted = !quoted;
        if (!quoted && line.substr(i).starts_with("--")) return i;
    }
    return line.size();
}

// Migrations belong to no registry; any lane serves.
constexpr Agency no_agency = 0;

std::string normalised(std::string_view text)
{
    std::string made;
    for (const std::string& statement : split_statements(text)) made += statement + "\n";
    return made;
}

std::map<std::string, std::string> applied_migrations(Database& database)
{
    std::map<std::string, std::string> applied;
    const Result<void> read = database.read([&](Sql& sql) -> Result<void> {
        applied.clear();
        for (SqlRow& row : sql.query(sql::migration_list, {})) applied.emplace(row.text(0), row.text(1));
        return {};
    });
    TONGBAN_ASSERT(read.has_value());
    return applied;
}

void refuse_foreign_history(const std::map<std::string, std::string>& applied, std::span<const Migration> known)
{
    for (const auto& [name, text] : applied) {
        const auto ours = std::ranges::find(known, name, &Migration::name);
        if (ours == known.end()) {
            throw MigrationError("the database has the migration " + name +
                                 ", which this program does not know: it was used by a newer program");
        }
        if (text != normalised(ours->text)) {
            throw MigrationError("the migration " + name +
                                 " was changed after it had been applied; add a new migration instead");
        }
    }
}

}  // namespace

std::span<const Migration> embedded_migrations()
{
    return embedded;
}

std::vector<std::string> split_statements(std::string_view text)
{
    std::vector<std::string> statements;
    std::string current;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, comment_start(line));
        const auto last = line.find_last_not_of(" \t\r");
        if (last == std::string_view::npos) continue;
        line = line.substr(0, last + 1);
        current += line;
        current += '\n';
        if (line.back() == ';') statements.push_back(std::exchange(current, {}));
    }
    if (!current.empty()) statements.push_back(current);
    return statements;
}

std::vector<std::string> apply_migrations(Database& database, Millis now, std::span<const Migration> migrations)
{
    TONGBAN_ASSERT(std::ranges::is_sorted(migrations, {}, &Migration::name));
    try {
        const auto made = database.write(no_agency, [](Sql& sql) -> Result<void> {
            sql.query(sql::migration_table, {});
            return {};
        });
        TONGBAN_ASSERT(made.has_value());
    } catch (const UniqueViolation&) {
        // PostgreSQL: somebody else created the table in this very moment. It is there now.
    }
    const std::map<std::string, std::string> applied = applied_migrations(database);
    refuse_foreign_history(applied, migrations);

    std::vector<std::string> now_applied;
    for (const Migration& migration : migrations) {
        if (applied.contains(std::string(migration.name))) continue;
        bool ours = false;
        const auto done = database.write(no_agency, [&](Sql& sql) -> Result<void> {
            // The row is the lock: another process that starts at the same time waits here, then finds it taken.
            ours = !sql.query(sql::migration_claim,
                              {std::string(migration.name), normalised(migration.text), std::int64_t{now}})
                        .empty();
            if (!ours) return {};
            for (const std::string& statement : split_statements(migration.text)) {
                sql.query(Statement{"", statement}, {});
            }
            return {};
        });
        TONGBAN_ASSERT(done.has_value());
        if (ours) now_applied.emplace_back(migration.name);
    }
    return now_applied;
}

}  // namespace tongban
