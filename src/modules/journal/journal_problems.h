#pragma once
// Every way this module says no.

#include "base/problem.h"

namespace tongban::journal_problem {

inline constexpr Problem key_reused{"journal.key_reused", Kind::unprocessable, Retry::never,
                                    "这个请求编号已用于另一项操作"};
inline constexpr Problem key_too_long{"journal.key_too_long", Kind::invalid, Retry::after_fix, "请求编号过长"};
inline constexpr const Problem* all[] = {&key_reused, &key_too_long};

}  // namespace tongban::journal_problem
