#pragma once
// The case sheet as an answer: what was prepared when the case was saved, joined with what lives elsewhere — the
// register as it stands, the rules over it, bill and certificate, and what the person asking may do.

#include <functional>

#include "base/http.h"
#include "flows/kept_sheets.h"
#include "modules/access/core/actor.h"
#include "modules/calendar/core/calendars.h"
#include "modules/cases/core/case_store.h"
#include "modules/cases/core/review_questions.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/core/certificate.h"
#include "modules/fees/core/bills.h"
#include "modules/fees/core/tax_settlements.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

// Thread-safe.
class CaseSheets {
public:
    CaseSheets(Database& database, CaseStore& cases, RegisterReader& register_book, Bills& bills,
               Certificates& certificates, TaxSettlements& taxes, const Catalog& catalog, const Calendars& calendars,
               Clock& clock, const ReviewQuestions& questions)
        : database_(database),
          cases_(cases),
          register_book_(register_book),
          bills_(bills),
          certificates_(certificates),
          taxes_(taxes),
          catalog_(catalog),
          calendars_(calendars),
          clock_(clock),
          questions_(questions)
    {
    }

    // 200 with the sheet and its ETag, as the database holds it now, unless the gate says no to what was found.
    using Gate = std::function<Result<void>(const ComposedSheet&)>;
    Result<Response> show(const Actor& actor, Agency agency, const std::string& number, const Gate& gate = {});

    // The same inside the transaction of a call that changed the case, with what it wrote.
    Result<Response> respond(Sql& sql, const Actor& actor, Agency agency, const std::string& number);

private:
    std::vector<RuleResult> judged(const PreparedSheet& sheet, const Item& item, const RegisterView& unit,
                                   const std::optional<TaxSettlement>& tax) const;
    // What case, unit and tax say, which is all that their mark speaks for.
    Result<ComposedSheet> compose(Sql& sql, Agency agency, const std::string& number);
    // With bill and certificate, which change without them, and what the person asking may do.
    Response complete(Sql& sql, const ComposedSheet& sheet, const Actor& actor, Agency agency,
                      const std::string& number);

    Database& database_;
    CaseStore& cases_;
    RegisterReader& register_book_;
    Bills& bills_;
    Certificates& certificates_;
    TaxSettlements& taxes_;
    const Catalog& catalog_;
    const Calendars& calendars_;
    Clock& clock_;
    const ReviewQuestions& questions_;
    KeptSheets kept_{32 << 20};
};

}  // namespace tongban
