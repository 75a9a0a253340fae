#pragma once
// TaxSettlements in the database. Every function runs inside a transaction of the caller, in the lane of the home
// registry.

#include "modules/fees/core/tax_settlements.h"
#include "modules/journal/core/journal.h"

namespace tongban {

// Thread-safe.
class TaxStore final : public TaxSettlements {
public:
    explicit TaxStore(Journal& journal) : journal_(journal) {}

    std::optional<TaxSettlement> find_for_case(Sql& sql, Agency agency, std::string_view case_number) override;
    TaxSettlement keep(Sql& sql, Agency agency, const TaxSettlement& fresh) override;
    Result<TaxSettlement> note_refund(Sql& sql, Agency agency, std::string_view case_number, std::string_view reference,
                                      std::string_view actor, Millis now) override;

private:
    Journal& journal_;
};

}  // namespace tongban
