#pragma once
// The tax authority as a port. Deed tax and stamp duty are declared where the property lies, so the home registry asks
// (契税法 14); without proof that they are paid or exempt nothing is registered (契税法 11). Who owes how much is the
// authority's decision alone: it knows the family's homes. JSON in docs/ports.md, over HTTP in tax_port_http.h.

#include <string>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "modules/fees/core/tax.h"
#include "modules/parties/core/party.h"

namespace tongban {

struct TaxParty {
    PartyKind kind = PartyKind::person;
    std::string name;
    std::string number;  // clear text; never logged
};

struct TaxDeclaration {
    std::string case_number;  // names the declaration: the same case again is the same declaration
    Agency agency = 0;
    std::string unit_number;
    std::string location;
    bool home = true;  // 住宅
    std::string area;  // square metres, 89.50
    std::string contract_number;
    std::string contract_date;  // 契税法 9: the duty arises on this day, whose rates count
    std::int64_t price_fen = 0;
    std::vector<TaxParty> sellers;
    std::vector<TaxParty> buyers;
};

class TaxPort {
public:
    virtual ~TaxPort() = default;
    // Declares, or declares again what has changed, or asks how it stands. Blocks; call it outside a unit of work.
    // fees.tax_unreachable, fees.tax_refused.
    virtual Result<TaxAnswer> declare(const TaxDeclaration& declaration) = 0;
};

}  // namespace tongban
