#pragma once
// A court's document reaches the home registry 协助执行: seizure, or the release of one. The registrar on duty enters
// it with the minute of its delivery (domain.md 2.6); a seizure suspends every accepted case on the unit in the same
// transaction, is noted on those not accepted yet, and sittings elsewhere are told by message (H31, H33).

#include "flows/case_steps.h"
#include "modules/access/core/api.h"
#include "modules/journal/core/commands.h"
#include "modules/register_book/register_book.h"

namespace tongban {

// Thread-safe.
class TakeCourtDocument {
public:
    struct Parts {
        Clock& clock;
        Commands& commands;
        CaseStore& cases;
        CaseSteps& steps;
        RegisterBook& register_book;
    };
    explicit TakeCourtDocument(const Parts& parts) : parts_(parts) {}

    Result<Response> take(ApiRequest& request);

private:
    Parts parts_;
};

// POST /api/v1/units/{unit}/court-documents
void add_court_document_routes(Api& api, TakeCourtDocument& flow);

}  // namespace tongban
