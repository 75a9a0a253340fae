#pragma once
// POST, GET, DELETE /api/v1/session.

#include <functional>
#include <string>

#include "modules/access/access_service.h"
#include "modules/access/core/api.h"

namespace tongban {

struct SessionPage {
    std::function<std::string(Agency)> agency_name;  // the catalogue's
    bool demonstration = false;
};

void add_session_routes(Api& api, AccessService& access, SessionPage page);

}  // namespace tongban
