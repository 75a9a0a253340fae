#pragma once
// Reading the bodies of decisions.

#include <functional>

#include "base/json.h"
#include "modules/access/core/api.h"

namespace tongban {

template <class T>
Result<T> read_body(const ApiRequest& request, const std::function<T(JsonReader&)>& read)
{
    const json::value body = TRY(request.json());
    JsonReader in(body);
    T value = read(in);
    TRY(in.finish());
    return value;
}

inline std::string long_text(JsonReader& in, std::string_view key)
{
    return in.text(key, {.max = 1000, .lines = Lines::many});
}

inline std::string optional_long_text(JsonReader& in, std::string_view key)
{
    return in.optional_text(key, {.min = 0, .max = 1000, .lines = Lines::many});
}

}  // namespace tongban
