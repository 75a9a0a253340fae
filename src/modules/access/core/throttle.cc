#include "modules/access/core/throttle.h"

#include <algorithm>
#include <vector>

namespace tongban {

Millis Throttle::wait(std::string_view key, Millis now)
{
    const std::lock_guard lock(mutex_);
    return wait_of(std::string(key), now);
}

Millis Throttle::attempt(std::string_view key, Millis now)
{
    const std::lock_guard lock(mutex_);
    const std::string name(key);
    const Millis wait = wait_of(name, now);
    if (wait == 0) add(name, now);
    return wait;
}

void Throttle::undo(std::string_view key)
{
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(std::string(key));
    if (found != counts_.end() && --found->second.failures <= 0) counts_.erase(found);
}

void Throttle::failed(std::string_view key, Millis now)
{
    const std::lock_guard lock(mutex_);
    add(std::string(key), now);
}

Millis Throttle::forgotten_at(const Count& count) const
{
    return (limits_.wait_first > 0 ? count.last_at : count.first_at) + limits_.window;
}

Millis Throttle::wait_of(const std::string& key, Millis now)
{
    const auto found = counts_.find(key);
    if (found == counts_.end()) return 0;
    const Count& count = found->second;
    if (now >= forgotten_at(count)) {
        counts_.erase(found);
        return 0;
    }
    if (count.failures < limits_.failures_max) return 0;
    if (limits_.wait_first == 0) return forgotten_at(count) - now;
    const int doublings = std::min(count.failures - limits_.failures_max, 30);
    const Millis pause = std::min(limits_.wait_first << doublings, limits_.window);
    return std::max<Millis>(0, count.last_at + pause - now);
}

void Throttle::add(const std::string& key, Millis now)
{
    if (counts_.size() >= limits_.keys_max) make_room(now);
    Count& count = counts_[key];
    if (count.failures == 0 || now >= forgotten_at(count)) count = {.failures = 0, .first_at = now, .last_at = now};
    ++count.failures;
    count.last_at = now;
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
    std::erase_if(counts_, [&](const auto& entry) { return now >= forgotten_at(entry.second); });
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
