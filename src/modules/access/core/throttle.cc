#include "modules/access/core/throttle.h"

#include <algorithm>
#include <vector>

namespace tongban {

Millis Throttle::wait(std::string_view key, Millis now)
{
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(std::string(key));
    if (found == counts_.end()) return 0;
    const Millis ends = found->second.first_at + limits_.window;
    if (now >= ends) {
        counts_.erase(found);
        return 0;
    }
    return found->second.failures >= limits_.failures_max ? ends - now : 0;
}

void Throttle::failed(std::string_view key, Millis now)
{
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= limits_.keys_max) make_room(now);
    Count& count = counts_[std::string(key)];
    if (count.failures == 0 || now >= count.first_at + limits_.window) count = {.failures = 0, .first_at = now};
    ++count.failures;
}

void Throttle::succeeded(std::string_view key)
{
    const std::lock_guard lock(mutex_);
    counts_.erase(std::string(key));
}

// Who floods us with keys must not push out the counts of the account he attacks at once: first the expired ones go,
// then the oldest half.
void Throttle::make_room(Millis now)
{
    std::erase_if(counts_, [&](const auto& entry) { return now >= entry.second.first_at + limits_.window; });
    if (counts_.size() < limits_.keys_max) return;
    std::vector<Millis> ages;
    ages.reserve(counts_.size());
    for (const auto& [key, count] : counts_) ages.push_back(count.first_at);
    const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
    std::ranges::nth_element(ages, middle);
    const Millis limit = *middle;
    std::erase_if(counts_, [&](const auto& entry) { return entry.second.first_at <= limit; });
}

}  // namespace tongban
