#pragma once
// An electronic certificate 电子证照 of the register book: the title certificate 不动产权证书 and the registration
// proof 不动产登记证明. Legal effect begins with the entry; the file follows moments later, made by a worker from this
// record alone.

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

enum class CertificateKind { proof, title };
enum class CertificateState { preparing, issued };  // is there a file?
// May it still be relied on? Superseded: a successor took its place. Void: its right ended, or it was lost or damaged.
enum class CertificateStanding { valid, superseded, void_ };
std::string_view to_text(CertificateKind kind);          // proof, title
std::string_view to_text(CertificateState state);        // preparing, issued
std::string_view to_text(CertificateStanding standing);  // valid, superseded, void
std::string_view chinese(CertificateKind kind);          // 不动产登记证明, 不动产权证书
const CertificateKind* find_certificate_kind(std::string_view text);
const CertificateState* find_certificate_state(std::string_view text);
const CertificateStanding* find_certificate_standing(std::string_view text);

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
    std::string digest;    // SM3 of the signed PDF; empty while preparing
    CertificateKind kind = CertificateKind::proof;
    CertificateStanding standing = CertificateStanding::valid;
    std::string standing_reason = {};  // why it is not valid any more
    Millis standing_at = 0;            // since when; 0: not known, or valid
    std::string successor = {};        // number of the certificate that took its place
    // Of a title certificate; proved_right is then its 权利类型.
    std::string co_ownership = {};  // 共有情况
    std::string right_nature = {};
    std::string use_name = {};
    std::string area = {};
    std::string term = {};  // 使用期限
};

// CertificateSummary of the API; its state says superseded or void when it is no longer valid. `verify_path` leads to
// the public page with number and code filled in.
boost::json::value to_json(const Certificate& certificate);
std::string verify_path(const Certificate& certificate);

// Thread-safe: keeps no state between calls.
class Certificates {
public:
    virtual ~Certificates() = default;
    // The first of a case that has several.
    virtual std::optional<Certificate> find_for_case(Sql& sql, Agency agency, std::string_view case_number) = 0;
    // SM3 of the latest file in "pdf" or "ofd"; nothing while there is none.
    virtual std::optional<std::string> latest_file(Sql& sql, Agency agency, std::string_view number,
                                                   std::string_view format) = 0;
};

}  // namespace tongban
