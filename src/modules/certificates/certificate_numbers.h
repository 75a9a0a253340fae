#pragma once
// Numbers that are set aside, and the account of all numbers of a year. Inside a transaction of the caller; the writing
// ones in the lane of the registry.

#include <string_view>
#include <vector>

#include "modules/certificates/core/certificate.h"
#include "modules/certificates/core/number_gaps.h"

namespace tongban {

// Thread-safe: keeps no state.
class CertificateNumbers {
public:
    // 预留: takes the next `count` numbers (1 … 1000) out of the row and keeps them for later; gives their serials.
    std::vector<std::int64_t> reserve(Sql& sql, Agency agency, CertificateKind kind, int count, std::string_view reason,
                                      std::string_view account, Millis now);
    // 废号: the next number is spoilt and never used; gives its serial.
    std::int64_t spoil_next(Sql& sql, Agency agency, CertificateKind kind, std::string_view reason,
                            std::string_view account, Millis now);
    // What was set aside in a year, by serial.
    std::vector<SetAsideNumber> set_aside(Sql& sql, Agency agency, CertificateKind kind, int year);
    // Every number of the year below the counter that has no certificate, with its explanation or without (H47).
    std::vector<NumberGap> gaps(Sql& sql, Agency agency, CertificateKind kind, int year);

private:
    std::int64_t take_next(Sql& sql, Agency agency, CertificateKind kind, SetAsideState state, std::string_view reason,
                           std::string_view account, Millis now);
};

}  // namespace tongban
