#include "base/bulkhead.h"

#include "base/blocking.h"

namespace tongban {

Result<Bulkhead::Place> Bulkhead::enter()
{
    std::unique_lock lock(mutex_);
    if (inside_ >= limits_.places) {
        if (waiting_ >= limits_.waiting) return Error{base_problem::unavailable};
        ++waiting_;
        const Blocking at_the_door;
        const bool free = freed_.wait_for(lock, limits_.wait, [this] { return inside_ < limits_.places; });
        --waiting_;
        if (!free) return Error{base_problem::unavailable};
    }
    ++inside_;
    return Place(*this);
}

void Bulkhead::leave()
{
    {
        const std::lock_guard lock(mutex_);
        --inside_;
    }
    freed_.notify_one();
}

Response BoundedHttpClient::send(Method method, const std::string& url, const Headers& headers, std::string body)
{
    const Result<Bulkhead::Place> place = places_.enter();
    if (!place) throw Unreachable("too many calls are waiting for this neighbour already");
    return client_.send(method, url, headers, std::move(body));
}

}  // namespace tongban
