#include "modules/certificates/core/number_gaps.h"

#include "base/text_table.h"

namespace tongban {

namespace {

constexpr TextTable<SetAsideState, 3> states{
    {{{SetAsideState::reserved, "reserved"}, {SetAsideState::void_, "void"}, {SetAsideState::used, "used"}}}};

}  // namespace

std::string_view to_text(SetAsideState state)
{
    return states.text(state);
}

const SetAsideState* find_set_aside_state(std::string_view text)
{
    return states.find(text);
}

std::vector<NumberGap> explain_gaps(std::span<const std::pair<std::int64_t, std::int64_t>> holes,
                                    std::span<const SetAsideNumber> set_aside)
{
    std::vector<NumberGap> gaps;
    std::size_t next = 0;
    for (const auto& [before, after] : holes) {
        std::int64_t serial = before + 1;
        for (; next < set_aside.size() && set_aside[next].serial < after; ++next) {
            const SetAsideNumber& record = set_aside[next];
            // A record that says used explains nothing: its certificate should be there.
            if (record.serial < serial || record.state == SetAsideState::used) continue;
            if (record.serial > serial) gaps.push_back({serial, record.serial - 1, false, {}});
            gaps.push_back({record.serial, record.serial, true, record});
            serial = record.serial + 1;
        }
        if (serial < after) gaps.push_back({serial, after - 1, false, {}});
    }
    return gaps;
}

}  // namespace tongban
