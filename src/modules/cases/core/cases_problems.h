#pragma once
// Every way the module cases says no.

#include "base/problem.h"

namespace tongban::cases_problem {

inline constexpr Problem not_found{"cases.not_found", Kind::not_found, Retry::never, "没有找到这个办件"};
inline constexpr Problem already_registered{"cases.already_registered", Kind::conflict, Retry::reload,
                                            "该办件已经登簿"};
inline constexpr Problem changed_meanwhile{"cases.changed_meanwhile", Kind::stale, Retry::reload,
                                           "办件已被他人更新，请刷新后再办理"};
inline constexpr Problem action_not_allowed{"cases.action_not_allowed", Kind::conflict, Retry::reload,
                                            "办件当前状态不能办理此项操作"};
inline constexpr Problem wrong_duty{"cases.wrong_duty", Kind::forbidden, Retry::never, "您的岗位不能办理此项操作"};
inline constexpr Problem same_person{"cases.same_person", Kind::forbidden, Retry::never,
                                     "受理、审核与登簿须由不同人员办理"};
inline constexpr Problem blocked{"cases.blocked", Kind::conflict, Retry::after_fix,
                                 "登记簿现状不允许办理，请先处理所列事项"};
inline constexpr Problem remark_needed{"cases.remark_needed", Kind::unprocessable, Retry::after_fix,
                                       "有需要确认的事项，请填写说明"};
inline constexpr Problem page_not_found{"cases.page_not_found", Kind::not_found, Retry::never, "该办件没有这一页材料"};
inline constexpr Problem document_not_found{"cases.document_not_found", Kind::not_found, Retry::later,
                                            "该文书尚未产生"};
inline constexpr Problem wrong_package{"cases.wrong_package", Kind::unprocessable, Retry::never, "材料包与办件不符"};

inline constexpr Problem competent_needed{"cases.competent_needed", Kind::unprocessable, Retry::after_fix,
                                          "不属于本机构登记范围的，须写明有管辖权的登记机构；其他理由不得写"};
inline constexpr Problem reason_unknown{"cases.reason_unknown", Kind::unprocessable, Retry::after_fix,
                                        "没有这个退件原因代码，或者不能用于此项决定"};
inline constexpr Problem not_an_applicant{"cases.not_an_applicant", Kind::unprocessable, Retry::after_fix,
                                          "此人不是该办件的申请人"};
inline constexpr Problem applicants_missing{"cases.applicants_missing", Kind::conflict, Retry::after_fix,
                                            "共同申请的，须由全部申请人申请撤回"};
inline constexpr Problem period_not_over{"cases.period_not_over", Kind::conflict, Retry::later, "补正期限尚未届满"};
inline constexpr Problem suspended{"cases.suspended", Kind::conflict, Retry::later, "该办件已暂停，恢复办理后再继续"};

inline constexpr Problem not_whole{"cases.not_whole", Kind::conflict, Retry::later, "各方材料尚未齐全"};
inline constexpr Problem claimed{"cases.claimed", Kind::conflict, Retry::reload, "该办件正由他人办理"};
inline constexpr Problem not_claimed{"cases.not_claimed", Kind::conflict, Retry::reload, "该办件没有人领取"};
inline constexpr Problem assignee_unfit{"cases.assignee_unfit", Kind::unprocessable, Retry::after_fix,
                                        "该人员不在岗，或者没有办理此环节的岗位"};
inline constexpr Problem desk_reason_needed{"cases.desk_reason_needed", Kind::unprocessable, Retry::after_fix,
                                            "改派或收回他人的办件，请写明理由"};
inline constexpr Problem too_many_notes{"cases.too_many_notes", Kind::conflict, Retry::never, "该办件的备注已达上限"};
inline constexpr Problem checklist_open{"cases.checklist_open", Kind::unprocessable, Retry::after_fix,
                                        "审查清单还有必答项没有判断"};

inline constexpr Problem read_reason_needed{"cases.read_reason_needed", Kind::unprocessable, Retry::after_fix,
                                            "该办件不在您的待办中，查看请写明事由；查看会被记录"};

inline constexpr const Problem* all[] = {&not_found,
                                         &already_registered,
                                         &changed_meanwhile,
                                         &action_not_allowed,
                                         &wrong_duty,
                                         &same_person,
                                         &blocked,
                                         &remark_needed,
                                         &page_not_found,
                                         &document_not_found,
                                         &wrong_package,
                                         &competent_needed,
                                         &reason_unknown,
                                         &not_an_applicant,
                                         &applicants_missing,
                                         &period_not_over,
                                         &suspended,
                                         &not_whole,
                                         &claimed,
                                         &not_claimed,
                                         &assignee_unfit,
                                         &desk_reason_needed,
                                         &too_many_notes,
                                         &checklist_open,
                                         &read_reason_needed};

}  // namespace tongban::cases_problem
