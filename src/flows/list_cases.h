#pragma once
// What lies on the desks of a home registry: the queues with counts that agree with them, one's own open work, search.

#include <boost/json.hpp>

#include "base/http.h"
#include "base/json.h"
#include "modules/access/core/api.h"
#include "modules/access/core/staff.h"
#include "modules/calendar/core/calendars.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"

namespace tongban {

// Thread-safe. Every answer is read from one snapshot: what is counted is what is listed.
class ListCases {
public:
    ListCases(Database& database, Clock& clock, const Catalog& catalog, const Calendars& calendars, CaseStore& cases,
              Staff& staff)
        : database_(database), clock_(clock), catalog_(catalog), calendars_(calendars), cases_(cases), staff_(staff)
    {
    }

    Result<Response> list(ApiRequest& request);    // two statements
    Result<Response> search(ApiRequest& request);  // one, for a certificate's number two
    // The supervisor's view: who has how much, how old, how late; and where returns come from. Three statements.
    Result<Response> team(ApiRequest& request);
    Result<Response> rule_requests(ApiRequest& request);

private:
    Result<InboxFilter> read_filter(const ApiRequest& request) const;
    json::array rows_json(const std::vector<CaseRow>& rows, const Actor& actor) const;

    Database& database_;
    Clock& clock_;
    const Catalog& catalog_;
    const Calendars& calendars_;
    CaseStore& cases_;
    Staff& staff_;
};

void add_inbox_routes(Api& api, ListCases& flow);

}  // namespace tongban
