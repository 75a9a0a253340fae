#include "platform/http/worker_pool.h"

namespace tongban {

WorkerPool::WorkerPool(int threads, int running_max, std::size_t queue_max)
    : running_max_(running_max), queue_max_(queue_max), running_(threads)
{
    sleepers_.reserve(static_cast<std::size_t>(threads));
    threads_.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool()
{
    join();
}

bool WorkerPool::submit(std::function<void()> task, Admission admission)
{
    const std::lock_guard lock(mutex_);
    if (admission == Admission::bounded && (closing_ || queue_.size() >= queue_max_)) return false;
    queue_.push_back(std::move(task));
    call_one_if_useful();
    return true;
}

void WorkerPool::join()
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        for (Sleeper* sleeper : sleepers_) {
            sleeper->called = true;
            sleeper->woken.notify_one();
        }
        running_ += static_cast<int>(sleepers_.size());
        sleepers_.clear();
    }
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

void WorkerPool::run()
{
    Blocking::set_listener(this);
    std::unique_lock lock(mutex_);
    for (;;) {
        while (!queue_.empty() && (closing_ || running_ <= running_max_)) {
            std::function<void()> task = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            task();
            task = nullptr;  // what it holds ends outside the lock
            lock.lock();
        }
        if (closing_) return;
        sleep(lock);
    }
}

void WorkerPool::sleep(std::unique_lock<std::mutex>& lock)
{
    Sleeper self;
    sleepers_.push_back(&self);
    --running_;
    self.woken.wait(lock, [&self] { return self.called; });
}

void WorkerPool::call_one_if_useful()
{
    if (queue_.empty() || sleepers_.empty() || running_ >= running_max_) return;
    Sleeper* const last = sleepers_.back();
    sleepers_.pop_back();
    ++running_;
    last->called = true;
    last->woken.notify_one();  // under the lock: the sleeper's frame lives until we let go
}

void WorkerPool::wait_begins()
{
    const std::lock_guard lock(mutex_);
    --running_;
    call_one_if_useful();
}

void WorkerPool::wait_ended() noexcept
{
    const std::lock_guard lock(mutex_);
    ++running_;
}

}  // namespace tongban
