#pragma once
// What rules and forms ask of a unit, answered from its view: the facts `register.*` of data/catalog/README.md. Pure.
// Digests are Vault::digest of the home registry.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "modules/register_book/core/register_view.h"

namespace tongban {

using Digests = std::span<const std::string>;

std::size_t seizures_in_effect(const RegisterView& view);
std::size_t waiting_seizures(const RegisterView& view);
std::size_t construction_mortgages(const RegisterView& view);
std::size_t transfer_bans(const RegisterView& view);  // current mortgages with one
std::size_t current_notices(const RegisterView& view, PreNoticeKind kind);
std::size_t current_objections(const RegisterView& view);
std::size_t current_residence_rights(const RegisterView& view);
std::size_t current_easements(const RegisterView& view);

// Sale pre-notices with a holder who is not among `digests`.
std::size_t sale_notices_of_others(const RegisterView& view, Digests digests);
// Is there a sale pre-notice all of whose holders are among `digests`? A transfer to them ends it.
bool has_sale_notice_of(const RegisterView& view, Digests digests);

// By the present number or one that was the owner's before.
bool is_owner(const RegisterView& view, std::string_view digest);
bool are_owners(const RegisterView& view, Digests digests);       // every one of them; false when there is none
bool are_all_owners(const RegisterView& view, Digests digests);   // nobody is missing; false when there is no owner
bool hold_two_thirds(const RegisterView& view, Digests digests);  // 民法典 301
// Joint owners dispose together or not at all: is one of them not among `digests`?
bool joint_owner_missing(const RegisterView& view, Digests digests);
// What they own together, as the register writes shares: 3/5; 全部 of joint and sole owners, 0 of nobody.
std::string share_of(const RegisterView& view, Digests digests);
// The same persons as the register knows them: who is found in it only by a number that was his before is named by
// that. `former` beside `digests`, empty texts where there is none.
std::vector<std::string> as_registered(const RegisterView& view, Digests digests, Digests former);
// A holder in the register with this number under another name: renamed, or somebody else.
bool known_by_other_name(const RegisterView& view, std::string_view digest, std::string_view name);
Whole whole_of_owners(const RegisterView& view);

// Sale pre-notices that are older than 90 days on a unit that could be registered all that time (民法典 221). Whether
// they have lapsed is for people to find out: the register shows them until somebody ends them (H35).
std::size_t aged_sale_notices(const RegisterView& view, std::string_view today);
// The latest day on which an objection in force is to be gone without a lawsuit; empty when there is none (H34).
std::string objection_until(const RegisterView& view);

// The land right has run out before `today` (2026-11-24).
bool term_expired(const RegisterView& view, std::string_view today);

enum class EntryKind { ownership, mortgage, sale_notice, mortgage_notice, objection, residence_right, easement };
std::string_view to_text(EntryKind kind);
const EntryKind* find_entry_kind(std::string_view text);

// A current entry found by the certificate number that a form names.
struct EntryFound {
    EntryKind kind = EntryKind::ownership;
    std::string id;
    std::vector<RightHolder> holders;
};
std::optional<EntryFound> find_entry(const RegisterView& view, EntryKind kind, std::string_view certificate_number);
// Does a current entry of any kind stand behind this certificate?
bool certificate_in_force(const RegisterView& view, std::string_view certificate_number);
bool holds(const EntryFound& entry, Digests digests);  // one of them is its holder

}  // namespace tongban
