#include "flows/tax_facts.h"

namespace tongban {
namespace {

constexpr std::string_view settled = "tax.settled";

template <class Value>
Value fact_or_nothing(const Facts& facts, std::string_view name)
{
    const auto found = facts.find(name);
    const Value* value = found == facts.end() ? nullptr : std::get_if<Value>(&found->second);
    return value == nullptr ? Value{} : *value;
}

}  // namespace

bool needs_tax(const Item& item)
{
    return item.has_rule_about(settled);
}

std::optional<TaxSettlement> tax_of_case(Sql& sql, TaxSettlements& taxes, const Item& item, Agency agency,
                                         std::string_view case_number)
{
    if (!needs_tax(item)) return std::nullopt;
    return taxes.find_for_case(sql, agency, case_number);
}

std::string tax_basis_of(std::string_view unit_number, const Facts& facts, const Applicants& applicants)
{
    return tax_basis(unit_number, fact_or_nothing<std::string>(facts, tax_field::contract_date),
                     fact_or_nothing<std::int64_t>(facts, tax_field::price), applicants.all);
}

void add_tax_facts(std::string_view unit_number, const Applicants& applicants, const std::optional<TaxSettlement>& tax,
                   Facts& facts)
{
    facts[std::string(settled)] = proves_tax(tax, tax_basis_of(unit_number, facts, applicants));
}

}  // namespace tongban
