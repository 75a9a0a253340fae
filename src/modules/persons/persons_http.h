#pragma once
// /api/v1/portal: signing in, the own account, liveness checks; and the provider's calls.

#include "modules/access/core/api.h"
#include "modules/persons/person_accounts.h"

namespace tongban {

void add_person_routes(Api& api, PersonAccounts& accounts, bool demonstration);

}  // namespace tongban
