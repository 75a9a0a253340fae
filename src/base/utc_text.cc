#include "base/utc_text.h"

#include <charconv>
#include <chrono>

namespace tongban {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count)
{
    int value = 0;
    const char* const end = text.data() + at + count;
    const auto [stopped, failed] = std::from_chars(text.data() + at, end, value);
    if (failed != std::errc{} || stopped != end || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Millis> parse_utc_text(std::string_view text)
{
    constexpr std::string_view with_millis = "dddd-dd-ddTdd:dd:dd.dddZ";
    constexpr std::string_view without = "dddd-dd-ddTdd:dd:ddZ";
    const std::string_view form = text.size() == without.size() ? without : with_millis;
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'd' ? (text[i] >= '0' && text[i] <= '9') : text[i] == form[i];
        if (!fits) return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day day{year{*digits(text, 0, 4)}, month{static_cast<unsigned>(*digits(text, 5, 2))},
                             std::chrono::day{static_cast<unsigned>(*digits(text, 8, 2))}};
    const int hour = *digits(text, 11, 2);
    const int minute = *digits(text, 14, 2);
    const int second = *digits(text, 17, 2);
    if (!day.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const int millis = form == with_millis ? *digits(text, 20, 3) : 0;
    const auto at = sys_days{day} + hours{hour} + minutes{minute} + seconds{second} + milliseconds{millis};
    return duration_cast<milliseconds>(at.time_since_epoch()).count();
}

}  // namespace tongban
