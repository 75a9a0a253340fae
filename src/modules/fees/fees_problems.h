#pragma once
// Every way the module fees says no.

#include "base/problem.h"

namespace tongban::fees_problem {

inline constexpr Problem no_bill{"fees.no_bill", Kind::conflict, Retry::reload, "目前没有需要缴纳的费用"};
inline constexpr Problem already_paid{"fees.already_paid", Kind::conflict, Retry::reload, "费用已经缴清，无需重复缴费"};
inline constexpr Problem bill_void{"fees.bill_void", Kind::conflict, Retry::reload, "缴费通知已失效，请勿缴费"};
inline constexpr Problem gateway_unreachable{"fees.gateway_unreachable", Kind::unavailable, Retry::later,
                                             "支付平台暂时无法连接，请稍后再试"};
inline constexpr Problem gateway_refused{"fees.gateway_refused", Kind::unavailable, Retry::later,
                                         "支付平台没有接受订单，请稍后再试"};
inline constexpr Problem signature_wrong{"fees.signature_wrong", Kind::forbidden, Retry::never, "支付通知的签名不正确"};
inline constexpr Problem order_unknown{"fees.order_unknown", Kind::not_found, Retry::never, "没有这个支付订单"};
inline constexpr Problem amount_wrong{"fees.amount_wrong", Kind::unprocessable, Retry::never,
                                      "支付金额与订单金额不一致"};

inline constexpr Problem tax_not_asked{"fees.tax_not_asked", Kind::conflict, Retry::never,
                                       "该事项办理登记不需要核验税款"};
inline constexpr Problem tax_incomplete{"fees.tax_incomplete", Kind::conflict, Retry::after_fix,
                                        "缺少合同日期、合同价款或者买卖双方，不能申报纳税"};
inline constexpr Problem tax_closed{"fees.tax_closed", Kind::conflict, Retry::reload, "办件已经办结，不再申报纳税"};
inline constexpr Problem tax_unreachable{"fees.tax_unreachable", Kind::unavailable, Retry::later,
                                         "税务系统暂时无法连接，请稍后再试"};
inline constexpr Problem tax_refused{"fees.tax_refused", Kind::unavailable, Retry::later,
                                     "税务系统没有给出可用的答复，请稍后再试"};

inline constexpr Problem refund_not_found{"fees.refund_not_found", Kind::not_found, Retry::never, "没有这笔退款"};
inline constexpr Problem refund_state{"fees.refund_state", Kind::conflict, Retry::reload,
                                      "退款目前的状态不允许这样处理，请刷新后再看"};
inline constexpr Problem refund_changed{"fees.refund_changed", Kind::stale, Retry::reload,
                                        "退款已经有了新的进展，请刷新后再处理"};
inline constexpr Problem payment_not_unmatched{"fees.payment_not_unmatched", Kind::conflict, Retry::reload,
                                               "这笔支付不在待处理之列，或者已经处理"};
inline constexpr Problem not_matchable{"fees.not_matchable", Kind::conflict, Retry::never,
                                       "缴费通知已缴清、已失效或者金额不符，只能退款"};
inline constexpr Problem statement_not_ready{"fees.statement_not_ready", Kind::conflict, Retry::later,
                                             "支付平台还没有这一天的对账单"};
inline constexpr Problem statement_wrong{"fees.statement_wrong", Kind::unavailable, Retry::later,
                                         "支付平台的对账单签名或者合计不正确，没有采用"};
inline constexpr Problem day_not_reconciled{"fees.day_not_reconciled", Kind::not_found, Retry::never,
                                            "这一天还没有对账"};
inline constexpr Problem item_not_found{"fees.item_not_found", Kind::not_found, Retry::never, "没有这个差异项"};
inline constexpr Problem item_resolved{"fees.item_resolved", Kind::conflict, Retry::reload, "这个差异项已经处理"};
inline constexpr Problem item_not_bookable{"fees.item_not_bookable", Kind::conflict, Retry::never,
                                           "只有支付平台有而本机构没有的缴费可以补记"};
inline constexpr Problem nothing_to_recover{"fees.nothing_to_recover", Kind::conflict, Retry::never,
                                            "该办件没有减免的登记费可以追缴，或者已有缴费通知"};

inline constexpr Problem tax_not_refundable{"fees.tax_not_refundable", Kind::conflict, Retry::never,
                                            "该办件没有需要向税务机关申请退还的税款"};

inline constexpr const Problem* all[] = {&no_bill,
                                         &already_paid,
                                         &bill_void,
                                         &gateway_unreachable,
                                         &gateway_refused,
                                         &signature_wrong,
                                         &order_unknown,
                                         &amount_wrong,
                                         &tax_not_asked,
                                         &tax_incomplete,
                                         &tax_closed,
                                         &tax_unreachable,
                                         &tax_refused,
                                         &refund_not_found,
                                         &refund_state,
                                         &refund_changed,
                                         &payment_not_unmatched,
                                         &not_matchable,
                                         &statement_not_ready,
                                         &statement_wrong,
                                         &day_not_reconciled,
                                         &item_not_found,
                                         &item_resolved,
                                         &item_not_bookable,
                                         &nothing_to_recover,
                                         &tax_not_refundable};

}  // namespace tongban::fees_problem
