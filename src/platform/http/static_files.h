#pragma once
// The built web: files below one folder, answered with validators, long caching for hashed names, precompressed
// siblings
// (.br, .gz) and index.html for the addresses of the single-page application. Blocking; thread-safe.

#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"

namespace tongban {

class StaticFiles {
public:
    explicit StaticFiles(std::string root) : root_(std::move(root)) {}

    // Nothing when no file answers the request: wrong method, no such file, /api.
    std::optional<Response> answer(const Request& request) const;

private:
    std::string root_;
};

}  // namespace tongban
