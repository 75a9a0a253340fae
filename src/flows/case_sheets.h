#pragma once
// The case sheet as an answer: what was prepared when the case was saved, joined with what lives elsewhere — the
// register as it stands, the rules over it, bill and certificate, and what the person asking may do.

#include "base/http.h"
#include "modules/access/core/actor.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/core/certificate.h"
#include "modules/fees/core/bills.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

// Thread-safe.
class CaseSheets {
public:
    CaseSheets(CaseStore& cases, RegisterReader& register_book, Bills& bills, Certificates& certificates)
        : cases_(cases), register_book_(register_book), bills_(bills), certificates_(certificates)
    {
    }

    // 200 with the sheet and its ETag; for every call that shows or changed the case, inside its transaction.
    Result<Response> respond(Sql& sql, const Actor& actor, Agency agency, const std::string& number);

private:
    CaseStore& cases_;
    RegisterReader& register_book_;
    Bills& bills_;
    Certificates& certificates_;
};

}  // namespace tongban
