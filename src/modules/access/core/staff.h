#pragma once
// The people of a registry, for flows that give work to one of them.

#include <optional>
#include <string>
#include <vector>

#include "base/sql.h"
#include "modules/access/core/actor.h"

namespace tongban {

struct StaffMember {
    std::string account, name;
    std::vector<Duty> duties;
    std::string place, phone;  // where he sits, told to colleagues; may be empty

    bool holds(Duty duty) const;
};

// Only active accounts. Thread-safe: keeps no state between calls.
class Staff {
public:
    virtual ~Staff() = default;
    virtual std::optional<StaffMember> find(Sql& sql, Agency agency, const std::string& account) = 0;
    virtual std::vector<StaffMember> list(Sql& sql, Agency agency) = 0;  // by login, at most 1000
};

}  // namespace tongban
