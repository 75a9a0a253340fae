#pragma once
// Every way the module seals says no.

#include "base/problem.h"

namespace tongban::seals_problem {

inline constexpr Problem not_found{"seals.not_found", Kind::not_found, Retry::never, "没有这枚印章"};
inline constexpr Problem wrong_state{"seals.wrong_state", Kind::conflict, Retry::reload, "印章的状态不允许这样做"};
inline constexpr Problem same_person{"seals.same_person", Kind::forbidden, Retry::never, "印章的申请人不能自己批准"};
inline constexpr Problem reason_missing{"seals.reason_missing", Kind::unprocessable, Retry::after_fix, "请说明理由"};
inline constexpr Problem one_in_force{"seals.one_in_force", Kind::conflict, Retry::after_fix,
                                      "同一种印章已有一枚在用，请先停用"};
inline constexpr Problem not_in_force{"seals.not_in_force", Kind::conflict, Retry::later,
                                      "登记机构没有在有效期内的这种印章"};
inline constexpr Problem not_for_this{"seals.not_for_this", Kind::forbidden, Retry::never,
                                      "这种印章不能由该岗位用于此事"};

inline constexpr const Problem* all[] = {&not_found,    &wrong_state,  &same_person, &reason_missing,
                                         &one_in_force, &not_in_force, &not_for_this};

}  // namespace tongban::seals_problem
