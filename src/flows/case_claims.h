#pragma once
// One application at a time for the same item on the same unit by the same people (H24): a collection claims it when it
// first asks about the unit, and a second one is told where the first is. Other people's cases on the unit are free.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sql.h"

namespace tongban {

struct Claim {
    std::string unit_number, item;
    std::string collection_id, collection_number;
    Agency collecting = 0;
    std::vector<std::string> parties;  // number digests under the home registry's key, without agents
};

struct ClaimedBefore {
    std::string number;     // of the case, or of the collection while there is no case
    Agency collecting = 0;  // where it is
};

class CaseClaims {
public:
    // A draft that nobody handed in for so long holds nobody up (drafts are kept thirty days, H12).
    static constexpr Millis draft_lasts = 30LL * 24 * 60 * 60 * 1000;

    explicit CaseClaims(Database& database) : database_(database) {}

    // Claims, unless one of the parties applies elsewhere already. A claim repeated writes nothing.
    Result<std::optional<ClaimedBefore>> claim(Agency home, const Claim& wanted, Millis now);
    static void drop(Sql& sql, Agency home, const std::string& collection_id);

private:
    Database& database_;
};

}  // namespace tongban
