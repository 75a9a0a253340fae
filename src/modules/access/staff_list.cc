#include "modules/access/staff_list.h"

#include <algorithm>

#include "modules/access/duties_text.h"
#include "sql/access_sql.h"

namespace tongban {
namespace {

StaffMember member_of(SqlRow& row)
{
    return {row.take_text(0), row.take_text(1), duties_of(row.text(2)), row.take_text(3), row.take_text(4)};
}

}  // namespace

bool StaffMember::holds(Duty duty) const
{
    return std::ranges::find(duties, duty) != duties.end();
}

std::optional<StaffMember> StaffList::find(Sql& sql, Agency agency, const std::string& account)
{
    auto row = sql.find(sql::staff_get, {agency, account});
    if (!row) return std::nullopt;
    return member_of(*row);
}

std::vector<StaffMember> StaffList::list(Sql& sql, Agency agency)
{
    std::vector<StaffMember> members;
    for (SqlRow& row : sql.query(sql::staff_list, {agency})) members.push_back(member_of(row));
    return members;
}

}  // namespace tongban
