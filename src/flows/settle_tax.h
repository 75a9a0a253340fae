#pragma once
// Taxes of a case: the home registry, or the applicant, has it declared to the tax authority of the place (契税法 14)
// and asks again until it is paid. The answer is kept, and the rules judge by what was kept: nothing waits for the
// outside inside a lane. Before the entry somebody asks once more; the tax itself is paid at the authority's own page.

#include "base/clock.h"
#include "base/crypto.h"
#include "modules/access/core/api.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/fees/core/tax_port.h"
#include "modules/fees/core/tax_settlements.h"
#include "modules/journal/core/commands.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

class SettleTax {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        Vault& vault;
        Commands& commands;
        const Catalog& catalog;
        CaseStore& cases;
        RegisterReader& register_book;
        TaxSettlements& taxes;
        TaxPort& port;
    };
    explicit SettleTax(const Parts& parts) : parts_(parts) {}

    // Declares the case, or asks how its declaration stands, and answers with Tax. fees.tax_not_asked,
    // fees.tax_incomplete, fees.tax_closed, fees.tax_unreachable, fees.tax_refused.
    Result<Response> ask(ApiRequest& request);
    // The number of the tax office's refund for a case that ended without an entry (H41): followed, never paid here.
    Result<Response> note_refund(ApiRequest& request);

private:
    struct Question {
        TaxDeclaration declaration;
        std::string basis;
    };
    Result<Question> question(const Actor& actor, const std::string& number);

    Parts parts_;
};

// POST /api/v1/cases/{number}/tax
void add_tax_routes(Api& api, SettleTax& flow);

}  // namespace tongban
