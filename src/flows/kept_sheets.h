#pragma once
// Case sheets composed a moment ago, each with the mark of what it was composed from. Who finds one must have read the
// mark in the database just now: the same mark means that nothing on the sheet has changed since.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/sql.h"
#include "modules/cases/core/case.h"
#include "modules/catalog/core/item.h"

namespace tongban {

// The versions rise with every change. The times beside them tell apart what was restored from a backup and then went
// another way.
struct SheetMark {
    std::int64_t case_version = 0;
    Millis case_changed_at = 0;
    std::optional<std::int64_t> unit_version;  // nothing: the case names no unit of the register
    std::optional<Millis> unit_changed_at;
    std::int64_t other_cases = 0;  // open ones on the unit
    std::string day;               // rights run out with it
    // Version and time of the tax authority's last answer; nothing: the case was never declared.
    std::optional<std::pair<std::int64_t, Millis>> tax;
    bool operator==(const SheetMark&) const = default;
};

// Without bill, certificate and what depends on the person asking.
struct ComposedSheet {
    std::int64_t version = 0;
    CaseState state = CaseState::draft;
    std::string acceptor;  // account; empty before acceptance
    std::string json;      // an object as text, open at its end
    Millis waiting_since = 0;
    std::string clock = "[]";               // the ledger, a record: how it stands changes with the day
    const Item* pinned = nullptr;           // the version that the case runs on; nullptr when there is none yet
    std::string claimed_by = {};            // account; empty: nobody has it
    std::vector<std::string> workers = {};  // workers_of()
};

// Thread-safe.
class KeptSheets {
public:
    explicit KeptSheets(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    // nullptr: not kept, or composed from something else.
    std::shared_ptr<const ComposedSheet> find(Agency agency, const std::string& number, const SheetMark& mark) const;
    void keep(Agency agency, const std::string& number, const SheetMark& mark,
              std::shared_ptr<const ComposedSheet> sheet);

private:
    struct Kept {
        SheetMark mark;
        std::shared_ptr<const ComposedSheet> sheet;
    };

    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::map<std::pair<Agency, std::string>, Kept> sheets_;
    std::size_t bytes_ = 0;
};

}  // namespace tongban
