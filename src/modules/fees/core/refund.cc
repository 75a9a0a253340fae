#include "modules/fees/core/refund.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text_table.h"

namespace tongban {
namespace {

namespace json = boost::json;

constexpr TextTable<RefundState, 5> states{{{{RefundState::requested, "requested"},
                                             {RefundState::sent, "sent"},
                                             {RefundState::done, "done"},
                                             {RefundState::refused, "refused"},
                                             {RefundState::by_hand, "by_hand"}}}};
constexpr TextTable<RefundCause, 5> causes{{{{RefundCause::ended, "ended"},
                                             {RefundCause::paid_twice, "paid_twice"},
                                             {RefundCause::void_bill, "void_bill"},
                                             {RefundCause::late, "late"},
                                             {RefundCause::wrong_amount, "wrong_amount"}}}};

struct Step {
    RefundState from;
    RefundAct act;
    RefundState to;
};
// The gateway's word may come before ours that it was sent (an answer was lost), so it counts in both states.
constexpr Step steps[] = {
    {RefundState::requested, RefundAct::take,   RefundState::sent     },
    {RefundState::requested, RefundAct::finish, RefundState::done     },
    {RefundState::requested, RefundAct::refuse, RefundState::refused  },
    {RefundState::sent,      RefundAct::take,   RefundState::sent     },
    {RefundState::sent,      RefundAct::finish, RefundState::done     },
    {RefundState::sent,      RefundAct::refuse, RefundState::refused  },
    {RefundState::refused,   RefundAct::retry,  RefundState::requested},
    {RefundState::refused,   RefundAct::settle, RefundState::by_hand  },
};

}  // namespace

std::optional<RefundState> after(RefundState state, RefundAct act)
{
    const auto found = std::ranges::find_if(steps, [&](const Step& s) { return s.from == state && s.act == act; });
    if (found == std::end(steps)) return std::nullopt;
    return found->to;
}

std::string_view to_text(RefundState state)
{
    return states.text(state);
}
std::string_view to_text(RefundCause cause)
{
    return causes.text(cause);
}
const RefundState* find_refund_state(std::string_view text)
{
    return states.find(text);
}
const RefundCause* find_refund_cause(std::string_view text)
{
    return causes.find(text);
}

Millis refund_pause(int attempts)
{
    constexpr Millis second = 1000;
    constexpr int doublings_max = 7;
    return std::min<Millis>(30 * second << std::clamp(attempts - 1, 0, doublings_max), 3600 * second);
}

json::object to_json(const Refund& refund)
{
    json::object out{
        {"id",           refund.id                    },
        {"version",      refund.version               },
        {"reference",    refund.reference             },
        {"order_id",     refund.order_id              },
        {"case_number",  refund.case_number           },
        {"amount_fen",   refund.amount_fen            },
        {"cause",        to_text(refund.cause)        },
        {"state",        to_text(refund.state)        },
        {"requested_at", utc_text(refund.requested_at)},
        {"requested_by", refund.requested_by          },
        {"attempts",     refund.attempts              },
        {"message",      refund.message               }
    };
    if (refund.finished_at != 0) out["finished_at"] = utc_text(refund.finished_at);
    if (!refund.gateway_reference.empty()) out["gateway_reference"] = refund.gateway_reference;
    return out;
}

}  // namespace tongban
