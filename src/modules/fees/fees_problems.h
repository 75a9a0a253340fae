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

inline constexpr const Problem* all[] = {&no_bill,         &already_paid,    &bill_void,     &gateway_unreachable,
                                         &gateway_refused, &signature_wrong, &order_unknown, &amount_wrong,
                                         &tax_not_asked,   &tax_incomplete,  &tax_closed,    &tax_unreachable,
                                         &tax_refused};

}  // namespace tongban::fees_problem
