#pragma once
// An electronic certificate 电子证照 of the register book; today the registration proof 不动产登记证明.
// Legal effect begins with the entry; the file follows moments later, made by a worker from this record alone.

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

enum class CertificateState { preparing, issued, void_ };
std::string_view to_text(CertificateState state);  // preparing, issued, void
const CertificateState* find_certificate_state(std::string_view text);

struct Certificate {
    std::string number;      // 鲁(2026)历下区不动产证明第0000001号
    std::string identifier;  // 电子证照标识, GB/T 36904
    std::string code;        // 12 characters, printed on it
    std::string case_number;
    CertificateState state = CertificateState::preparing;
    std::string issuer_name;
    std::string proved_right;  // 抵押权
    std::string holder;        // 权利人
    std::string obligor;       // 义务人
    std::string location;
    std::string unit_number;
    std::string other;  // 其他: amount, period, order …
    std::string notes;  // 附记
    Millis registered_at = 0;
    Millis issued_at = 0;  // 0 while preparing
    std::string digest;    // SM3 of the signed file; empty while preparing
};

// CertificateSummary of the API. `verify_path` leads to the public page with number and code filled in.
boost::json::value to_json(const Certificate& certificate);
std::string verify_path(const Certificate& certificate);

// Thread-safe: keeps no state between calls.
class Certificates {
public:
    virtual ~Certificates() = default;
    virtual std::optional<Certificate> find_for_case(Sql& sql, Agency agency, std::string_view case_number) = 0;
};

}  // namespace tongban
