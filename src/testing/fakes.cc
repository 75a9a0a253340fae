#include "testing/fakes.h"

#include <fmt/format.h>

namespace tongban {

std::string CountingIds::next()
{
    return fmt::format("00000000-0000-7000-8000-{:012x}", ++ids_);
}

std::string CountingIds::secret(int bytes)
{
    return fmt::format("{:0{}x}", ++secrets_, bytes * 2);
}

}  // namespace tongban
