#pragma once
// The tax authority's answers inside a transaction of the caller: what the rules and the case sheet ask.

#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/sql.h"
#include "modules/fees/core/tax.h"

namespace tongban {

// Thread-safe: keeps no state between calls.
class TaxSettlements {
public:
    virtual ~TaxSettlements() = default;
    // The last answer for the case; nothing when it was never declared.
    virtual std::optional<TaxSettlement> find_for_case(Sql& sql, Agency agency, std::string_view case_number) = 0;
    // Keeps an answer and gives it as kept. A paid or exempt answer is replaced as well: the authority decides (void,
    // 作废). Every answer stands in the journal.
    virtual TaxSettlement keep(Sql& sql, Agency agency, const TaxSettlement& fresh) = 0;
    // The number of the tax office's refund, for a case that ended without an entry after tax was paid.
    // fees.tax_not_refundable.
    virtual Result<TaxSettlement> note_refund(Sql& sql, Agency agency, std::string_view case_number,
                                              std::string_view reference, std::string_view actor, Millis now) = 0;
};

}  // namespace tongban
