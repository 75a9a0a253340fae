#include "base/sql.h"

namespace tongban {

std::optional<SqlRow> Sql::find(const Statement& statement, std::initializer_list<SqlValue> values)
{
    SqlRows rows = query(statement, values);
    if (rows.empty()) return std::nullopt;
    if (rows.size() > 1) throw BrokenInvariant("more than one row from " + std::string(statement.name));
    return std::move(rows.front());
}

}  // namespace tongban
