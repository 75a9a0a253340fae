#include "modules/cases/core/return_reasons.h"

#include <algorithm>

#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<ReturnMoment, 3> moments{{{
    {ReturnMoment::supplement, "supplement"},
    {ReturnMoment::non_acceptance, "non_acceptance"},
    {ReturnMoment::refusal, "refusal"},
}}};

// code, text, avoidable, then where it may stand: supplement, non-acceptance, refusal.
constexpr ReturnReason reasons[] = {
    {"missing_material",     "缺少清单所列材料",                               true,  true,  true,  false},
    {"wrong_form",           "材料形式不符（应为原件或应盖章）",       true,  true,  true,  false},
    {"unreadable_scan",      "扫描件缺页或不清晰",                            true,  true,  true,  false},
    {"missing_signature",    "缺少签名或签名不符",                            true,  true,  true,  false},
    {"contents_differ",      "材料之间或与申请内容不一致",                true,  true,  true,  true },
    {"document_expired",     "证件或委托书已过有效期",                      true,  true,  true,  false},
    {"identity_unclear",     "身份或代理权限未能核实",                      true,  true,  true,  true },
    {"interview_incomplete", "询问记录不完整",                                  true,  true,  true,  false},
    {"outside_territory",    "不属于本机构登记范围",                         true,  false, true,  false},
    {"supplement_not_given", "逾期未补正",                                        false, false, true,  true },
    {"register_changed",     "代收后登记簿发生变化（查封、异议等）", false, true,  true,  true },
    {"ownership_dispute",    "存在尚未解决的权属争议",                      false, false, false, true },
    {"exceeds_term",         "权利超过规定期限",                               true,  false, false, true },
    {"violates_law",         "违反法律、行政法规规定",                      true,  false, false, true },
    {"sharing_outage",       "共享数据不可用或有误",                         false, true,  true,  true },
    {"other",                "其他",                                                 false, true,  true,  true },
};

struct GroundReason {
    std::string_view ground;
    std::string_view code;
};
constexpr GroundReason usual[] = {
    {"incomplete",        "missing_material" },
    {"not_in_form",       "wrong_form"       },
    {"outside_territory", "outside_territory"},
    {"violates_law",      "violates_law"     },
    {"ownership_dispute", "ownership_dispute"},
    {"exceeds_term",      "exceeds_term"     },
};

constexpr SuspensionReason suspensions[] = {
    {"announcement", "公告"                              },
    {"dispute",      "权属争议"                        },
    {"seizure",      "查封"                              },
    {"tax",          "税务核实"                        },
    {"agency",       "等待其他部门核查"            },
    {"power",        "委托被撤销或者代理权存疑"},
    {"death",        "当事人死亡"                     },
    {"forgery",      "材料真伪核查"                  },
    {"other",        "其他法定情形"                  },
};

}  // namespace

std::string_view to_text(ReturnMoment moment)
{
    return moments.text(moment);
}

bool ReturnReason::allows(ReturnMoment moment) const
{
    switch (moment) {
    case ReturnMoment::supplement: return at_supplement;
    case ReturnMoment::non_acceptance: return at_non_acceptance;
    case ReturnMoment::refusal: return at_refusal;
    }
    return false;
}

std::span<const ReturnReason> return_reasons()
{
    return reasons;
}

const ReturnReason* find_return_reason(std::string_view code)
{
    const auto found = std::ranges::find(reasons, code, &ReturnReason::code);
    return found == std::end(reasons) ? nullptr : &*found;
}

std::string_view usual_reason(std::string_view ground)
{
    const auto found = std::ranges::find(usual, ground, &GroundReason::ground);
    return found == std::end(usual) ? "other" : found->code;
}

std::span<const SuspensionReason> suspension_reasons()
{
    return suspensions;
}

std::string_view suspension_text(std::string_view code)
{
    const auto found = std::ranges::find(suspensions, code, &SuspensionReason::code);
    return found == std::end(suspensions) ? code : found->text;
}

}  // namespace tongban
