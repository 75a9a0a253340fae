#pragma once
// A bill 缴费通知书: what one case owes to the home registry (domain.md 4). Money in integer fen.

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sql.h"

namespace tongban {

struct BillLine {
    std::string item_code;  // non-tax revenue item code of the registry
    std::string name;       // 不动产登记费（住宅）
    std::int64_t quantity = 1;
    std::int64_t unit_price_fen = 0;
    std::int64_t amount_fen = 0;  // quantity × unit price
};

enum class BillState { due, paid, void_ };
std::string_view to_text(BillState state);  // due, paid, void
const BillState* find_bill_state(std::string_view text);

struct Bill {
    std::string id;
    std::string case_number;
    std::string payer;  // name of the mortgagee: who gets the right pays
    BillState state = BillState::due;
    std::int64_t amount_fen = 0;  // sum of the lines
    std::vector<BillLine> lines;
    Millis issued_at = 0;
    Millis paid_at = 0;                // 0: not paid
    std::string gateway_reference;     // of the payment that settled it
    Millis refund_due_at = 0;          // since when the payment is to be given back; 0: it is not
    std::string receipt_number = {};   // 财政电子票据; empty: none was issued
    std::string reversal_number = {};  // of the receipt that reverses it 冲红; empty: it stands
    std::string refund_state = {};     // of the money that settled it: requested, sent, done …; empty: it stays
};

boost::json::value to_json(const Bill& bill);  // Bill of the API
boost::json::array to_json(const std::vector<BillLine>& lines);
std::vector<BillLine> lines_from_json(const boost::json::value& value);  // what to_json() wrote

std::int64_t total_fen(const std::vector<BillLine>& lines);

}  // namespace tongban
