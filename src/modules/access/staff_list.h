#pragma once
// Staff over the table of accounts.

#include "modules/access/core/staff.h"

namespace tongban {

class StaffList : public Staff {
public:
    std::optional<StaffMember> find(Sql& sql, Agency agency, const std::string& account) override;
    std::vector<StaffMember> list(Sql& sql, Agency agency) override;
};

}  // namespace tongban
