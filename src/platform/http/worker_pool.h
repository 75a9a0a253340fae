#pragma once
// Threads for blocking work. The event loop hands in closures and never waits for them.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tongban {

class WorkerPool {
public:
    enum class Admission {
        bounded,  // refused when the queue is full: the beginning of new work
        always    // the continuation of work already admitted (the next chunk of an upload)
    };

    WorkerPool(int threads, std::size_t queue_max);
    ~WorkerPool();  // runs what is queued, then joins

    // The task must not throw. False: refused, it will not run.
    bool submit(std::function<void()> task, Admission admission);
    void join();

private:
    void run();

    const std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<std::function<void()>> queue_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tongban
