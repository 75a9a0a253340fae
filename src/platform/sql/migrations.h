#pragma once
// The schema of the database, brought forward by the files of db/migrations, which are embedded in the program.
// Forward only: what was applied is recorded with its text in table `migrations` and may never change.

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

struct Migration {
    std::string_view name;  // <yyyymmddhhmm>_<slug>; applied in this order
    std::string_view text;  // statements, each ending with ';' at the end of a line
};

// One sentence for the operator: the database is newer than the program, or an applied file was changed.
struct MigrationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::span<const Migration> embedded_migrations();

// Applies what is missing, each file in one transaction, and gives the names applied now. Several processes may start
// at the same moment. Throws MigrationError, DatabaseUnavailable.
std::vector<std::string> apply_migrations(Database& database, Millis now,
                                          std::span<const Migration> migrations = embedded_migrations());

// The statements of a migration, without comment lines.
std::vector<std::string> split_statements(std::string_view text);

}  // namespace tongban
