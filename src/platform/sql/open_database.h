#pragma once
// The database that the configuration or the command line names.

#include <memory>
#include <string>

#include "base/sql.h"

namespace tongban {

// `spec` is a libpq connection string ("host=… dbname=…") or URL ("postgres://…"): PostgreSQL; anything else is the
// path of a SQLite file. `schema`, for PostgreSQL alone, is made when absent; empty: the account's own search path.
// Throws DatabaseUnavailable with one sentence.
std::unique_ptr<Database> open_database(const std::string& spec, const std::string& schema = {});

}  // namespace tongban
