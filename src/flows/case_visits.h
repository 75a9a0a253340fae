#pragma once
// The home registry's side of a case that several visits make whole: who may join it and what he is shown, new codes,
// and the end of it while somebody is missing.

#include "flows/case_codes.h"
#include "flows/case_steps.h"
#include "flows/package.h"
#include "modules/catalog/core/catalog.h"
#include "modules/exchange/core/exchange.h"
#include "modules/notify/core/notices.h"

namespace tongban {

// Thread-safe. The questions write only what must be counted: attempts at codes, and new codes.
class CaseVisits {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        Vault& vault;
        const Catalog& catalog;
        CaseStore& cases;
        CaseSteps& steps;
        CaseCodes& codes;
        Notices& notices;
    };
    explicit CaseVisits(const Parts& parts) : parts_(parts) {}

    // Questions. collections.join_refused for a wrong code, an unknown case and one that takes nobody now.
    Result<std::string> join(const Message& question);
    // To a visit whose part is in; the code is sent to the party as well.
    Result<std::string> renew_code(const Message& question);

    // Messages, in the unit that also stores the inbox row.
    Result<void> open_part(Sql& sql, const Message& message);
    Result<void> end_case(Sql& sql, const Message& message);

private:
    JoinAnswer answer_for(const Case& subject, const Item& item, const std::string& party, const JoinQuestion& asked,
                          Agency visitor);

    Parts parts_;
};

void add_visit_handlers(Exchange& exchange, CaseVisits& flow);

}  // namespace tongban
