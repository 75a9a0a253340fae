#pragma once
// Cases inside a transaction of the caller, which must be a unit of the home registry's lane.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sql.h"
#include "modules/cases/core/case_flow.h"
#include "modules/cases/core/case_inbox.h"
#include "modules/cases/core/review_questions.h"
#include "modules/materials/core/applicants.h"

namespace tongban {

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
    std::string clock;                 // the ledger, a record
    std::string claimed_by;            // account; empty: nobody has it
    std::vector<Finding> findings;     // of the machine, in the package taken last
    std::vector<std::string> workers;  // workers_of()
    Millis filed_at = 0;
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

    // One queue, oldest first; `done` newest first. `limit` rows after `cursor` (empty: from the start), a cursor of
    // our making only. access.page_invalid.
    virtual Result<CasePage> list(Sql& sql, Agency agency, CaseQueue queue, const InboxFilter& filter,
                                  std::string_view cursor, int limit) = 0;
    // What `account` has claimed in all queues, oldest first; the owner of the filter is not looked at.
    virtual Result<CasePage> list_claimed(Sql& sql, Agency agency, const std::string& account,
                                          const InboxFilter& filter, std::string_view cursor, int limit) = 0;
    // How many rows list() gives in all for each queue of open work, and list_claimed() for `account`.
    virtual InboxCounts count(Sql& sql, Agency agency, const InboxFilter& filter, const std::string& account) = 0;
    // Newest first, at most `limit`.
    virtual std::vector<CaseRow> search(Sql& sql, Agency agency, const CaseSearch& wanted, int limit) = 0;

    // Open work by owner and queue.
    virtual std::vector<DeskLoad> load_of_desks(Sql& sql, Agency agency, const LoadLimits& limits) = 0;
    // Returns by code, item and collecting registry, most frequent first.
    virtual std::vector<ReturnSource> sources_of_returns(Sql& sql, Agency agency, Millis from, Millis until) = 0;
    // Returns that rest on no rule, newest first, at most `limit`: the province may want to make one.
    virtual std::vector<RuleRequest> rule_requests(Sql& sql, Agency agency, int limit) = 0;

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
