#pragma once
// Cases inside a transaction of the caller, which must be a unit of the home registry's lane.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"
#include "modules/cases/core/case_flow.h"
#include "modules/materials/core/applicants.h"

namespace tongban {

// One line of a queue, without any JSON parsed.
struct CaseRow {
    std::string number, state, item, collection_number;
    Agency collecting = 0;
    std::string unit_number, location, parties, due_on;
    Millis filed_at = 0;
    Millis changed_at = 0;
    Millis waiting_since = 0;  // an answer is owed since then; 0 when none is
};

struct CasePage {
    std::vector<CaseRow> rows;
    std::string next_cursor;  // empty: that was the last page
};

// A case sheet as it was prepared, with what the live part of the sheet needs.
struct PreparedSheet {
    std::int64_t version = 0;
    CaseState state = CaseState::draft;
    std::string item, unit_number;
    std::string catalog_version;
    Facts facts;            // facts_of() the dossier, on the day it was filed
    Applicants applicants;  // whom the register is compared with
    std::int64_t other_cases = 0;
    std::string acceptor;  // account; empty before acceptance
    std::string json;      // an object as text: case_sheet()
    Millis waiting_since = 0;
    std::string clock;  // the ledger, a record
};

// How often cases were sent back under one code.
struct ReturnCount {
    std::string moment, code;
    std::int64_t cases = 0;
};

// A sitting elsewhere whose package has not come yet.
struct CollectingElsewhere {
    Agency collecting = 0;
    std::string collection_id;
};

// Thread-safe: keeps no state between calls.
class CaseStore {
public:
    virtual ~CaseStore() = default;

    virtual Result<Case> load(Sql& sql, Agency agency, std::string_view number) = 0;            // cases.not_found
    virtual Result<PreparedSheet> sheet(Sql& sql, Agency agency, std::string_view number) = 0;  // cases.not_found
    // The case that the visit is a part of.
    virtual std::optional<Case> find_by_collection(Sql& sql, Agency agency, std::string_view collection_id) = 0;

    // decide(), apply(), and the new state and its journal events saved together. Gives the case as it stands now.
    // Throws BrokenInvariant when `loaded` is not what the row holds: a lane loads and saves in one unit.
    virtual Result<Case> act(Sql& sql, const Case& loaded, const CaseCommand& command, const CaseFacts& facts) = 0;

    // Open cases on the unit (being collected, judged, paid or waited for) besides the one with this number.
    virtual std::int64_t others_on_unit(Sql& sql, Agency agency, std::string_view unit_number,
                                        std::string_view except) = 0;

    // The next number TB… of the day, from a counter row of the registry.
    virtual std::string next_number(Sql& sql, Agency agency, Millis now) = 0;

    // Oldest first; `done` newest first. `limit` rows after `cursor` (empty: from the start). A cursor of our making
    // only.
    virtual Result<CasePage> list(Sql& sql, Agency agency, CaseQueue queue, std::string_view cursor, int limit) = 0;

    // Every case on the unit that a decision may still change, whole.
    virtual std::vector<Case> open_on_unit(Sql& sql, Agency agency, std::string_view unit_number) = 0;
    virtual std::vector<CollectingElsewhere> in_collection(Sql& sql, Agency agency) = 0;
    // Numbers after `after`, 100 at a time: supplements whose last day is before `today`; applications that waited for
    // somebody until a day before `today`; cases whose promise was
    // counted with another calendar than `calendar`.
    virtual std::vector<std::string> supplements_overdue(Sql& sql, Agency agency, std::string_view today,
                                                         std::string_view after) = 0;
    virtual std::vector<std::string> collecting_overdue(Sql& sql, Agency agency, std::string_view today,
                                                        std::string_view after) = 0;
    virtual std::vector<std::string> on_other_calendar(Sql& sql, Agency agency, std::string_view calendar,
                                                       std::string_view after) = 0;
    // Returns from `from` up to, not including, `until`; most frequent first.
    virtual std::vector<ReturnCount> count_returns(Sql& sql, Agency agency, Millis from, Millis until) = 0;

    // Folds the journal and compares it with the row: what is wrong, in words; empty when nothing is.
    virtual std::string check(Sql& sql, Agency agency, std::string_view number) = 0;
    // Numbers after `after`, in order, in pages of 500: for going through all cases of a registry.
    virtual std::vector<std::string> numbers_after(Sql& sql, Agency agency, std::string_view after) = 0;
};

}  // namespace tongban
