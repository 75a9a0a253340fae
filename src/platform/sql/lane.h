#pragma once
// A lane: one thread and one connection that run the waiting units of work back to back and commit them together
// (architecture.md 1.8). The engines differ only in what GroupConnection does.
//
// Nobody is answered before the common commit: also a refusal may rest on rows which an earlier unit of the same group
// wrote, so it is true only if they stay.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/sql.h"

namespace tongban {

// Nothing of the group was committed and the same work may succeed when run again: a connection lost before COMMIT,
// a deadlock with another process, a queued statement that failed while a later unit was already running.
struct GroupLost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Pace {
    pipelined,  // a unit's queued statements may still be on their way when the next unit starts
    careful     // every unit is known to have worked before the next one starts: a failure is its own
};

// The answer to one unit: exactly one of the two is set.
struct UnitOutcome {
    std::optional<Result<void>> result;
    std::exception_ptr thrown;
};

// Used by the lane's thread alone.
class GroupConnection {
public:
    virtual ~GroupConnection() = default;
    // Connects if need be. Throws DatabaseUnavailable.
    virtual void begin(Pace pace) = 0;
    // Runs one unit in its own savepoint. Throws GroupLost or DatabaseUnavailable if the group as a whole is lost.
    virtual UnitOutcome run_unit(const Database::Work& work) = 0;
    // Returns when the group is durable. Throws DatabaseUnavailable when it is not, or nobody knows; GroupLost when
    // the database said that it did not commit.
    virtual void commit() = 0;
    // Rolls back what is open; drops the connection when it is not usable any more.
    virtual void abandon() noexcept = 0;
};

// Stands in every Database::read. Reading inside a unit would not see the unit's own writes and could wait for a reader
// which waits for this lane; reading inside a reading could exhaust the pool. Both throw BrokenInvariant.
class ReadScope {
public:
    ReadScope();
    ~ReadScope();
    ReadScope(const ReadScope&) = delete;
    ReadScope& operator=(const ReadScope&) = delete;
};

class Lane {
public:
    static constexpr std::size_t units_max = 64;  // in one group: bounds the wait of the first
    static constexpr int attempts_max = 3;

    explicit Lane(std::unique_ptr<GroupConnection> connection);
    ~Lane();  // answers everybody who waits, then stops

    // Blocks until the group that ran `work` was committed; a unit that lost a race comes into a later group again.
    // Throws what the work threw, or DatabaseUnavailable.
    Result<void> run(const Database::Work& work);
    WriteCounts counts() const;

private:
    struct Waiting {
        const Database::Work* work;
        UnitOutcome outcome;
        bool done = false;
        std::condition_variable ready;
    };

    Result<void> run_once(const Database::Work& work);
    void serve();
    void run_group(std::vector<Waiting*>& group);
    void try_group(std::vector<Waiting*>& group, Pace pace);

    std::unique_ptr<GroupConnection> connection_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Waiting*> queue_;
    WriteCounts counts_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace tongban
