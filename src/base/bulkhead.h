#pragma once
// A wall between one slow thing and everybody else: so many threads inside at once, so many waiting at the door, and
// those not for ever. Without it sixty-four requests to a dead neighbour hold all the workers there are.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>

#include "base/http.h"
#include "base/result.h"

namespace tongban {

// Thread-safe.
class Bulkhead {
public:
    struct Limits {
        int places = 8;
        int waiting = 8;
        std::chrono::milliseconds wait{2000};
    };
    explicit Bulkhead(Limits limits) : limits_(limits) {}

    // Inside until destroyed.
    class Place {
    public:
        explicit Place(Bulkhead& of) : of_(&of) {}
        Place(Place&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        Place& operator=(Place&&) = delete;
        ~Place()
        {
            if (of_ != nullptr) of_->leave();
        }

    private:
        Bulkhead* of_;
    };

    // base.unavailable (503 with Retry-After) when there is no place, or none in time.
    Result<Place> enter();

private:
    void leave();

    const Limits limits_;
    std::mutex mutex_;
    std::condition_variable freed_;
    int inside_ = 0;
    int waiting_ = 0;
};

// A client with a wall around it: one for every neighbour, so that a slow one takes only its own share of the workers.
// Throws Unreachable when there is no place, as if the neighbour had not answered.
class BoundedHttpClient : public HttpClient {
public:
    BoundedHttpClient(HttpClient& client, Bulkhead::Limits limits) : client_(client), places_(limits) {}
    Response send(Method method, const std::string& url, const Headers& headers, std::string body) override;

private:
    HttpClient& client_;
    Bulkhead places_;
};

}  // namespace tongban
