#pragma once
// Bills inside a transaction of the caller: approval issues one, withdrawal and refusal void it.

#include <optional>
#include <string_view>

#include "base/sql.h"
#include "modules/fees/core/bill.h"

namespace tongban {

struct NewBill {
    std::string case_number;
    std::string payer;
    std::vector<BillLine> lines;
    Millis issued_at = 0;
};

// Thread-safe: keeps no state between calls.
class Bills {
public:
    virtual ~Bills() = default;
    // A case has at most one bill that is not void: a second one is a broken invariant.
    virtual Bill issue(Sql& sql, Agency agency, const NewBill& bill) = 0;
    // The bill of the case that is due, else the paid one, else the last void one.
    virtual std::optional<Bill> find_for_case(Sql& sql, Agency agency, std::string_view case_number) = 0;
    // Makes a due bill void; money that arrives for it later is kept as a surplus to refund. Does nothing when there is
    // no due bill.
    virtual void void_due(Sql& sql, Agency agency, std::string_view case_number) = 0;
    // Marks the payment of a paid bill as to be refunded 退付: the case ended without an entry. The bill stays paid
    // until people gave the money back. Does nothing when there is no paid bill, or when it is marked already. `actor`:
    // who ended the case, as the journal names it.
    virtual void refund_paid(Sql& sql, Agency agency, std::string_view case_number, std::string_view actor,
                             Millis now) = 0;
};

}  // namespace tongban
