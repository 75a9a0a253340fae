#pragma once
// How sure we are who somebody is online (domain.md 8.1). An action asks for a level; who has less is led to the
// missing step and comes back (F21). The window's level, a card read before a clerk, is the sitting's business.

#include <boost/describe.hpp>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/problem.h"
#include "base/sql.h"

namespace tongban {

// The code under which a province keeps what belongs to none of its registries: accounts of people, their lists.
constexpr Agency province_of(Agency registry)
{
    return registry / 10'000 * 10'000;
}

enum class AssuranceLevel {
    phone = 1,      // L1: a code by SMS
    real_name = 2,  // L2: name and number agree at public security: sees the own cases, writes drafts
    liveness = 3    // L3: the provider saw the living person of that number: submits and signs
};
int number_of(AssuranceLevel level);  // 1, 2, 3: on the wire

// What the provider of liveness checks said. The picture stays with the provider (PIPL 6, 28: no more than needed).
struct LivenessEvidence {
    std::string check;        // our id of the check
    std::string transaction;  // the provider's number of it
    int score = 0;            // thousandths: how alike the face and the photo at public security are
    int threshold = 0;        // what we asked for then
    Millis passed_at = 0;
    Millis consented_at = 0;  // separate consent to the use of the face (PIPL 29)
};
BOOST_DESCRIBE_STRUCT(LivenessEvidence, (), (check, transaction, score, threshold, passed_at, consented_at))

inline constexpr Millis liveness_lasts = 24LL * 60 * 60 * 1000;  // an act of today needs a face of today
inline constexpr int liveness_threshold = 800;                   // of 1000

namespace persons_problem {
inline constexpr Problem code_wrong{"persons.code_wrong", Kind::unprocessable, Retry::after_fix,
                                    "验证码不正确，或已失效"};
inline constexpr Problem too_many{"persons.too_many", Kind::too_many, Retry::later, "操作过于频繁，请稍后再试"};
inline constexpr Problem not_matched{"persons.not_matched", Kind::unprocessable, Retry::after_fix,
                                     "姓名与身份证号码不一致"};
inline constexpr Problem level_too_low{"persons.level_too_low", Kind::forbidden, Retry::after_fix,
                                       "办理这一步需要先完成活体检测"};
inline constexpr Problem consent_missing{"persons.consent_missing", Kind::unprocessable, Retry::after_fix,
                                         "活体检测须经您单独同意；不同意的，可以到就近大厅办理"};
inline constexpr Problem liveness_unreachable{"persons.liveness_unreachable", Kind::unavailable, Retry::later,
                                              "活体检测服务暂时无法连接，请稍后再试，或到就近大厅办理"};
inline constexpr Problem check_not_found{"persons.check_not_found", Kind::not_found, Retry::never, "没有这次检测"};
inline constexpr Problem check_closed{"persons.check_closed", Kind::conflict, Retry::never, "这次检测已有结果或已过期"};
inline constexpr Problem signature_wrong{"persons.signature_wrong", Kind::forbidden, Retry::never,
                                         "检测结果通知的签名不正确"};
inline constexpr const Problem* all[] = {&code_wrong,      &too_many,        &not_matched,
                                         &level_too_low,   &consent_missing, &liveness_unreachable,
                                         &check_not_found, &check_closed,    &signature_wrong};
}  // namespace persons_problem

}  // namespace tongban
