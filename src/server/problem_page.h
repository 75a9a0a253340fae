#pragma once
// What the `type` of a problem leads to: /problems/{code} tells its title, status and what could help.

#include <string_view>

#include "base/http.h"

namespace tongban {

Response problem_page(std::string_view code);  // a code nobody has is a problem itself (404)

}  // namespace tongban
