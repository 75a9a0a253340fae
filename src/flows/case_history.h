#pragma once
// A case as it stood at any instant, with the list, rules and working days then in force, and what changed between two:
// the fold of its journal up to then. For complaints and training (features.md B11). Staff of the home registry only.

#include "modules/access/core/api.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/journal/core/journal.h"

namespace tongban {

class CaseHistory {
public:
    struct Parts {
        Database& database;
        CaseStore& cases;
        Journal& journal;
        const Catalog& catalog;
    };
    explicit CaseHistory(Parts parts) : parts_(parts) {}

    // GET /api/v1/cases/{number}/history?at=&and=   Times as the API writes them; without `at` the newest. With `and`
    // also what is different then.
    Result<Response> show(ApiRequest& request);

private:
    Parts parts_;
};

struct JsonDifference {
    std::string path;           // JSON pointer
    std::string before, after;  // JSON; empty: not there
};
// At most `count_max`, in the order of the pointers.
std::vector<JsonDifference> differences(const boost::json::value& before, const boost::json::value& after,
                                        std::size_t count_max);

// 2026-11-23T06:05:09.123Z, with or without the fraction; nothing for another form or a day that does not exist.
std::optional<Millis> millis_of_utc(std::string_view text);

void add_history_routes(Api& api, CaseHistory& flow);

}  // namespace tongban
