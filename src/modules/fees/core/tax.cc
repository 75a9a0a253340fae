#include "modules/fees/core/tax.h"

#include <algorithm>
#include <boost/json.hpp>
#include <numeric>

#include "base/crypto.h"
#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<TaxState, 5> state_texts{{{
    {TaxState::declared, "declared"},
    {TaxState::assessed, "assessed"},
    {TaxState::paid, "paid"},
    {TaxState::exempt, "exempt"},
    {TaxState::rejected, "rejected"},
}}};

constexpr TextTable<TaxKind, 2> kind_texts{{{
    {TaxKind::deed, "deed"},
    {TaxKind::stamp, "stamp"},
}}};

}  // namespace

std::string_view to_text(TaxState state)
{
    return state_texts.text(state);
}
const TaxState* find_tax_state(std::string_view text)
{
    return state_texts.find(text);
}
std::string_view to_text(TaxKind kind)
{
    return kind_texts.text(kind);
}
const TaxKind* find_tax_kind(std::string_view text)
{
    return kind_texts.find(text);
}

bool is_settled(TaxState state)
{
    return state == TaxState::paid || state == TaxState::exempt;
}

bool is_consistent(const TaxAnswer& answer)
{
    const std::int64_t sum =
        std::accumulate(answer.lines.begin(), answer.lines.end(), std::int64_t{0},
                        [](std::int64_t so_far, const TaxLine& line) { return so_far + line.amount_fen; });
    if (answer.amount_fen != sum || is_settled(answer.state) == answer.receipt.empty()) return false;
    if (answer.state == TaxState::exempt) return sum == 0;
    return answer.state != TaxState::paid || sum > 0;
}

std::string tax_basis(std::string_view unit_number, std::string_view contract_date, std::int64_t price_fen,
                      std::vector<std::string> people)
{
    std::ranges::sort(people);
    boost::json::array names;
    for (std::string& person : people) names.push_back(boost::json::string(person));
    return sm3_hex(boost::json::serialize(boost::json::array{unit_number, contract_date, price_fen, std::move(names)}));
}

bool proves_tax(const std::optional<TaxSettlement>& settlement, std::string_view basis)
{
    return settlement && is_settled(settlement->answer.state) && settlement->basis == basis;
}

boost::json::object to_json(const TaxSettlement& settlement, bool current, bool ended)
{
    const TaxAnswer& answer = settlement.answer;
    boost::json::array lines;
    for (const TaxLine& line : answer.lines) {
        boost::json::object one;
        one["kind"] = to_text(line.kind);
        one["base_fen"] = line.base_fen;
        one["rate"] = line.rate;
        one["amount_fen"] = line.amount_fen;
        one["basis"] = line.basis;
        lines.push_back(std::move(one));
    }
    boost::json::object out;
    out["state"] = to_text(answer.state);
    out["current"] = current;
    out["reference"] = answer.reference;
    out["amount_fen"] = answer.amount_fen;
    out["lines"] = std::move(lines);
    out["tax_date"] = answer.tax_date;
    out["asked_at"] = utc_text(settlement.asked_at);
    if (!answer.receipt.empty()) out["receipt"] = answer.receipt;
    if (!answer.message.empty()) out["message"] = answer.message;
    if (!answer.pay_url.empty() && !is_settled(answer.state) && !ended) out["pay_url"] = answer.pay_url;
    if (ended && answer.state == TaxState::paid) out["refund_at_tax_office"] = true;
    if (!settlement.refund_reference.empty()) out["refund_reference"] = settlement.refund_reference;
    return out;
}

}  // namespace tongban
