#pragma once
// Two nodes, one record: both read it, one writes first.

#include <stdexcept>

namespace tongban {

// Thrown by a unit of work (base/sql.h) that finds what it has read changed by another process before it could write:
// the lane rolls it back and runs it again from the start, when it sees what the winner wrote; after some attempts
// DatabaseUnavailable.
struct LostRace : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace tongban
