#pragma once
// The demonstration's register: the units of sandbox/demo_people.h entered at their registries, with owners and
// what else stands on them (DemoState). Running it again changes nothing.

#include "base/clock.h"
#include "modules/register_book/register_book.h"

namespace tongban {

// Gives how many units were added. Blocks; one unit of work per registry and unit.
int seed_demo_province(Database& database, RegisterBook& register_book, Clock& clock);

}  // namespace tongban
