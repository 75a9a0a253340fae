#pragma once
// Comparisons with the gateway's statements in the database. Every function runs inside a transaction of the caller, in
// the lane of the home registry.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "base/stamp.h"
#include "modules/fees/core/reconcile.h"

namespace tongban {

struct ReconciledDay {
    std::string day;  // 2026-11-27, Chinese
    std::int64_t matched = 0;
    std::int64_t ours_fen = 0;
    std::int64_t theirs_fen = 0;
    Millis ran_at = 0;
    std::string ran_by;      // name; empty: the platform by itself
    std::int64_t items = 0;  // differences; open: nobody has dealt with them
    std::int64_t open = 0;
};

struct ItemKey {
    std::string day;
    MoneyKind kind = MoneyKind::payment;
    std::string reference;
};

// Keeps no state. Comparing a day again replaces its sums and the differences that nobody has dealt with.
class ReconciliationStore {
public:
    static void put(Sql& sql, Agency agency, std::string_view day, const Reconciliation& result, const Stamp& by);
    static bool has(Sql& sql, Agency agency, std::string_view day);
    // Newest first; `before`: the last day of the page before, or nothing.
    static std::vector<ReconciledDay> page(Sql& sql, Agency agency, std::string_view before, int rows_max);
    // fees.day_not_reconciled.
    static Result<ReconciledDay> load(Sql& sql, Agency agency, std::string_view day);
    static std::vector<ReconciliationItem> items(Sql& sql, Agency agency, std::string_view day);
    // fees.item_not_found.
    static Result<ReconciliationItem> item(Sql& sql, Agency agency, const ItemKey& key);
    // fees.item_resolved: somebody was faster.
    static Result<void> resolve(Sql& sql, Agency agency, const ItemKey& key, std::string_view resolution,
                                std::string_view reason, const Stamp& by);
};

boost::json::object to_json(const ReconciledDay& day);

}  // namespace tongban
