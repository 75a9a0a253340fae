#pragma once
// Every way the module access says no.

#include "base/problem.h"

namespace tongban::access_problem {

inline constexpr Problem not_signed_in{"access.not_signed_in", Kind::unauthenticated, Retry::after_fix, "请先登录"};
inline constexpr Problem sign_in_failed{"access.sign_in_failed", Kind::unauthenticated, Retry::after_fix,
                                        "账号或密码不正确"};
inline constexpr Problem too_many_attempts{"access.too_many_attempts", Kind::too_many, Retry::later,
                                           "尝试次数过多，请稍后再试"};
inline constexpr Problem forbidden{"access.forbidden", Kind::forbidden, Retry::never, "您的岗位不能办理此项操作"};
inline constexpr Problem out_of_scope{"access.out_of_scope", Kind::forbidden, Retry::never,
                                      "该业务不属于您可以办理的范围"};
inline constexpr Problem csrf_token_wrong{"access.csrf_token_wrong", Kind::forbidden, Retry::reload,
                                          "页面已过期，请刷新后重试"};
inline constexpr Problem origin_wrong{"access.origin_wrong", Kind::forbidden, Retry::never, "请求来自其他网站，已拒绝"};
inline constexpr Problem idempotency_key_missing{"access.idempotency_key_missing", Kind::invalid, Retry::after_fix,
                                                 "缺少 Idempotency-Key 请求头"};
inline constexpr Problem idempotency_key_invalid{"access.idempotency_key_invalid", Kind::invalid, Retry::after_fix,
                                                 "Idempotency-Key 请求头格式不正确"};
inline constexpr Problem if_match_missing{"access.if_match_missing", Kind::precondition_required, Retry::reload,
                                          "缺少 If-Match 请求头，请刷新后重试"};
inline constexpr Problem if_match_invalid{"access.if_match_invalid", Kind::invalid, Retry::after_fix,
                                          "If-Match 请求头格式不正确"};
inline constexpr Problem page_invalid{"access.page_invalid", Kind::invalid, Retry::after_fix, "分页参数不正确"};
inline constexpr Problem login_taken{"access.login_taken", Kind::conflict, Retry::after_fix, "登录名已被使用"};
inline constexpr Problem account_not_found{"access.account_not_found", Kind::not_found, Retry::after_fix,
                                           "没有这个账号"};

inline constexpr const Problem* all[] = {&not_signed_in,
                                         &sign_in_failed,
                                         &too_many_attempts,
                                         &forbidden,
                                         &out_of_scope,
                                         &csrf_token_wrong,
                                         &origin_wrong,
                                         &idempotency_key_missing,
                                         &idempotency_key_invalid,
                                         &if_match_missing,
                                         &if_match_invalid,
                                         &page_invalid,
                                         &login_taken,
                                         &account_not_found};

}  // namespace tongban::access_problem
