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

inline constexpr Problem join_refused{"collections.join_refused", Kind::unprocessable, Retry::after_fix,
                                      "办件编号或核验码不正确，或者该办件现在不需要核验"};
inline constexpr Problem application_fixed{"collections.application_fixed", Kind::conflict, Retry::never,
                                           "申请信息已由先行办理的当事人提交，本次不能修改"};
inline constexpr Problem joined_party_fixed{"collections.joined_party_fixed", Kind::conflict, Retry::never,
                                            "当事人由首次申请确定，本次只能更正姓名、手机和代理人"};
inline constexpr Problem party_elsewhere{"collections.party_elsewhere", Kind::conflict, Retry::after_fix,
                                         "该当事人在其他窗口或线上核验，不在本次办理"};
inline constexpr Problem verify_first{"collections.verify_first", Kind::conflict, Retry::after_fix, "请先核验本人身份"};
inline constexpr Problem not_yourself{"collections.not_yourself", Kind::forbidden, Retry::never,
                                      "线上只能核验本人，其他当事人请凭核验码自行办理"};
inline constexpr Problem channel_closed{"collections.channel_closed", Kind::conflict, Retry::never,
                                        "该事项未开通这种办理方式"};
inline constexpr Problem on_site_needed{"collections.on_site_needed", Kind::conflict, Retry::after_fix,
                                        "该事项须到窗口现场核验，线上只能填报和上传材料"};
inline constexpr Problem remote_first{"collections.remote_first", Kind::conflict, Retry::later,
                                      "异地当事人尚未核验，属地一方最后办理"};
inline constexpr Problem already_collecting{"collections.already_collecting", Kind::conflict, Retry::never,
                                            "同一当事人就该不动产的同一事项已在办理"};
inline constexpr Problem document_expired{"collections.document_expired", Kind::unprocessable, Retry::after_fix,
                                          "身份证件已过有效期，请出示有效证件或者临时身份证"};
inline constexpr Problem not_waiting{"collections.not_waiting", Kind::conflict, Retry::reload,
                                     "该申请现在没有等待其他当事人"};
inline constexpr Problem code_too_soon{"collections.code_too_soon", Kind::too_many, Retry::later,
                                       "核验码刚刚发送过，请稍后再试"};

inline constexpr const Problem* all[] = {
    &not_found,         &already_pushed,     &changed_meanwhile, &action_not_allowed,  &wrong_duty,
    &same_registry,     &incomplete,         &unit_blocked,      &party_not_found,     &question_not_found,
    &answer_invalid,    &not_interviewed,    &signature_invalid, &signature_not_found, &line_not_found,
    &page_not_found,    &page_elsewhere,     &too_many_pages,    &form_not_accepted,   &join_refused,
    &application_fixed, &joined_party_fixed, &party_elsewhere,   &verify_first,        &not_yourself,
    &channel_closed,    &on_site_needed,     &remote_first,      &already_collecting,  &document_expired,
    &not_waiting,       &code_too_soon};

}  // namespace tongban::collections_problem
