#pragma once
// Where standing powers of attorney are kept: one row each, journal events of the aggregate `power` in the same
// transaction.

#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"
#include "modules/journal/core/journal.h"
#include "modules/powers/core/standing_power.h"

namespace tongban {

class PowerStore {
public:
    explicit PowerStore(Journal& journal) : journal_(journal) {}

    Result<StandingPower> load(Sql& sql, Agency agency, std::string_view number);  // powers.not_found
    // decide, apply, save. powers' problems.
    Result<StandingPower> act(Sql& sql, const StandingPower& loaded, const PowerCommand& command,
                              const PowerFacts& facts);
    static std::string next_number(Sql& sql, Agency agency, Millis now);
    // Newest first; `state` empty: all. `before`: the last number given; empty: from the start.
    static std::vector<StandingPower> page(Sql& sql, Agency agency, std::string_view state, std::string_view before,
                                           int limit);

    // A collection was filed under it; repeating it changes nothing.
    static void note_use(Sql& sql, Agency agency, const std::string& number, Agency home,
                         const std::string& collection_id, Millis now);
    struct Use {
        Agency home = 0;
        std::string collection_id;
    };
    // Of the last two years: no case is open longer.
    static std::vector<Use> uses(Sql& sql, Agency agency, const std::string& number, Millis now);

    // fold(events) == state; empty: yes, else what is wrong.
    std::string check(Sql& sql, Agency agency, std::string_view number);
    static std::vector<std::string> numbers_after(Sql& sql, Agency agency, std::string_view after);

private:
    Journal& journal_;
};

}  // namespace tongban
