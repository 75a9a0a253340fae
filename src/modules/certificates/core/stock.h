#pragma once
// 印刷序列号: the number printed on a blank, with a life of its own (domain.md 2.3, 3.5). One certificate number can
// spoil several blanks (H48). Pure.

#include <array>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban {

enum class StockState { unused, drawn, printed, used, void_, lost, destroyed };
std::string_view to_text(StockState state);  // unused, drawn, printed, used, void, lost, destroyed
std::string_view chinese(StockState state);  // 未使用 已领用 已打证 已使用 作废 遗失 销毁
const StockState* find_stock_state(std::string_view text);

// May a blank go from one state to the other? printed: a certificate is on it; used: it was handed out.
bool may_become(StockState from, StockState to);

struct StockItem {
    std::string stock_number;
    StockState state = StockState::unused;
    std::string certificate_number;  // printed, used, and void after that
    std::string account;             // who changed it last
    std::string reason;
    Millis changed_at = 0;
};

}  // namespace tongban
