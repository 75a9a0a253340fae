#pragma once
// The printed blanks of every registry. Inside a transaction of the caller; the writing ones in the lane of the
// registry.

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "modules/certificates/core/stock.h"

namespace tongban {

// Thread-safe: keeps no state.
class CertificateStock {
public:
    // A delivery from the printer; gives how many were new.
    int receive(Sql& sql, Agency agency, const std::vector<std::string>& stock_numbers, std::string_view account,
                Millis now);
    std::optional<StockItem> find(Sql& sql, Agency agency, std::string_view stock_number);
    // All blanks a certificate was printed on, the spoilt ones too (H48).
    std::vector<StockItem> of_certificate(Sql& sql, Agency agency, std::string_view certificate_number);
    std::vector<StockItem> in_state(Sql& sql, Agency agency, StockState state, int rows_max);

    // 领用, back to unused, handed out, void, lost, destroyed. certificates.stock_unknown, certificates.stock_state.
    Result<void> change(Sql& sql, Agency agency, std::string_view stock_number, StockState to, std::string_view reason,
                        std::string_view account, Millis now);
    // 打证: on a blank that was drawn. A certificate stands on one blank at a time: the former must be void or lost
    // first (certificates.stock_taken).
    Result<void> print_on(Sql& sql, Agency agency, std::string_view stock_number, std::string_view certificate_number,
                          std::string_view account, Millis now);

private:
    Result<void> step(Sql& sql, Agency agency, std::string_view stock_number, StockState to,
                      std::string_view certificate_number, std::string_view reason, std::string_view account,
                      Millis now);
};

}  // namespace tongban
