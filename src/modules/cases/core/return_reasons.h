#pragma once
// Why a case is sent back, as codes that can be counted: each says whether a better guide, form or window would have
// avoided it. The statutory ground (条例 17, 22) stands beside the code and is another thing.

#include <span>
#include <string_view>

namespace tongban {

enum class ReturnMoment { supplement, non_acceptance, refusal };
std::string_view to_text(ReturnMoment moment);

struct ReturnReason {
    std::string_view code;
    std::string_view text;
    bool avoidable = false;
    bool at_supplement = false;
    bool at_non_acceptance = false;
    bool at_refusal = false;

    bool allows(ReturnMoment moment) const;
};

std::span<const ReturnReason> return_reasons();
const ReturnReason* find_return_reason(std::string_view code);  // nullptr when there is no such code

// The code of a ground for callers that give none.
std::string_view usual_reason(std::string_view ground);

// Why a case stands still: announcement 公告 …
struct SuspensionReason {
    std::string_view code;
    std::string_view text;
};
std::span<const SuspensionReason> suspension_reasons();
std::string_view suspension_text(std::string_view code);  // the code itself when there is none

}  // namespace tongban
