#pragma once
// Our books against the gateway's statement of one day (domain.md 4.3): matched, only with us, only with them, or with
// other amounts. Pure.

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace tongban {

enum class MoneyKind { payment, refund };
enum class Mismatch { only_ours, only_theirs, amounts_differ };

std::string_view to_text(MoneyKind kind);
std::string_view to_text(Mismatch verdict);
const MoneyKind* find_money_kind(std::string_view text);
const Mismatch* find_mismatch(std::string_view text);

// One movement of money: a payment by the gateway's reference, a refund by the reference of the payment it gives back.
struct MoneyLine {
    MoneyKind kind = MoneyKind::payment;
    std::string reference;
    std::string order_id;
    std::int64_t amount_fen = 0;
    Millis at = 0;
};

struct MoneyDifference {
    Mismatch verdict = Mismatch::only_ours;
    MoneyKind kind = MoneyKind::payment;
    std::string reference;
    std::string order_id;
    std::optional<std::int64_t> ours_fen;
    std::optional<std::int64_t> theirs_fen;
    Millis at = 0;
};

struct Reconciliation {
    std::int64_t matched = 0;
    std::int64_t ours_fen = 0;                 // paid − given back
    std::int64_t theirs_fen = 0;               // the same by the statement
    std::vector<MoneyDifference> differences;  // by kind and reference
};

// A reference that stands twice on one side counts with both amounts, so that it cannot be matched away.
Reconciliation reconcile(std::vector<MoneyLine> ours, std::vector<MoneyLine> theirs);

// A difference with what a person made of it.
struct ReconciliationItem {
    MoneyDifference difference;
    std::string resolution;  // empty: open; explained, booked
    std::string reason;
    std::string resolved_by;
    Millis resolved_at = 0;
};
boost::json::object to_json(const ReconciliationItem& item);

}  // namespace tongban
