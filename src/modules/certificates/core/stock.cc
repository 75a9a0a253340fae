#include "modules/certificates/core/stock.h"

#include <algorithm>
#include <utility>

#include "base/text_table.h"

namespace tongban {

namespace {

using enum StockState;

constexpr TextTable<StockState, 7> states{{{{unused, "unused"},
                                            {drawn, "drawn"},
                                            {printed, "printed"},
                                            {used, "used"},
                                            {void_, "void"},
                                            {lost, "lost"},
                                            {destroyed, "destroyed"}}}};
constexpr TextTable<StockState, 7> words{{{{unused, "未使用"},
                                           {drawn, "已领用"},
                                           {printed, "已打证"},
                                           {used, "已使用"},
                                           {void_, "作废"},
                                           {lost, "遗失"},
                                           {destroyed, "销毁"}}}};

// A lost blank that turns up again is void: nobody knows where it has been.
constexpr std::pair<StockState, StockState> steps[] = {
    {unused,  drawn    },
    {unused,  void_    },
    {unused,  lost     },
    {drawn,   unused   },
    {drawn,   printed  },
    {drawn,   void_    },
    {drawn,   lost     },
    {printed, used     },
    {printed, void_    },
    {printed, lost     },
    {used,    void_    },
    {used,    lost     },
    {lost,    void_    },
    {void_,   destroyed},
};

}  // namespace

std::string_view to_text(StockState state)
{
    return states.text(state);
}

std::string_view chinese(StockState state)
{
    return words.text(state);
}

const StockState* find_stock_state(std::string_view text)
{
    return states.find(text);
}

bool may_become(StockState from, StockState to)
{
    return std::ranges::find(steps, std::pair{from, to}) != std::end(steps);
}

}  // namespace tongban
