#pragma once
// Who did something, and when. Part of every event.

#include <boost/describe.hpp>
#include <string>

#include "base/clock.h"

namespace tongban {

struct Stamp {
    Millis at = 0;
    std::string account;  // "platform" for what a message or a worker did
    std::string name;     // for people; as it was then
};
BOOST_DESCRIBE_STRUCT(Stamp, (), (at, account, name))

}  // namespace tongban
