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

std::vector<OwnerShare> shares_held(const RegisterView& view, Digests digests)
{
    std::vector<OwnerShare> held;
    for (const RegisteredOwner& owner : view.owners) {
        if (is_any_of(owner, digests)) held.push_back(owner.part());
    }
    return held;
}

// Everybody who holds something in force, by number digest and name.
template <class Visit>
void for_each_holder(const RegisterView& view, const Visit& visit)
{
    const auto of = [&](const auto& rights, const auto& holders) {
        for (const auto& right : rights) {
            if (!is_current(right)) continue;
            for (const RightHolder& holder : holders(right)) visit(holder.number_digest, holder.name);
        }
    };
    for (const RegisteredOwner& owner : view.owners) visit(owner.number_digest, owner.name);
    of(
        view.mortgages, [](const auto& right) -> const auto& { return right.holders; });
    of(
        view.pre_notices, [](const auto& right) -> const auto& { return right.holders; });
    of(
        view.objections, [](const auto& right) -> const auto& { return right.applicants; });
    of(
        view.residence_rights, [](const auto& right) -> const auto& { return right.holders; });
    of(
        view.easements, [](const auto& right) -> const auto& { return right.holders; });
}

bool is_known(const RegisterView& view, std::string_view digest)
{
    bool known = is_owner(view, digest);
    for_each_holder(view, [&](std::string_view number, std::string_view) { known = known || number == digest; });
    return known;
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
    const std::vector<OwnerShare> held = shares_held(view, digests);
    return !held.empty() && !joint_owner_missing(view, digests) && at_least(held, {2, 3});
}

bool joint_owner_missing(const RegisterView& view, Digests digests)
{
    return std::ranges::any_of(view.owners, [&](const RegisteredOwner& owner) {
        return owner.part().form == CoOwnership::joint && !is_any_of(owner, digests);
    });
}

std::string share_of(const RegisterView& view, Digests digests)
{
    const std::vector<OwnerShare> held = shares_held(view, digests);
    if (held.empty()) return "0";
    const std::optional<Fraction> sum = sum_of_shares(held);
    if (!sum || *sum == Fraction{}) return "全部";
    return std::to_string(sum->numerator) + "/" + std::to_string(sum->denominator);
}

std::vector<std::string> as_registered(const RegisterView& view, Digests digests, Digests former)
{
    std::vector<std::string> named(digests.begin(), digests.end());
    for (std::size_t i = 0; i < named.size() && i < former.size(); ++i) {
        const bool by_former_only = !former[i].empty() && !is_known(view, named[i]) && is_known(view, former[i]);
        if (by_former_only) named[i] = former[i];
    }
    return named;
}

bool known_by_other_name(const RegisterView& view, std::string_view digest, std::string_view name)
{
    bool known = false;
    bool by_this_name = false;
    for_each_holder(view, [&](std::string_view number, std::string_view registered) {
        if (number != digest) return;
        known = true;
        by_this_name = by_this_name || registered == name;
    });
    return known && !by_this_name;
}

std::size_t aged_sale_notices(const RegisterView& view, std::string_view today)
{
    constexpr Millis ninety_days = 90LL * 24 * 60 * 60 * 1000;
    if (view.owners.empty()) return 0;  // not registered for the first time yet: nothing to apply for
    Millis registrable = view.owners.front().registered_at;
    for (const RegisteredOwner& owner : view.owners) registrable = std::min(registrable, owner.registered_at);
    return count_current(view.pre_notices, [&](const RegisteredPreNotice& n) {
        return n.kind == PreNoticeKind::sale &&
               std::string_view(china_date(std::max(n.registered_at, registrable) + ninety_days)) < today;
    });
}

std::string objection_until(const RegisterView& view)
{
    std::string latest;
    for (const RegisteredObjection& objection : view.objections) {
        if (is_current(objection)) latest = std::max(latest, objection.until);
    }
    return latest;
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
