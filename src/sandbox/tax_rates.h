#pragma once
// What the tax authority of the demonstration asks, by the day of the contract (domain.md 4.2): pure, a table of
// versions. The real authority decides by itself; nothing of this runs in the platform.

#include <cstdint>
#include <string>
#include <string_view>

namespace tongban {

struct TaxedSale {
    std::string_view contract_date;  // 2026-11-24
    std::int64_t price_fen = 0;
    bool home = true;
    std::int64_t square_centimetres = 0;
    bool person = true;   // the buyer
    int homes_owned = 0;  // by the buyer's family, without this one
    bool exempt = false;  // 契税法 6, 7
};

struct TaxDue {
    std::int64_t deed_rate = 0;  // in hundred-thousandths: 1 % is 1000
    std::int64_t deed_fen = 0;
    std::int64_t stamp_rate = 0;
    std::int64_t stamp_fen = 0;
    std::string deed_basis;
    std::string stamp_basis;
};

TaxDue tax_due(const TaxedSale& sale);

// 89.50 → 895000; 0 when it is no number.
std::int64_t square_centimetres(std::string_view area);

}  // namespace tongban
