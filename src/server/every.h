#pragma once
// Something done again and again on a thread of its own, from start() to stop(). What the work throws is logged and
// does not end it: the next round tries again.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "platform/log/log.h"

namespace tongban {

class Every {
public:
    Every(std::string name, std::chrono::milliseconds period, std::function<void()> work)
        : name_(std::move(name)), period_(period), work_(std::move(work))
    {
    }
    ~Every() { stop(); }
    Every(const Every&) = delete;
    Every& operator=(const Every&) = delete;

    void start()
    {
        thread_ = std::thread([this] { run(); });
    }

    // Returns when the round in hand is done; a second call does nothing.
    void stop()
    {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        stopped_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

private:
    void run()
    {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            try {
                work_();
            } catch (const std::exception& error) {
                LogLine(LogLevel::warning, "worker.failed").text("worker", name_).text("what", error.what());
            }
            lock.lock();
            stopped_.wait_for(lock, period_, [this] { return stopping_; });
        }
    }

    const std::string name_;
    const std::chrono::milliseconds period_;
    const std::function<void()> work_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tongban
