#include "modules/register_book/core/register_questions.h"

#include <algorithm>

#include "base/text_table.h"

namespace tongban {

namespace {

constexpr TextTable<EntryKind, 7> entry_kinds{{{{EntryKind::ownership, "ownership"},
                                                {EntryKind::mortgage, "mortgage"},
                                                {EntryKind::sale_notice, "sale_notice"},
                                                {EntryKind::mortgage_notice, "mortgage_notice"},
                                                {EntryKind::objection, "objection"},
                                                {EntryKind::residence_right, "residence_right"},
                                                {EntryKind::easement, "easement"}}}};

// Owners of the view are current only and have no status.
template <class Right>
bool is_current(const Right& right)
{
    return right.status == RightStatus::current;
}

template <class Right, class Also>
std::size_t count_current(const std::vector<Right>& rights, Also&& also)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(rights, [&](const Right& right) { return is_current(right) && also(right); }));
}

template <class Right>
std::size_t count_current(const std::vector<Right>& rights)
{
    return count_current(rights, [](const Right&) { return true; });
}

bool contains(Digests digests, std::string_view digest)
{
    return std::ranges::find(digests, digest) != digests.end();
}

bool is_same(const RegisteredOwner& owner, std::string_view digest)
{
    return owner.number_digest == digest || contains(owner.former_digests, digest);
}

bool is_any_of(const RegisteredOwner& owner, Digests digests)
{
    return std::ranges::any_of(digests, [&](const std::string& digest) { return is_same(owner, digest); });
}

// A holder whose number is not known to the register is nobody that applies.
bool all_among(const std::vector<RightHolder>& holders, Digests digests)
{
    return std::ranges::all_of(holders, [&](const RightHolder& holder) {
        return !holder.number_digest.empty() && contains(digests, holder.number_digest);
    });
}

template <class Right, class Holders>
std::optional<EntryFound> find_in(const std::vector<Right>& rights, EntryKind kind, std::string_view certificate_number,
                                  Holders&& holders)
{
    for (const Right& right : rights) {
        if (is_current(right) && right.certificate_number == certificate_number)
            return EntryFound{kind, right.id, holders(right)};
    }
    return std::nullopt;
}

std::optional<EntryFound> find_ownership(const RegisterView& view, std::string_view certificate_number)
{
    EntryFound found;
    for (const RegisteredOwner& owner : view.owners) {
        if (owner.certificate_number != certificate_number) continue;
        if (found.id.empty()) found.id = owner.id;
        found.holders.push_back(owner.holder());
    }
    if (found.holders.empty()) return std::nullopt;
    return found;
}

std::optional<EntryFound> find_notice(const RegisterView& view, EntryKind kind, std::string_view certificate_number)
{
    const PreNoticeKind wanted = kind == EntryKind::sale_notice ? PreNoticeKind::sale : PreNoticeKind::mortgage;
    for (const RegisteredPreNotice& notice : view.pre_notices) {
        if (is_current(notice) && notice.kind == wanted && notice.certificate_number == certificate_number)
            return EntryFound{kind, notice.id, notice.holders};
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(EntryKind kind)
{
    return entry_kinds.text(kind);
}

const EntryKind* find_entry_kind(std::string_view text)
{
    return entry_kinds.find(text);
}

std::size_t seizures_in_effect(const RegisterView& view)
{
    return view.seizures.size() - waiting_seizures(view);
}

std::size_t waiting_seizures(const RegisterView& view)
{
    return static_cast<std::size_t>(std::ranges::count_if(view.seizures, is_waiting, &RegisteredSeizure::kind));
}

std::size_t construction_mortgages(const RegisterView& view)
{
    return count_current(view.mortgages, [](const RegisteredMortgage& m) { return m.construction; });
}

std::size_t transfer_bans(const RegisterView& view)
{
    return count_current(view.mortgages, [](const RegisteredMortgage& m) { return m.transfer_ban; });
}

std::size_t current_notices(const RegisterView& view, PreNoticeKind kind)
{
    return count_current(view.pre_notices, [&](const RegisteredPreNotice& n) { return n.kind == kind; });
}

std::size_t current_objections(const RegisterView& view)
{
    return count_current(view.objections);
}

std::size_t current_residence_rights(const RegisterView& view)
{
    return count_current(view.residence_rights);
}

std::size_t current_easements(const RegisterView& view)
{
    return count_current(view.easements);
}

std::size_t sale_notices_of_others(const RegisterView& view, Digests digests)
{
    return count_current(view.pre_notices, [&](const RegisteredPreNotice& n) {
        return n.kind == PreNoticeKind::sale && !all_among(n.holders, digests);
    });
}

bool has_sale_notice_of(const RegisterView& view, Digests digests)
{
    return count_current(view.pre_notices, [&](const RegisteredPreNotice& n) {
               return n.kind == PreNoticeKind::sale && all_among(n.holders, digests);
           }) > 0;
}

bool is_owner(const RegisterView& view, std::string_view digest)
{
    return std::ranges::any_of(view.owners, [&](const RegisteredOwner& owner) { return is_same(owner, digest); });
}

bool are_owners(const RegisterView& view, Digests digests)
{
    return !digests.empty() &&
           std::ranges::all_of(digests, [&](const std::string& digest) { return is_owner(view, digest); });
}

bool are_all_owners(const RegisterView& view, Digests digests)
{
    return !view.owners.empty() &&
           std::ranges::all_of(view.owners, [&](const RegisteredOwner& owner) { return is_any_of(owner, digests); });
}

bool hold_two_thirds(const RegisterView& view, Digests digests)
{
    std::vector<OwnerShare> held;
    bool joint_missing = false;
    for (const RegisteredOwner& owner : view.owners) {
        if (is_any_of(owner, digests))
            held.push_back(owner.part());
        else
            joint_missing = joint_missing || owner.part().form == CoOwnership::joint;
    }
    // Joint owners dispose together or not at all.
    return !held.empty() && !joint_missing && at_least(held, {2, 3});
}

Whole whole_of_owners(const RegisterView& view)
{
    std::vector<OwnerShare> shares;
    for (const RegisteredOwner& owner : view.owners) shares.push_back(owner.part());
    return whole_of(shares);
}

bool term_expired(const RegisterView& view, std::string_view today)
{
    return !view.term_until.empty() && view.term_until < today;
}

std::optional<EntryFound> find_entry(const RegisterView& view, EntryKind kind, std::string_view certificate_number)
{
    if (certificate_number.empty()) return std::nullopt;
    switch (kind) {
    case EntryKind::ownership: return find_ownership(view, certificate_number);
    case EntryKind::mortgage:
        return find_in(view.mortgages, kind, certificate_number, [](const auto& m) { return m.holders; });
    case EntryKind::sale_notice:
    case EntryKind::mortgage_notice: return find_notice(view, kind, certificate_number);
    case EntryKind::objection:
        return find_in(view.objections, kind, certificate_number, [](const auto& o) { return o.applicants; });
    case EntryKind::residence_right:
        return find_in(view.residence_rights, kind, certificate_number, [](const auto& r) { return r.holders; });
    case EntryKind::easement:
        return find_in(view.easements, kind, certificate_number, [](const auto& r) { return r.holders; });
    }
    return std::nullopt;
}

bool certificate_in_force(const RegisterView& view, std::string_view certificate_number)
{
    return std::ranges::any_of(entry_kinds.keys(),
                               [&](EntryKind kind) { return find_entry(view, kind, certificate_number).has_value(); });
}

bool holds(const EntryFound& entry, Digests digests)
{
    return std::ranges::any_of(entry.holders, [&](const RightHolder& holder) {
        return !holder.number_digest.empty() && contains(digests, holder.number_digest);
    });
}

}  // namespace tongban
