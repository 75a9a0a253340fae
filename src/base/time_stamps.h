#pragma once
// Time stamps (RFC 3161) on signatures: that a signature existed at a time, said by somebody other than the signer.

#include <string>

#include "base/result.h"

namespace tongban {

namespace time_stamp_problem {
inline constexpr Problem unavailable{"time_stamp.unavailable", Kind::unavailable, Retry::later,
                                     "时间戳机构都没有正确应答，稍后补加时间戳"};
inline constexpr const Problem* all[] = {&unavailable};
}  // namespace time_stamp_problem

// Thread-safe.
class TimeStamps {
public:
    virtual ~TimeStamps() = default;
    // The same PDF (of AgencySigner::sign_pdf) with a stamp on its signature: PAdES B-T. time_stamp.unavailable when
    // no authority gives a good one; the file without a stamp stays as valid as it was.
    virtual Result<std::string> stamp_pdf(std::string pdf) = 0;
};

}  // namespace tongban
