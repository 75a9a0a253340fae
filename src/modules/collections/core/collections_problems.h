#pragma once
// Every way the module collections says no.

#include "base/problem.h"

namespace tongban::collections_problem {

inline constexpr Problem not_found{"collections.not_found", Kind::not_found, Retry::never, "没有找到这次代收"};
inline constexpr Problem already_pushed{"collections.already_pushed", Kind::conflict, Retry::reload,
                                        "材料已经推送，无需重复推送"};
inline constexpr Problem changed_meanwhile{"collections.changed_meanwhile", Kind::stale, Retry::reload,
                                           "内容已被更新，请刷新后再操作"};
inline constexpr Problem action_not_allowed{"collections.action_not_allowed", Kind::conflict, Retry::reload,
                                            "当前状态不能进行此项操作"};
inline constexpr Problem wrong_duty{"collections.wrong_duty", Kind::forbidden, Retry::never,
                                    "您的岗位不能办理此项操作"};
inline constexpr Problem same_registry{"collections.same_registry", Kind::unprocessable, Retry::after_fix,
                                       "不动产就在本机构辖区，不属于异地代收，请直接受理"};
inline constexpr Problem incomplete{"collections.incomplete", Kind::unprocessable, Retry::after_fix,
                                    "还有内容未完成，不能推送"};
inline constexpr Problem unit_blocked{"collections.unit_blocked", Kind::conflict, Retry::after_fix,
                                      "不动产登记簿现状不允许办理，不能推送"};
inline constexpr Problem party_not_found{"collections.party_not_found", Kind::not_found, Retry::reload,
                                         "没有这个当事人"};
inline constexpr Problem question_not_found{"collections.question_not_found", Kind::unprocessable, Retry::after_fix,
                                            "询问清单中没有这个问题"};
inline constexpr Problem answer_invalid{"collections.answer_invalid", Kind::unprocessable, Retry::after_fix,
                                        "回答不正确"};
inline constexpr Problem not_interviewed{"collections.not_interviewed", Kind::conflict, Retry::after_fix,
                                         "询问尚未完成，不能签名"};
inline constexpr Problem signature_invalid{"collections.signature_invalid", Kind::unprocessable, Retry::after_fix,
                                           "签名图片不正确，请重新签名"};
inline constexpr Problem signature_not_found{"collections.signature_not_found", Kind::not_found, Retry::never,
                                             "尚未签名"};
inline constexpr Problem line_not_found{"collections.line_not_found", Kind::not_found, Retry::never,
                                        "材料清单中没有这一项"};
inline constexpr Problem page_not_found{"collections.page_not_found", Kind::not_found, Retry::reload, "没有这一页材料"};
inline constexpr Problem page_elsewhere{"collections.page_elsewhere", Kind::conflict, Retry::never,
                                        "这一页属于另一项材料"};
inline constexpr Problem too_many_pages{"collections.too_many_pages", Kind::unprocessable, Retry::after_fix,
                                        "这一项材料的文件过多"};
inline constexpr Problem form_not_accepted{"collections.form_not_accepted", Kind::unprocessable, Retry::after_fix,
                                           "该项材料不接受这种形式"};

inline constexpr const Problem* all[] = {
    &not_found,      &already_pushed,  &changed_meanwhile, &action_not_allowed,  &wrong_duty,
    &same_registry,  &incomplete,      &unit_blocked,      &party_not_found,     &question_not_found,
    &answer_invalid, &not_interviewed, &signature_invalid, &signature_not_found, &line_not_found,
    &page_not_found, &page_elsewhere,  &too_many_pages,    &form_not_accepted};

}  // namespace tongban::collections_problem
