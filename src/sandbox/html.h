#pragma once
// The few words of HTML that the stand-ins need. Everything that came from outside goes through html_text().

#include <string>
#include <string_view>

#include "base/http.h"

namespace tongban {

std::string html_text(std::string_view plain);  // & < > " ' escaped

// A whole page marked 演示. `body` is HTML. refresh_seconds 0: never.
Response html_page(std::string_view title, std::string_view body, int status = 200, int refresh_seconds = 0);

Response see_other(std::string location);

}  // namespace tongban
