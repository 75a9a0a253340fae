#pragma once
// A bounded pool of reading connections. A caller that finds none free waits for one.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace tongban {

template <class Connection>
class ConnectionPool {
public:
    using Make = std::function<std::unique_ptr<Connection>()>;

    ConnectionPool(std::size_t size_max, Make make) : size_max_(size_max), make_(std::move(make)) {}

    // A connection in use; goes back at the end of its life unless dropped.
    class Borrowed {
    public:
        explicit Borrowed(ConnectionPool& pool) : pool_(pool), connection_(pool.take()) {}
        ~Borrowed() { pool_.give_back(std::move(connection_)); }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;
        Connection& operator*() { return *connection_; }
        Connection* operator->() { return connection_.get(); }
        void drop() noexcept { connection_.reset(); }  // not usable any more

    private:
        ConnectionPool& pool_;
        std::unique_ptr<Connection> connection_;
    };

private:
    std::unique_ptr<Connection> take()
    {
        {
            std::unique_lock lock(mutex_);
            returned_.wait(lock, [&] { return !free_.empty() || size_ < size_max_; });
            if (!free_.empty()) {
                auto connection = std::move(free_.back());
                free_.pop_back();
                return connection;
            }
            ++size_;
        }
        try {
            return make_();
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    void give_back(std::unique_ptr<Connection> connection) noexcept
    {
        {
            const std::lock_guard lock(mutex_);
            if (connection)
                free_.push_back(std::move(connection));
            else
                --size_;
        }
        returned_.notify_one();
    }

    std::size_t size_max_;
    Make make_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
    std::size_t size_ = 0;
};

}  // namespace tongban
