#pragma once
// Reading the live register inside a transaction of the caller.

#include <string_view>

#include "base/sql.h"
#include "modules/register_book/core/register_view.h"

namespace tongban {

// Thread-safe: keeps no state between calls.
class RegisterReader {
public:
    virtual ~RegisterReader() = default;
    // found == false when the registry has no such unit. `unit_number`: 28 characters, normalised (domain.md 3.1).
    virtual RegisterView find_unit(Sql& sql, Agency agency, std::string_view unit_number) = 0;
};

}  // namespace tongban
