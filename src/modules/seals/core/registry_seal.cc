#include "modules/seals/core/registry_seal.h"

#include <algorithm>

#include "base/text_table.h"
#include "modules/seals/core/seals_problems.h"

namespace tongban {

namespace {

constexpr TextTable<SealKind, 2> kinds{
    {{{SealKind::registration, "registration"}, {SealKind::collection, "collection"}}}};
constexpr TextTable<SealKind, 2> kinds_in_chinese{
    {{{SealKind::registration, "不动产登记专用章"}, {SealKind::collection, "异地代收专用章"}}}};
constexpr TextTable<SealState, 5> states{{{{SealState::requested, "requested"},
                                           {SealState::approved, "approved"},
                                           {SealState::issued, "issued"},
                                           {SealState::refused, "refused"},
                                           {SealState::retired, "retired"}}}};
constexpr TextTable<SealState, 5> states_in_chinese{{{{SealState::requested, "待审批"},
                                                      {SealState::approved, "待制章"},
                                                      {SealState::issued, "在用"},
                                                      {SealState::refused, "未批准"},
                                                      {SealState::retired, "已停用"}}}};

struct Allowed {
    SealKind kind;
    std::string_view duty;
    std::string_view purpose;
};

// Who may put which seal on what.
constexpr Allowed allowed[] = {
    {SealKind::registration, "platform",  "certificate"}, // after a registrar's entry
    {SealKind::registration, "registrar", "certificate"},
    {SealKind::registration, "acceptor",  "letter"     },
    {SealKind::registration, "reviewer",  "letter"     },
    {SealKind::registration, "registrar", "letter"     },
    {SealKind::collection,   "collector", "receipt"    },
    {SealKind::collection,   "collector", "pages"      },
    {SealKind::collection,   "platform",  "pages"      }, // when the package is pushed
  // A registry's own programs. No certificates: those come from an entry in the register, and from nothing else.
    {SealKind::registration, "system",    "letter"     },
    {SealKind::registration, "system",    "document"   },
    {SealKind::collection,   "system",    "receipt"    },
};

}  // namespace

std::string_view to_text(SealKind kind)
{
    return kinds.text(kind);
}

std::string_view to_text(SealState state)
{
    return states.text(state);
}

std::string_view chinese(SealKind kind)
{
    return kinds_in_chinese.text(kind);
}

std::string_view chinese(SealState state)
{
    return states_in_chinese.text(state);
}

const SealKind* find_seal_kind(std::string_view text)
{
    return kinds.find(text);
}

const SealState* find_seal_state(std::string_view text)
{
    return states.find(text);
}

Result<RegistrySeal> approve(RegistrySeal seal, const std::string& who, Millis now)
{
    if (seal.state != SealState::requested) return Error{seals_problem::wrong_state};
    if (seal.requested_by == who) return Error{seals_problem::same_person};
    seal.state = SealState::approved;
    seal.decided_by = who;
    seal.decided_at = now;
    ++seal.version;
    return seal;
}

Result<RegistrySeal> refuse(RegistrySeal seal, const std::string& who, const std::string& why, Millis now)
{
    if (seal.state != SealState::requested) return Error{seals_problem::wrong_state};
    if (why.empty()) return Error{seals_problem::reason_missing};
    seal.state = SealState::refused;
    seal.decided_by = who;
    seal.decided_at = now;
    seal.ended_by = who;
    seal.ended_at = now;
    seal.ended_reason = why;
    ++seal.version;
    return seal;
}

Result<RegistrySeal> make_issued(RegistrySeal seal, const std::string& es_id, Millis from, Millis until)
{
    if (seal.state != SealState::approved) return Error{seals_problem::wrong_state};
    TONGBAN_ASSERT(!es_id.empty() && from < until);
    seal.state = SealState::issued;
    seal.es_id = es_id;
    seal.valid_from = from;
    seal.valid_until = until;
    ++seal.version;
    return seal;
}

Result<RegistrySeal> retire(RegistrySeal seal, const std::string& who, const std::string& why, Millis now)
{
    if (seal.state != SealState::issued) return Error{seals_problem::wrong_state};
    if (why.empty()) return Error{seals_problem::reason_missing};
    seal.state = SealState::retired;
    seal.ended_by = who;
    seal.ended_at = now;
    seal.ended_reason = why;
    ++seal.version;
    return seal;
}

Result<void> may_use(const RegistrySeal& seal, const SealUse& use, Millis now)
{
    if (seal.state != SealState::issued || now < seal.valid_from || now > seal.valid_until)
        return Error{seals_problem::not_in_force};
    if (!is_purpose_of(seal.kind, use.duty, use.purpose) || use.account.empty() || use.subject.empty())
        return Error{seals_problem::not_for_this};
    return {};
}

bool is_purpose_of(SealKind kind, std::string_view duty, std::string_view purpose)
{
    return std::ranges::any_of(
        allowed, [&](const Allowed& one) { return one.kind == kind && one.duty == duty && one.purpose == purpose; });
}

}  // namespace tongban
