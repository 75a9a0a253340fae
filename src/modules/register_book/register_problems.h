#pragma once
// Every way the register book says no.

#include "base/problem.h"

namespace tongban::register_problem {

inline constexpr Problem unit_unknown{"register_book.unit_unknown", Kind::not_found, Retry::after_fix,
                                      "登记簿中没有这个不动产单元"};
inline constexpr Problem changed_meanwhile{"register_book.changed_meanwhile", Kind::conflict, Retry::reload,
                                           "登记簿在审核之后发生了变化"};
inline constexpr Problem seizure_unknown{"register_book.seizure_unknown", Kind::not_found, Retry::after_fix,
                                         "该不动产单元没有这份文书的有效查封"};
inline constexpr Problem mortgage_unknown{"register_book.mortgage_unknown", Kind::not_found, Retry::after_fix,
                                          "没有这个现势抵押权"};
inline constexpr Problem ownership_unknown{"register_book.ownership_unknown", Kind::not_found, Retry::after_fix,
                                           "没有这个现势所有权"};
inline constexpr Problem encumbrance_unknown{"register_book.encumbrance_unknown", Kind::not_found, Retry::after_fix,
                                             "没有这项现势的预告登记、异议登记、居住权或地役权"};
inline constexpr Problem holder_unknown{"register_book.holder_unknown", Kind::not_found, Retry::after_fix,
                                        "登记簿上该不动产单元没有这个权利人"};
inline constexpr Problem certificate_unknown{"register_book.certificate_unknown", Kind::not_found, Retry::after_fix,
                                             "登记簿上该不动产单元没有这本现势的证书或证明"};
inline constexpr Problem shares_not_whole{"register_book.shares_not_whole", Kind::unprocessable, Retry::after_fix,
                                          "各共有人的份额之和必须恰好等于全部"};
inline constexpr Problem holder_missing{"register_book.holder_missing", Kind::unprocessable, Retry::after_fix,
                                        "没有写明权利人"};
inline constexpr Problem amount_invalid{"register_book.amount_invalid", Kind::unprocessable, Retry::after_fix,
                                        "担保的数额必须大于零"};
inline constexpr Problem already_locked{"register_book.already_locked", Kind::conflict, Retry::reload,
                                        "该不动产单元已经锁定"};
inline constexpr Problem not_locked{"register_book.not_locked", Kind::conflict, Retry::reload, "该不动产单元没有锁定"};
inline constexpr Problem not_placeholder{"register_book.not_placeholder", Kind::conflict, Retry::reload,
                                         "该不动产单元不是虚拟单元"};

inline constexpr const Problem* all[] = {
    &unit_unknown,        &changed_meanwhile, &seizure_unknown,     &mortgage_unknown, &ownership_unknown,
    &encumbrance_unknown, &holder_unknown,    &certificate_unknown, &shares_not_whole, &holder_missing,
    &amount_invalid,      &already_locked,    &not_locked,          &not_placeholder};

}  // namespace tongban::register_problem
