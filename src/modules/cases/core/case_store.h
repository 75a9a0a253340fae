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
};

// Thread-safe: keeps no state between calls.
class CaseStore {
public:
    virtual ~CaseStore() = default;

    virtual Result<Case> load(Sql& sql, Agency agency, std::string_view number) = 0;            // cases.not_found
    virtual Result<PreparedSheet> sheet(Sql& sql, Agency agency, std::string_view number) = 0;  // cases.not_found
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

    // Folds the journal and compares it with the row: what is wrong, in words; empty when nothing is.
    virtual std::string check(Sql& sql, Agency agency, std::string_view number) = 0;
    // Numbers after `after`, in order, in pages of 500: for going through all cases of a registry.
    virtual std::vector<std::string> numbers_after(Sql& sql, Agency agency, std::string_view after) = 0;
};

}  // namespace tongban
