#pragma once
// Every way in which a piece of evidence can fail, one code each: tests and callers tell them apart.

#include "base/problem.h"

namespace tongban::capsule_problem {

inline constexpr Problem not_evidence{"capsule.not_evidence", Kind::unprocessable, Retry::never,
                                      "不是存证包、检查点或电子证照"};
inline constexpr Problem container_altered{"capsule.container_altered", Kind::unprocessable, Retry::never,
                                           "存证包的文件结构被改动过"};
inline constexpr Problem manifest_malformed{"capsule.manifest_malformed", Kind::unprocessable, Retry::never,
                                            "存证包的清单或声明不是规定的格式"};
inline constexpr Problem statement_altered{"capsule.statement_altered", Kind::unprocessable, Retry::never,
                                           "登记机构的声明与签名不符"};
inline constexpr Problem wrong_signer{"capsule.wrong_signer", Kind::unprocessable, Retry::never,
                                      "签名人不是声明所称的登记机构"};
inline constexpr Problem unknown_root{"capsule.unknown_root", Kind::unprocessable, Retry::never,
                                      "签名证书不在所信任的根证书之下，或签名时不在有效期内"};
inline constexpr Problem manifest_altered{"capsule.manifest_altered", Kind::unprocessable, Retry::never,
                                          "清单与登记机构签名的不一致"};
inline constexpr Problem hidden_part_changed{"capsule.hidden_part_changed", Kind::unprocessable, Retry::never,
                                             "被隐去部分的摘要被改动过"};
inline constexpr Problem part_altered{"capsule.part_altered", Kind::unprocessable, Retry::never, "有部分内容被改动过"};
inline constexpr Problem part_added{"capsule.part_added", Kind::unprocessable, Retry::never,
                                    "含有登记机构没有签入的内容"};
inline constexpr Problem part_missing{"capsule.part_missing", Kind::unprocessable, Retry::never, "缺少必备的部分"};
inline constexpr Problem checkpoint_altered{"capsule.checkpoint_altered", Kind::unprocessable, Retry::never,
                                            "日志检查点与签名不符"};
inline constexpr Problem witness_altered{"capsule.witness_altered", Kind::unprocessable, Retry::never,
                                         "见证机构的签名与检查点不符"};
inline constexpr Problem log_truncated{"capsule.log_truncated", Kind::unprocessable, Retry::never,
                                       "办件的事件不全，或晚于所附的检查点"};
inline constexpr Problem not_in_log{"capsule.not_in_log", Kind::unprocessable, Retry::never,
                                    "有事件不在登记机构的日志之中"};
inline constexpr Problem event_altered{"capsule.event_altered", Kind::unprocessable, Retry::never,
                                       "有事件与日志中的摘要不符"};
inline constexpr Problem state_differs{"capsule.state_differs", Kind::unprocessable, Retry::never,
                                       "摘录与事件推算的结果不一致"};
inline constexpr Problem page_altered{"capsule.page_altered", Kind::unprocessable, Retry::never,
                                      "材料或签名图片与记录的摘要不符"};
inline constexpr Problem document_not_genuine{"capsule.document_not_genuine", Kind::unprocessable, Retry::never,
                                              "所附的电子证照没有通过核验"};
inline constexpr Problem receipt_altered{"capsule.receipt_altered", Kind::unprocessable, Retry::never,
                                         "资料包回执与签名或办件记录不符"};
inline constexpr Problem not_sealed_yet{"capsule.not_sealed_yet", Kind::conflict, Retry::later,
                                        "办件的最新事件正在等待封存，请稍后再试"};
inline constexpr Problem checkpoint_replayed{"capsule.checkpoint_replayed", Kind::unprocessable, Retry::never,
                                             "检查点早于已见过的同一日志的检查点"};
inline constexpr Problem log_forked{"capsule.log_forked", Kind::unprocessable, Retry::never,
                                    "检查点与已见过的同一日志的检查点矛盾"};

inline constexpr const Problem* all[] = {
    &not_evidence,  &container_altered,  &manifest_malformed,  &statement_altered,    &wrong_signer,
    &unknown_root,  &manifest_altered,   &hidden_part_changed, &part_altered,         &part_added,
    &part_missing,  &checkpoint_altered, &witness_altered,     &log_truncated,        &not_in_log,
    &event_altered, &state_differs,      &page_altered,        &document_not_genuine, &checkpoint_replayed,
    &log_forked,    &receipt_altered,    &not_sealed_yet};

}  // namespace tongban::capsule_problem
