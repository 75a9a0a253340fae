#pragma once
// Every way this module says no.

#include "base/problem.h"

namespace tongban::journal_problem {

inline constexpr Problem key_reused{"journal.key_reused", Kind::unprocessable, Retry::never,
                                    "这个请求编号已用于另一项操作"};
inline constexpr Problem key_too_long{"journal.key_too_long", Kind::invalid, Retry::after_fix, "请求编号过长"};
inline constexpr Problem log_no_checkpoint{"journal.log_no_checkpoint", Kind::not_found, Retry::later,
                                           "该登记机构的日志还没有这个检查点"};
inline constexpr Problem log_range{"journal.log_range", Kind::unprocessable, Retry::after_fix,
                                   "所问的范围超出已封存的日志"};
inline constexpr const Problem* all[] = {&key_reused, &key_too_long, &log_no_checkpoint, &log_range};

}  // namespace tongban::journal_problem
