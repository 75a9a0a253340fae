#pragma once
// Who has a case: taking it 领取, putting it back, the supervisor's 改派, one or many at once; notes, and the answers
// to the checklist. None of it moves the case, so neither window nor parties are told.

#include <functional>

#include "flows/case_sheets.h"
#include "modules/access/core/api.h"
#include "modules/access/core/staff.h"
#include "modules/cases/core/case_store.h"
#include "modules/journal/core/commands.h"

namespace tongban {

// Thread-safe.
class DeskWork {
public:
    struct Parts {
        Clock& clock;
        Commands& commands;
        CaseStore& cases;
        CaseSheets& sheets;
        Staff& staff;
        const Catalog& catalog;
        const ReviewQuestions& questions;
    };
    explicit DeskWork(const Parts& parts) : parts_(parts) {}

    Result<Response> claim(ApiRequest& request);
    Result<Response> release(ApiRequest& request);
    Result<Response> note(ApiRequest& request);
    Result<Response> answer(ApiRequest& request);  // of the checklist, as many as were judged
    // Many cases, each with the version seen, to one person or to nobody. Each is judged alone: the answer says which
    // went and which did not.
    Result<Response> assign(ApiRequest& request);

private:
    // Makes the command inside the transaction; gets the facts with actor, time and place filled in.
    using Make = std::function<Result<CaseCommand>(Sql&, const Case&, CaseFacts&)>;
    Result<Response> work(ApiRequest& request, Action action, std::optional<CaseAction> versioned, const Make& make);
    CaseFacts facts_of(Sql& sql, const Actor& actor);

    Parts parts_;
};

void add_desk_routes(Api& api, DeskWork& flow);

}  // namespace tongban
