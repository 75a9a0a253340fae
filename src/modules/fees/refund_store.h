#pragma once
// Refunds and the unmatched queue in the database. Every function runs inside a transaction of the caller, in the lane
// of the home registry. Each step of a refund stands in the journal (aggregate "refund").

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "modules/fees/core/reconcile.h"
#include "modules/fees/core/refund.h"
#include "modules/journal/core/journal.h"

namespace tongban {

// Money that settled nothing and waits for a person (H46).
struct UnmatchedPayment {
    std::string reference;
    std::string order_id;
    std::string case_number;
    std::int64_t amount_fen = 0;
    RefundCause cause = RefundCause::late;  // late, wrong_amount
    Millis paid_at = 0;
    Millis received_at = 0;
};

struct MoneyToReturn {
    std::string reference;
    std::string order_id;
    std::string case_number;
    std::int64_t amount_fen = 0;
    RefundCause cause = RefundCause::ended;
};

struct RefundToAsk {
    Agency agency = 0;
    std::string id;
};

// In fen. received = settled + refunded + returning + undecided, always.
struct MoneyBalance {
    std::int64_t received = 0;
    std::int64_t settled = 0;
    std::int64_t refunded = 0;
    std::int64_t returning = 0;
    std::int64_t undecided = 0;
    bool holds() const { return received == settled + refunded + returning + undecided; }
};

// Thread-safe.
class RefundStore {
public:
    RefundStore(IdSource& ids, Journal& journal) : ids_(ids), journal_(journal) {}

    // Asks for the money to go back. Asked for already: nothing happens, the refund there is given.
    Refund request(Sql& sql, Agency agency, const MoneyToReturn& money, std::string_view actor, std::string_view reason,
                   Millis now);

    // fees.refund_not_found.
    Result<Refund> load(Sql& sql, Agency agency, std::string_view id);
    // The gateway's answer. An answer that no longer fits (a person was faster) changes nothing.
    void take_answer(Sql& sql, Agency agency, const Refund& before, const RefundAnswer& answer, Millis now);
    // The gateway could not be asked: later again.
    void postpone(Sql& sql, Agency agency, const Refund& before, Millis now);
    // retry and settle, by a person with a reason. fees.refund_state.
    Result<Refund> act(Sql& sql, Agency agency, const Refund& before, RefundAct act, std::string_view actor,
                       std::string_view reason, Millis now);

    // Newest first; `state` empty: all. `before_at`, `before_id`: the last of the page before.
    std::vector<Refund> page(Sql& sql, Agency agency, std::string_view state, Millis before_at,
                             std::string_view before_id, int rows_max);
    // Of all registries, for the worker: those that are due.
    std::vector<RefundToAsk> to_ask(Sql& sql, Millis now, int rows_max);

    // Oldest first; `after_at`, `after_reference`: the last of the page before.
    std::vector<UnmatchedPayment> unmatched(Sql& sql, Agency agency, Millis after_at, std::string_view after_reference,
                                            int rows_max);
    // fees.payment_not_unmatched: it is settled, or goes back already.
    Result<UnmatchedPayment> find_unmatched(Sql& sql, Agency agency, std::string_view reference);

    // What moved on a Chinese day, by the gateway's clock.
    std::vector<MoneyLine> moved_on(Sql& sql, Agency agency, std::string_view day);
    MoneyBalance balance(Sql& sql, Agency agency);

private:
    void save(Sql& sql, Agency agency, const Refund& refund, std::string_view event, std::string_view actor,
              Millis now);

    IdSource& ids_;
    Journal& journal_;
};

// The two ends of a Chinese day: [first, second).
std::pair<Millis, Millis> span_of_day(std::string_view day);

}  // namespace tongban
