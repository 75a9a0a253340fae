#pragma once
// The embedded database: SQLite in WAL mode, synchronous=FULL, one writing lane with group commit, reading connections
// beside it that never wait for the writer.

#include <memory>
#include <string>

#include "base/sql.h"

namespace tongban {

// Opens or creates the database file at `path`; its folder must exist. Throws DatabaseUnavailable with one sentence
// that says what is wrong with which file. The schema is the business of migrations.h.
std::unique_ptr<Database> open_sqlite(const std::string& path);

}  // namespace tongban
