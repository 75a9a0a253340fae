#pragma once
// Giving money back 退付 (domain.md 2.3, 4.3; H42, H43, H46): one refund per payment, to the account it came from. The
// gateway is asked as often as it takes; the treasury may need days. Pure.

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban {

enum class RefundState {
    requested,  // 待退款: to be sent to the gateway
    sent,       // 退款中: the gateway has it
    done,       // 退款成功
    refused,    // 退款失败: people decide
    by_hand     // 已另行退付: given back in another way, with a reason
};
BOOST_DESCRIBE_ENUM(RefundState, requested, sent, done, refused, by_hand)

enum class RefundAct {
    take,    // the gateway took it, or still has it
    finish,  // the gateway gave the money back
    refuse,  // the gateway cannot: the account is closed …
    retry,   // a person sends it again
    settle   // a person gave it back in another way
};

// Where it stands then; nothing when the act is not possible there.
std::optional<RefundState> after(RefundState state, RefundAct act);

// Why the money goes back: the case ended without an entry · paid by two devices · paid after the bill was void ·
// paid after the order had expired · not what was ordered.
enum class RefundCause { ended, paid_twice, void_bill, late, wrong_amount };
BOOST_DESCRIBE_ENUM(RefundCause, ended, paid_twice, void_bill, late, wrong_amount)

std::string_view to_text(RefundState state);
std::string_view to_text(RefundCause cause);
const RefundState* find_refund_state(std::string_view text);
const RefundCause* find_refund_cause(std::string_view text);

struct Refund {
    std::string id;  // "RF", the registry's six digits, 32 hex digits
    std::int64_t version = 0;
    std::string reference;  // of the payment at the gateway
    std::string order_id;
    std::string case_number;
    std::int64_t amount_fen = 0;
    RefundCause cause = RefundCause::ended;
    RefundState state = RefundState::requested;
    Millis requested_at = 0;
    std::string requested_by;
    Millis ask_at = 0;  // when the gateway is asked next
    int attempts = 0;
    Millis finished_at = 0;         // by the gateway's clock; 0: not finished
    std::string gateway_reference;  // of the refund
    std::string message;            // the gateway's words, or the reason of a person
};

// Waiting between two questions to the gateway: 30 seconds, doubled, an hour at most.
Millis refund_pause(int attempts);

boost::json::object to_json(const Refund& refund);  // Refund of the API

// What the gateway answers to a refund.
struct RefundAnswer {
    RefundAct act = RefundAct::take;  // take, finish or refuse
    std::string gateway_reference;
    std::string message;
    Millis at = 0;  // when it was finished
};

}  // namespace tongban
