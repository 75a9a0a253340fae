#include "modules/persons/core/assurance.h"

namespace tongban {

int number_of(AssuranceLevel level)
{
    return static_cast<int>(level);
}

}  // namespace tongban
