#include "modules/access/duties_text.h"

#include <algorithm>

#include "base/result.h"

namespace tongban {

std::string duties_text(const std::vector<Duty>& duties)
{
    std::string text;
    for (Duty duty : duties) text += (text.empty() ? "" : ",") + std::string(to_text(duty));
    return text;
}

std::vector<Duty> duties_of(std::string_view text)
{
    std::vector<Duty> duties;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const Duty* duty = find_duty(text.substr(0, comma));
        TONGBAN_ASSERT(duty != nullptr);
        duties.push_back(*duty);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return duties;
}

}  // namespace tongban
