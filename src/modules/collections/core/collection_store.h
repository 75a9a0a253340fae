#pragma once
// Sittings inside a transaction of the caller, which must be a unit of the collecting registry's lane.

#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"
#include "modules/collections/core/collection_flow.h"

namespace tongban {

// One line of the window's list.
struct CollectionRow {
    std::string id, number, case_number, state, case_state;
    Agency home = 0;
    std::string item, parties;
    Millis opened_at = 0;
    Millis changed_at = 0;
};

struct CollectionPage {
    std::vector<CollectionRow> rows;
    std::string next_cursor;  // empty: that was the last page
};

// Thread-safe: keeps no state between calls.
class CollectionStore {
public:
    virtual ~CollectionStore() = default;

    virtual Result<Collection> load(Sql& sql, Agency agency, std::string_view id) = 0;  // collections.not_found

    // decide(), apply(), and the new state and its journal events saved together. Gives the sitting as it stands now.
    virtual Result<Collection> act(Sql& sql, const Collection& loaded, const CollectionCommand& command,
                                   const CollectionFacts& facts) = 0;

    // The next number DS… of the day, from a counter row of the registry.
    virtual std::string next_number(Sql& sql, Agency agency, Millis now) = 0;

    // Newest first; `state` nullptr: all. A cursor of our making only (access.page_invalid).
    virtual Result<CollectionPage> list(Sql& sql, Agency agency, const CollectionState* state, std::string_view cursor,
                                        int limit) = 0;

    // Folds the journal and compares it with the row: what is wrong, in words; empty when nothing is.
    virtual std::string check(Sql& sql, Agency agency, std::string_view id) = 0;
    virtual std::vector<std::string> ids_after(Sql& sql, Agency agency, std::string_view after) = 0;
};

}  // namespace tongban
