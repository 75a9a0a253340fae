#pragma once
// A scope in which this thread only waits: for a common commit, a neighbour's answer, a place behind a bulkhead.
// Whoever lets so many threads run at a time (platform/http/worker_pool.h) lets another one run meanwhile; where nobody
// listens it costs next to nothing. Scopes within scopes count once.

namespace tongban {

class Blocking {
public:
    // Told on the waiting thread itself.
    class Listener {
    public:
        virtual void wait_begins() = 0;
        virtual void wait_ended() noexcept = 0;

    protected:
        ~Listener() = default;
    };

    Blocking();
    ~Blocking();
    Blocking(const Blocking&) = delete;
    Blocking& operator=(const Blocking&) = delete;

    // Hears of this thread's waits from now on; nullptr: nobody does.
    static void set_listener(Listener* listener);
};

}  // namespace tongban
