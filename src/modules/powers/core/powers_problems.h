#pragma once

#include <string_view>

#include "base/result.h"

namespace tongban::powers_problem {

inline constexpr Problem not_found{"powers.not_found", Kind::not_found, Retry::never, "没有这份常设委托"};
inline constexpr Problem action_not_allowed{"powers.action_not_allowed", Kind::conflict, Retry::reload,
                                            "这份常设委托现在不能这样处理"};
inline constexpr Problem same_person{"powers.same_person", Kind::forbidden, Retry::never,
                                     "登记委托的人不能自己核对，请另一人核对"};
inline constexpr Problem reason_needed{"powers.reason_needed", Kind::unprocessable, Retry::after_fix, "请说明理由"};
inline constexpr Problem over_already{"powers.over_already", Kind::unprocessable, Retry::after_fix,
                                      "委托期限已经届满，不能核对为有效"};
inline constexpr Problem changed_meanwhile{"powers.changed_meanwhile", Kind::stale, Retry::reload,
                                           "这份常设委托刚刚被他人处理"};
inline constexpr Problem paper_needed{"powers.paper_needed", Kind::unprocessable, Retry::after_fix,
                                      "请上传授权委托书的扫描件（PDF、JPEG 或者 PNG）"};
// Why it does not carry what an agent wants to do.
inline constexpr Problem not_in_force{"powers.not_in_force", Kind::unprocessable, Retry::after_fix,
                                      "常设委托尚未核对或者未予备案"};
inline constexpr Problem revoked{"powers.revoked", Kind::unprocessable, Retry::after_fix, "常设委托已经撤销"};
inline constexpr Problem out_of_term{"powers.out_of_term", Kind::unprocessable, Retry::after_fix,
                                     "不在常设委托的期限之内"};
inline constexpr Problem wrong_principal{"powers.wrong_principal", Kind::unprocessable, Retry::after_fix,
                                         "常设委托不是这个单位的"};
inline constexpr Problem wrong_agent{"powers.wrong_agent", Kind::unprocessable, Retry::after_fix,
                                     "常设委托没有委托这个代理人"};
inline constexpr Problem item_out_of_scope{"powers.item_out_of_scope", Kind::unprocessable, Retry::after_fix,
                                           "常设委托不包括这个事项"};
inline constexpr Problem unit_out_of_scope{"powers.unit_out_of_scope", Kind::unprocessable, Retry::after_fix,
                                           "常设委托不包括这个不动产单元"};

inline constexpr const Problem* all[] = {&not_found,         &action_not_allowed, &same_person,     &reason_needed,
                                         &over_already,      &changed_meanwhile,  &paper_needed,    &not_in_force,
                                         &revoked,           &out_of_term,        &wrong_principal, &wrong_agent,
                                         &item_out_of_scope, &unit_out_of_scope};

// The one that another registry named in its answer; nullptr when it is none of ours.
inline const Problem* find(std::string_view code)
{
    for (const Problem* one : all) {
        if (one->code == code) return one;
    }
    return nullptr;
}

}  // namespace tongban::powers_problem
