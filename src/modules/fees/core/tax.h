#pragma once
// What the tax authority says about a case, and when that opens the register. The platform never takes tax money and
// never gives it back.

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace tongban {

// 税务申报状态 (domain.md 2.3), as far as a registry has to tell them apart.
enum class TaxState {
    declared,  // 已申报: received, being examined
    assessed,  // 待缴税: the amount is known
    paid,      // 已缴税
    exempt,    // 已免税
    rejected   // 核验未通过: message says what to put right
};
BOOST_DESCRIBE_ENUM(TaxState, declared, assessed, paid, exempt, rejected)
std::string_view to_text(TaxState state);
const TaxState* find_tax_state(std::string_view text);
bool is_settled(TaxState state);

enum class TaxKind { deed, stamp };  // 契税 印花税
BOOST_DESCRIBE_ENUM(TaxKind, deed, stamp)
std::string_view to_text(TaxKind kind);
const TaxKind* find_tax_kind(std::string_view text);

struct TaxLine {
    TaxKind kind = TaxKind::deed;
    std::int64_t base_fen = 0;
    std::int64_t rate = 0;  // in hundred-thousandths: 1 % is 1000, 0.05 % is 50
    std::int64_t amount_fen = 0;
    std::string basis;  // 财政部 税务总局 住房城乡建设部公告2024年第16号: 家庭唯一住房……
};
BOOST_DESCRIBE_STRUCT(TaxLine, (), (kind, base_fen, rate, amount_fen, basis))

struct TaxAnswer {
    TaxState state = TaxState::declared;
    std::string reference;        // the authority's number of the declaration
    std::int64_t amount_fen = 0;  // sum of the lines
    std::vector<TaxLine> lines;
    std::string tax_date;  // 纳税义务发生时间: the day whose rates were taken, never the day of the case (H44)
    std::string receipt;   // 完税（减免税）凭证号; there as soon as it is settled
    std::string message;
    std::string pay_url;  // the authority's page where it is paid; may be empty
};

// A described answer holds together: lines add up, and there is a receipt exactly when it is settled.
bool is_consistent(const TaxAnswer& answer);

// An answer as we keep it.
struct TaxSettlement {
    std::string case_number;
    std::int64_t version = 0;  // rises with every answer
    TaxAnswer answer;
    std::string basis;  // tax_basis() of what was declared
    Millis asked_at = 0;
    std::string asked_by;               // account
    std::string refund_reference = {};  // of the tax office's refund, as the payer told it; empty: not told
};

// What the tax is owed for, as one digest: when unit, price, day of the contract or people change after a correction
// 补正, tax that was paid for something else proves nothing. `people`: number digests in any order.
std::string tax_basis(std::string_view unit_number, std::string_view contract_date, std::int64_t price_fen,
                      std::vector<std::string> people);

// Does it prove, for what is applied for now, that nothing is owed?
bool proves_tax(const std::optional<TaxSettlement>& settlement, std::string_view basis);

// Tax of the API. `current`: given for what is applied for now. `ended`: the case ended without an entry, so that the
// payer asks the tax office for the money back (契税法 12).
boost::json::object to_json(const TaxSettlement& settlement, bool current, bool ended);

}  // namespace tongban
