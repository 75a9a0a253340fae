// sources: src/base/json.cc src/base/text.cc src/base/problem.cc
// libraries: boost_json
// What parse_json accepts survives being written and read again; what it refuses, it refuses with a problem.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/json.h"

namespace {

// Boost.JSON reads fractions only nearly exactly; no schema of ours has any, so their values are not compared.
bool has_fraction(const boost::json::value& value)
{
    if (value.is_double()) return true;
    if (const auto* array = value.if_array()) return std::any_of(array->begin(), array->end(), has_fraction);
    if (const auto* object = value.if_object())
        return std::any_of(object->begin(), object->end(),
                           [](const auto& member) { return has_fraction(member.value()); });
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto first = tongban::parse_json({reinterpret_cast<const char*>(data), size});
    if (!first) {
        if (first.error().code().empty()) std::abort();
        return 0;
    }
    const auto second = tongban::parse_json(boost::json::serialize(*first));
    if (!second || (!has_fraction(*first) && *second != *first)) std::abort();
    return 0;
}
