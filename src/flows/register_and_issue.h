#pragma once
// 登簿: the moment of legal effect. One transaction in the home registry's lane: the case as the registrar saw it, four
// eyes, the unit's state judged once more by the rules of acceptance, the mortgage entry with its order, the
// certificate's number, the case's events. Either all of it or nothing. The file of the certificate follows
// (issue_certificate.h).

#include <functional>
#include <string>

#include "base/clock.h"
#include "flows/case_steps.h"
#include "modules/access/core/api.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/certificate_store.h"
#include "modules/fees/core/tax_settlements.h"
#include "modules/journal/core/commands.h"
#include "modules/register_book/register_book.h"

namespace tongban {

class RegisterAndIssue {
public:
    struct Parts {
        Clock& clock;
        Commands& commands;
        CaseStore& cases;
        CaseSteps& steps;
        RegisterBook& register_book;
        CertificateStore& certificates;
        const Catalog& catalog;
        TaxSettlements& taxes;
    };
    // Answers with the case sheet as the actor sees it, inside the same transaction.
    using SheetAnswer = std::function<Result<Response>(Sql&, const Actor&, Agency, const std::string& number)>;

    // `committed` is called after the commit and must not block: it wakes the worker that makes the file.
    RegisterAndIssue(Parts parts, SheetAnswer sheet, std::function<void()> committed);

    // `seen`: the version the registrar acts on (If-Match). Of two registrars exactly one wins; the other is told who
    // and when (cases.already_registered). cases.same_person, cases.blocked naming the rules, access.out_of_scope …
    // `remark`: how the registrar made sure of what the rules ask to confirm since the acceptance; without it such a
    // rule refuses with cases.remark_needed.
    Result<Response> enter(const Actor& actor, const std::string& case_number, std::int64_t seen, const CommandKey& key,
                           const std::string& remark = {});

    // The transaction alone, for the caller's own unit of work.
    Result<Case> enter_in(Sql& sql, const Actor& actor, const std::string& case_number, std::int64_t seen,
                          const std::string& remark = {});

private:
    Parts parts_;
    SheetAnswer sheet_;
    std::function<void()> committed_;
};

// POST /api/v1/cases/{number}/registration
void add_registration_routes(Api& api, RegisterAndIssue& flow);

}  // namespace tongban
