#include "modules/fees/core/reconcile.h"

#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

#include "base/text_table.h"

namespace tongban {
namespace {

namespace json = boost::json;

constexpr TextTable<MoneyKind, 2> kinds{{{{MoneyKind::payment, "payment"}, {MoneyKind::refund, "refund"}}}};
constexpr TextTable<Mismatch, 3> verdicts{{{{Mismatch::only_ours, "only_ours"},
                                            {Mismatch::only_theirs, "only_theirs"},
                                            {Mismatch::amounts_differ, "amounts_differ"}}}};

auto key_of(const MoneyLine& line)
{
    return std::tie(line.kind, line.reference);
}

std::int64_t sum(const std::vector<MoneyLine>& lines)
{
    std::int64_t total = 0;
    for (const MoneyLine& line : lines) total += line.kind == MoneyKind::payment ? line.amount_fen : -line.amount_fen;
    return total;
}

// By key, each key once.
std::vector<MoneyLine> merged(std::vector<MoneyLine> lines)
{
    std::ranges::stable_sort(lines, [](const MoneyLine& a, const MoneyLine& b) { return key_of(a) < key_of(b); });
    std::vector<MoneyLine> once;
    for (MoneyLine& line : lines) {
        if (!once.empty() && key_of(once.back()) == key_of(line)) {
            once.back().amount_fen += line.amount_fen;
        } else {
            once.push_back(std::move(line));
        }
    }
    return once;
}

MoneyDifference only(Mismatch verdict, const MoneyLine& line)
{
    MoneyDifference difference{verdict, line.kind, line.reference, line.order_id, {}, {}, line.at};
    (verdict == Mismatch::only_ours ? difference.ours_fen : difference.theirs_fen) = line.amount_fen;
    return difference;
}

}  // namespace

std::string_view to_text(MoneyKind kind)
{
    return kinds.text(kind);
}
std::string_view to_text(Mismatch verdict)
{
    return verdicts.text(verdict);
}
const MoneyKind* find_money_kind(std::string_view text)
{
    return kinds.find(text);
}
const Mismatch* find_mismatch(std::string_view text)
{
    return verdicts.find(text);
}

Reconciliation reconcile(std::vector<MoneyLine> ours, std::vector<MoneyLine> theirs)
{
    Reconciliation result;
    result.ours_fen = sum(ours);
    result.theirs_fen = sum(theirs);
    ours = merged(std::move(ours));
    theirs = merged(std::move(theirs));
    auto mine = ours.begin();
    auto other = theirs.begin();
    while (mine != ours.end() || other != theirs.end()) {
        if (other == theirs.end() || (mine != ours.end() && key_of(*mine) < key_of(*other))) {
            result.differences.push_back(only(Mismatch::only_ours, *mine++));
        } else if (mine == ours.end() || key_of(*other) < key_of(*mine)) {
            result.differences.push_back(only(Mismatch::only_theirs, *other++));
        } else {
            if (mine->amount_fen == other->amount_fen) {
                ++result.matched;
            } else {
                result.differences.push_back({Mismatch::amounts_differ, mine->kind, mine->reference, mine->order_id,
                                              mine->amount_fen, other->amount_fen, mine->at});
            }
            ++mine;
            ++other;
        }
    }
    return result;
}

json::object to_json(const ReconciliationItem& item)
{
    const MoneyDifference& found = item.difference;
    json::object out{
        {"kind",      to_text(found.kind)   },
        {"reference", found.reference       },
        {"order_id",  found.order_id        },
        {"verdict",   to_text(found.verdict)},
        {"at",        utc_text(found.at)    }
    };
    if (found.ours_fen) out["ours_fen"] = *found.ours_fen;
    if (found.theirs_fen) out["theirs_fen"] = *found.theirs_fen;
    if (!item.resolution.empty()) {
        out["resolution"] = item.resolution;
        out["reason"] = item.reason;
        out["resolved_by"] = item.resolved_by;
        out["resolved_at"] = utc_text(item.resolved_at);
    }
    return out;
}

}  // namespace tongban
