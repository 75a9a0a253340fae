#pragma once
// Waiting for SIGTERM or SIGINT. Made before any thread starts, so that all of them inherit the blocked signals.

#include <chrono>
#include <csignal>

namespace tongban {

class StopSignals {
public:
    StopSignals()
    {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }

    void wait() const
    {
        int which = 0;
        sigwait(&set_, &which);
    }

    // True: a signal came.
    bool wait_for(std::chrono::seconds time) const
    {
        const timespec limit{static_cast<time_t>(time.count()), 0};
        return sigtimedwait(&set_, nullptr, &limit) > 0;
    }

private:
    sigset_t set_{};
};

}  // namespace tongban
