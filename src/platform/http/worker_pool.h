#pragma once
// Threads for blocking work. The event loop hands in closures and never waits for them.
//
// There are many threads, because a request that writes waits for the common commit, and others for neighbours. But
// only `running_max` of them run at once: more would fight for the cores and the caches without getting anything done
// sooner. A thread that waits inside a Blocking scope (base/blocking.h) does not count meanwhile and another one runs
// instead. It goes on at once when its wait ends — nobody queues for being allowed to finish, so nothing can lock up
// here — and whoever then completes a task while too many run goes to sleep. Of the sleeping the last one wakes first:
// its caches are the warmest.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/blocking.h"

namespace tongban {

class WorkerPool final : private Blocking::Listener {
public:
    enum class Admission {
        bounded,  // refused when the queue is full: the beginning of new work
        always    // the continuation of work already admitted (the next chunk of an upload)
    };

    WorkerPool(int threads, int running_max, std::size_t queue_max);
    ~WorkerPool();  // runs what is queued, then joins
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // The task must not throw. False: refused, it will not run.
    bool submit(std::function<void()> task, Admission admission);
    void join();

private:
    struct Sleeper {
        std::condition_variable woken;
        bool called = false;
    };

    void run();
    void wait_begins() override;
    void wait_ended() noexcept override;
    // Both with the mutex held.
    void call_one_if_useful();
    void sleep(std::unique_lock<std::mutex>& lock);

    const int running_max_;
    const std::size_t queue_max_;
    std::mutex mutex_;
    std::deque<std::function<void()>> queue_;
    std::vector<Sleeper*> sleepers_;  // the last one went to sleep last
    int running_ = 0;                 // awake or called, and not inside a Blocking scope
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tongban
