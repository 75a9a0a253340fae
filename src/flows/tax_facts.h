#pragma once
// Taxes as the rules see them: `tax.settled` (data/catalog/README.md) is what the tax authority last answered, and only
// as long as it was asked about what is applied for now.

#include <optional>
#include <string>
#include <string_view>

#include "modules/catalog/core/item.h"
#include "modules/fees/core/tax_settlements.h"
#include "modules/materials/core/applicants.h"

namespace tongban {

namespace tax_field {  // of the forms of items that a tax stands before
inline constexpr std::string_view contract_number = "sale.contract_number";
inline constexpr std::string_view contract_date = "sale.contract_date";
inline constexpr std::string_view price = "sale.price_fen";
}  // namespace tax_field

// Does a rule of the item ask whether tax is settled?
bool needs_tax(const Item& item);

// Nothing for items that do not ask: they cost no statement.
std::optional<TaxSettlement> tax_of_case(Sql& sql, TaxSettlements& taxes, const Item& item, Agency agency,
                                         std::string_view case_number);

// tax_basis() of a case with these facts and applicants.
std::string tax_basis_of(std::string_view unit_number, const Facts& facts, const Applicants& applicants);

// `facts` must hold those of the form.
void add_tax_facts(std::string_view unit_number, const Applicants& applicants, const std::optional<TaxSettlement>& tax,
                   Facts& facts);

}  // namespace tongban
