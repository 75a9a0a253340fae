#include "platform/http/worker_pool.h"

namespace tongban {

WorkerPool::WorkerPool(int threads, std::size_t queue_max) : queue_max_(queue_max)
{
    threads_.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool()
{
    join();
}

bool WorkerPool::submit(std::function<void()> task, Admission admission)
{
    {
        const std::lock_guard lock(mutex_);
        if (admission == Admission::bounded && (closing_ || queue_.size() >= queue_max_)) return false;
        queue_.push_back(std::move(task));
    }
    has_work_.notify_one();
    return true;
}

void WorkerPool::join()
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    has_work_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

void WorkerPool::run()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        has_work_.wait(lock, [this] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        {
            const std::function<void()> task = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            task();
        }
        lock.lock();
    }
}

}  // namespace tongban
