#pragma once
// The row of certificate numbers of one registry, year and kind. A number without a certificate must be explained by a
// record: reserved or void. What is not explained is an incident, never renumbered (H47). Pure.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace tongban {

enum class SetAsideState { reserved, void_, used };  // 预留号, 废号, taken for a certificate
std::string_view to_text(SetAsideState state);       // reserved, void, used
const SetAsideState* find_set_aside_state(std::string_view text);

struct SetAsideNumber {
    std::int64_t serial = 0;
    SetAsideState state = SetAsideState::reserved;
    std::string reason;
    std::string account;  // who set it aside
    Millis at = 0;
};

struct NumberGap {
    std::int64_t from = 0;  // both belong to the gap
    std::int64_t to = 0;
    bool explained = false;
    SetAsideNumber record;  // of an explained one
    friend bool operator==(const NumberGap& a, const NumberGap& b)
    {
        return a.from == b.from && a.to == b.to && a.explained == b.explained;
    }
};

// `holes`: the serials that are taken before and after each hole, in order. `set_aside`: in order.
std::vector<NumberGap> explain_gaps(std::span<const std::pair<std::int64_t, std::int64_t>> holes,
                                    std::span<const SetAsideNumber> set_aside);

}  // namespace tongban
