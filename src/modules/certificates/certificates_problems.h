#pragma once
// Every way the module certificates says no.

#include "base/problem.h"

namespace tongban::certificates_problem {

inline constexpr Problem not_found{"certificates.not_found", Kind::not_found, Retry::later, "电子证照尚未生成"};
inline constexpr Problem too_many_checks{"certificates.too_many_checks", Kind::too_many, Retry::later,
                                         "核验次数过多，请稍后再试"};
inline constexpr Problem file_too_large{"certificates.file_too_large", Kind::too_large, Retry::after_fix,
                                        "文件超过 8 MB，不是本平台签发的电子证照"};
inline constexpr Problem number_invalid{"certificates.number_invalid", Kind::unprocessable, Retry::after_fix,
                                        "证明号或验证码格式不正确"};

inline constexpr Problem no_seal{"certificates.no_seal", Kind::conflict, Retry::later,
                                 "登记机构没有可用的不动产登记专用章，电子证照暂不能签发"};

inline constexpr Problem stock_unknown{"certificates.stock_unknown", Kind::not_found, Retry::after_fix,
                                       "没有这个印刷序列号"};
inline constexpr Problem stock_state{"certificates.stock_state", Kind::conflict, Retry::reload,
                                     "印刷序列号的状态不允许这样做"};
inline constexpr Problem stock_taken{"certificates.stock_taken", Kind::conflict, Retry::after_fix,
                                     "该证书已经打印在另一张空白证书上，请先将那一张作废"};

inline constexpr const Problem* all[] = {&not_found, &too_many_checks, &file_too_large, &number_invalid,
                                         &no_seal,   &stock_unknown,   &stock_state,    &stock_taken};

}  // namespace tongban::certificates_problem
