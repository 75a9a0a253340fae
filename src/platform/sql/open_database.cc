#include "platform/sql/open_database.h"

#include "platform/postgres/postgres_database.h"
#include "platform/sqlite/sqlite_database.h"

namespace tongban {

std::unique_ptr<Database> open_database(const std::string& spec, const std::string& schema)
{
    const bool is_url = spec.starts_with("postgres://") || spec.starts_with("postgresql://");
    // A path with '=' in it can be written ./like=this.
    const bool is_conninfo = spec.find('=') != std::string::npos && spec.find('=') < spec.find('/');
    if (is_url || is_conninfo) return open_postgres(spec, {.schema = schema});
    if (!schema.empty()) throw DatabaseUnavailable("a schema was given, but " + spec + " is a SQLite file");
    return open_sqlite(spec);
}

}  // namespace tongban
