#pragma once
// What can be said about a signed file without asking anybody: the verdict that the public page, `tongban verify` and
// the evidence capsule share. Implemented by platform/sealing for PDF and OFD.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/problem.h"
#include "base/sql.h"

namespace tongban {

namespace verdict_problem {
inline constexpr Problem not_a_document{"evidence.not_a_document", Kind::unprocessable, Retry::never,
                                        "不是PDF或OFD文件，或文件过大"};
inline constexpr Problem not_signed{"evidence.not_signed", Kind::unprocessable, Retry::never, "文件没有电子签名"};
inline constexpr Problem altered{"evidence.altered", Kind::unprocessable, Retry::never, "文件在签名之后被改动过"};
inline constexpr Problem appended{"evidence.appended", Kind::unprocessable, Retry::never, "签名之后文件又被添加了内容"};
inline constexpr Problem wrong_signer{"evidence.wrong_signer", Kind::unprocessable, Retry::never,
                                      "签名人不是印章所属的登记机构"};
inline constexpr Problem seal_not_valid_then{"evidence.seal_not_valid_then", Kind::unprocessable, Retry::never,
                                             "签名时印章或证书不在有效期内"};
inline constexpr Problem unknown_root{"evidence.unknown_root", Kind::unprocessable, Retry::never,
                                      "签名人的证书不是受信任的机构颁发的"};
inline constexpr Problem time_stamp_invalid{"evidence.time_stamp_invalid", Kind::unprocessable, Retry::never,
                                            "时间戳与签名不符，或不是受信任的机构出具的"};
inline constexpr const Problem* all[] = {&not_a_document, &not_signed,          &altered,      &appended,
                                         &wrong_signer,   &seal_not_valid_then, &unknown_root, &time_stamp_invalid};
}  // namespace verdict_problem

// A sentence for people.
struct Words {
    std::string chinese;
    std::string english;
};
std::vector<std::string> in_chinese(const std::vector<Words>& lines);

enum class FileFormat { other, pdf, ofd };

struct FileVerdict {
    FileFormat format = FileFormat::other;
    const Problem* fault = &verdict_problem::not_a_document;  // null: the file proves what it claims
    std::string reason;                                       // Chinese, one sentence for people
    std::vector<Words> proven;                                // one sentence each
    std::vector<Words> not_proven;
    // Who signed, as far as it was proven; empty otherwise.
    Agency agency = 0;
    std::string signer_name;  // common name of the certificate
    std::string seal_name;    // of an electronic seal
    Millis signed_at = 0;     // as the signer says; 0: unknown
    Millis stamped_at = 0;    // as a time-stamping authority says; 0: no stamp
    std::string stamped_by;

    bool is_genuine() const { return fault == nullptr; }
    bool is(const Problem& problem) const { return fault == &problem; }
};

// Checks files that anybody may hand in, without network and database: every parse is bounded, nothing throws on bad
// bytes. Thread-safe.
class FileVerifier {
public:
    virtual ~FileVerifier() = default;
    virtual FileVerdict verify(std::string_view bytes) = 0;
};

}  // namespace tongban
