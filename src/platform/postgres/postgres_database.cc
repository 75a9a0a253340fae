#include "platform/postgres/postgres_database.h"

namespace tongban {

std::unique_ptr<Database> open_postgres(const std::string&, PostgresLimits)
{
    throw DatabaseUnavailable("PostgreSQL is not built in yet");
}

}  // namespace tongban
