#pragma once
// Every way the module seals says no.

#include "base/problem.h"

namespace tongban::seals_problem {

inline constexpr Problem not_found{"seals.not_found", Kind::not_found, Retry::never, "没有这枚印章"};
inline constexpr Problem wrong_state{"seals.wrong_state", Kind::conflict, Retry::reload, "印章的状态不允许这样做"};
inline constexpr Problem same_person{"seals.same_person", Kind::forbidden, Retry::never, "申请人不能自己批准"};
inline constexpr Problem reason_missing{"seals.reason_missing", Kind::unprocessable, Retry::after_fix, "请说明理由"};
inline constexpr Problem one_in_force{"seals.one_in_force", Kind::conflict, Retry::after_fix,
                                      "同一种印章已有一枚在用，请先停用"};
inline constexpr Problem not_in_force{"seals.not_in_force", Kind::conflict, Retry::later,
                                      "登记机构没有在有效期内的这种印章"};
inline constexpr Problem not_for_this{"seals.not_for_this", Kind::forbidden, Retry::never,
                                      "这种印章不能由该岗位用于此事"};

// Programs that have documents sealed, and what is sealed for them.
inline constexpr Problem client_unknown{"signing.client_unknown", Kind::unauthenticated, Retry::after_fix,
                                        "没有这个业务系统，或者它的凭据不正确、已停用"};
inline constexpr Problem client_not_found{"signing.client_not_found", Kind::not_found, Retry::after_fix,
                                          "没有这个业务系统"};
inline constexpr Problem client_state{"signing.client_state", Kind::conflict, Retry::reload,
                                      "业务系统的状态不允许这样做"};
inline constexpr Problem client_name_taken{"signing.client_name_taken", Kind::conflict, Retry::after_fix,
                                           "同名的业务系统已在申请或使用中"};
inline constexpr Problem client_name_invalid{"signing.client_name_invalid", Kind::unprocessable, Retry::after_fix,
                                             "业务系统名称应为 2 至 50 个字"};
inline constexpr Problem grants_invalid{"signing.grants_invalid", Kind::unprocessable, Retry::after_fix,
                                        "业务系统可用的印章和用途不正确"};
inline constexpr Problem client_revoked{"signing.revoked", Kind::forbidden, Retry::never, "业务系统已停用"};
inline constexpr Problem not_granted{"signing.not_granted", Kind::forbidden, Retry::never,
                                     "该业务系统不能将这枚印章用于此事"};
inline constexpr Problem signing_not_found{"signing.not_found", Kind::not_found, Retry::never, "没有这次签章"};

inline constexpr const Problem* all[] = {&not_found,        &wrong_state,    &same_person,       &reason_missing,
                                         &one_in_force,     &not_in_force,   &not_for_this,      &client_unknown,
                                         &client_not_found, &client_state,   &client_name_taken, &client_name_invalid,
                                         &grants_invalid,   &client_revoked, &not_granted,       &signing_not_found};

}  // namespace tongban::seals_problem
