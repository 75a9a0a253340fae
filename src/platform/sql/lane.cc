#include "platform/sql/lane.h"

#include <chrono>

#include "base/blocking.h"
#include "base/lost_race.h"

namespace tongban {

namespace {
// A unit that writes through the Database would wait for a lane, perhaps its own, for ever.
thread_local bool inside_lane = false;
thread_local bool inside_read = false;
}  // namespace

ReadScope::ReadScope()
{
    if (inside_lane) throw BrokenInvariant("Database::read inside a unit of work: use the unit's Sql");
    if (inside_read) throw BrokenInvariant("Database::read inside Database::read: use the Sql you have");
    inside_read = true;
}

ReadScope::~ReadScope()
{
    inside_read = false;
}

Lane::Lane(std::unique_ptr<GroupConnection> connection)
    : connection_(std::move(connection)), thread_([this] { serve(); })
{
}

Lane::~Lane()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_all();
    thread_.join();
}

Result<void> Lane::run(const Database::Work& work)
{
    if (inside_lane) throw BrokenInvariant("Database::write inside a unit of work");
    const Blocking until_committed;
    for (int attempt = 1;; ++attempt) {
        try {
            return run_once(work);
        } catch (const LostRace& lost) {
            // The winner has committed, so the next run reads what it wrote.
            if (attempt == attempts_max) throw DatabaseUnavailable(lost.what());
        }
    }
}

Result<void> Lane::run_once(const Database::Work& work)
{
    Waiting waiting{.work = &work, .outcome = {}, .ready = {}};
    std::unique_lock lock(mutex_);
    if (stopping_) throw DatabaseUnavailable("the database is being closed");
    queue_.push_back(&waiting);
    arrived_.notify_one();
    waiting.ready.wait(lock, [&] { return waiting.done; });
    if (waiting.outcome.thrown) std::rethrow_exception(waiting.outcome.thrown);
    return std::move(*waiting.outcome.result);
}

WriteCounts Lane::counts() const
{
    const std::lock_guard lock(mutex_);
    return counts_;
}

void Lane::serve()
{
    inside_lane = true;
    std::vector<Waiting*> group;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            group.clear();
            while (!queue_.empty() && group.size() < units_max) {
                group.push_back(queue_.front());
                queue_.pop_front();
            }
        }
        run_group(group);
        const std::lock_guard lock(mutex_);
        counts_.units += group.size();
        for (Waiting* waiting : group) {
            waiting->done = true;
            waiting->ready.notify_one();  // under the lock: the waiter's frame lives until we let go
        }
    }
}

void Lane::run_group(std::vector<Waiting*>& group)
{
    std::exception_ptr why;
    Pace pace = Pace::pipelined;
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
        try {
            try_group(group, pace);
            return;
        } catch (const GroupLost& lost) {
            why = std::make_exception_ptr(DatabaseUnavailable(lost.what()));
        } catch (...) {
            why = std::current_exception();
            attempt = attempts_max;
        }
        connection_->abandon();
        if (attempt >= attempts_max) break;
        // Whoever we were deadlocked with needs a moment to take the row that we just let go.
        std::this_thread::sleep_for(attempt * std::chrono::milliseconds(20));
        pace = Pace::careful;
        const std::lock_guard lock(mutex_);
        ++counts_.groups_retried;
    }
    for (Waiting* waiting : group) waiting->outcome = UnitOutcome{.result = {}, .thrown = why};
}

void Lane::try_group(std::vector<Waiting*>& group, Pace pace)
{
    connection_->begin(pace);
    for (Waiting* waiting : group) waiting->outcome = connection_->run_unit(*waiting->work);
    connection_->commit();
    const std::lock_guard lock(mutex_);
    ++counts_.commits;
}

}  // namespace tongban
