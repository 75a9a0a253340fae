#include "modules/fees/core/bill.h"

#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr TextTable<BillState, 3> states{
    {{{BillState::due, "due"}, {BillState::paid, "paid"}, {BillState::void_, "void"}}}};

}  // namespace

std::string_view to_text(BillState state)
{
    return states.text(state);
}

const BillState* find_bill_state(std::string_view text)
{
    return states.find(text);
}

json::array to_json(const std::vector<BillLine>& lines)
{
    json::array all;
    for (const BillLine& line : lines) {
        all.push_back(json::object{
            {"item_code",      line.item_code     },
            {"name",           line.name          },
            {"quantity",       line.quantity      },
            {"unit_price_fen", line.unit_price_fen},
            {"amount_fen",     line.amount_fen    }
        });
    }
    return all;
}

std::vector<BillLine> lines_from_json(const json::value& value)
{
    std::vector<BillLine> lines;
    for (const json::value& item : value.as_array()) {
        const json::object& line = item.as_object();
        lines.push_back({std::string(line.at("item_code").as_string()), std::string(line.at("name").as_string()),
                         line.at("quantity").as_int64(), line.at("unit_price_fen").as_int64(),
                         line.at("amount_fen").as_int64()});
    }
    return lines;
}

json::value to_json(const Bill& bill)
{
    json::object out{
        {"id",         bill.id                 },
        {"amount_fen", bill.amount_fen         },
        {"state",      to_text(bill.state)     },
        {"payer",      bill.payer              },
        {"issued_at",  utc_text(bill.issued_at)},
        {"lines",      to_json(bill.lines)     }
    };
    if (bill.paid_at != 0) out["paid_at"] = utc_text(bill.paid_at);
    if (bill.refund_due_at != 0) out["refund_due_at"] = utc_text(bill.refund_due_at);
    if (!bill.receipt_number.empty()) out["receipt_number"] = bill.receipt_number;
    if (!bill.reversal_number.empty()) out["reversal_number"] = bill.reversal_number;
    if (!bill.refund_state.empty()) out["refund_state"] = bill.refund_state;
    if (!bill.gateway_reference.empty()) out["gateway_reference"] = bill.gateway_reference;
    return out;
}

std::int64_t total_fen(const std::vector<BillLine>& lines)
{
    std::int64_t total = 0;
    for (const BillLine& line : lines) {
        TONGBAN_ASSERT(line.quantity > 0 && line.unit_price_fen >= 0);
        TONGBAN_ASSERT(line.amount_fen == line.quantity * line.unit_price_fen);
        total += line.amount_fen;
    }
    return total;
}

}  // namespace tongban
