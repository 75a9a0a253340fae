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

inline constexpr const Problem* all[] = {&unit_unknown, &changed_meanwhile, &seizure_unknown, &mortgage_unknown};

}  // namespace tongban::register_problem
