#pragma once

#include "base/problem.h"

namespace tongban::guides_problem {

inline constexpr Problem search_too_long{"guides.search_too_long", Kind::invalid, Retry::after_fix,
                                         "搜索内容太长，请用几个词说明要办的事"};
inline constexpr const Problem* all[] = {&search_too_long};

}  // namespace tongban::guides_problem
