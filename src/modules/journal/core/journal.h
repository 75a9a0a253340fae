#pragma once
// The journal: what happened, in order, hash-linked per registry (architecture.md 1.4, 1.5).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"

namespace tongban {

// What an act means, before it has its place in the chain.
struct Event {
    std::string type;  // "case.accepted"; stable for ever
    std::string body;  // JSON text; personal data only sealed (base/crypto.h, Vault)
};

struct AggregateRef {
    std::string_view kind;  // "case", "collection" …
    std::string_view id;
};

// An event in its place.
struct JournalEvent {
    Agency agency = 0;
    std::int64_t seq = 0;  // 1, 2, 3 … within the registry, without gaps
    std::string aggregate;
    std::string aggregate_id;
    std::int64_t version = 0;  // of the aggregate: 1, 2, 3 …
    std::string type;
    std::string body;
    std::string actor;  // who, as the caller names it: an account id, "system", "applicant"
    Millis at = 0;
    std::string prev_hash;  // 64 zeros for the first
    std::string hash;
};

class Journal {
public:
    virtual ~Journal() = default;

    // Appends `events` with versions first_version, first_version + 1 … inside the transaction of `sql`, which is a
    // unit of the registry's lane. Throws UniqueViolation if the aggregate has that version already.
    virtual void append(Sql& sql, Agency agency, AggregateRef aggregate, std::int64_t first_version,
                        std::span<const Event> events, std::string_view actor, Millis at) = 0;

    // All events of one aggregate by version. Pages are for lists; an aggregate has tens of events, a thousand at most.
    virtual std::vector<JournalEvent> read(Sql& sql, Agency agency, AggregateRef aggregate) = 0;
};

}  // namespace tongban
