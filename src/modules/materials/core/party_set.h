#pragma once
// The parties of one application as a whole, against the roles of its item.

#include <span>
#include <vector>

#include "modules/catalog/core/item.h"
#include "modules/parties/core/party.h"

namespace tongban {

// What stands against this set: a role with too few or too many, a kind of party the role does not allow, a role that
// the item does not have; agents and guardians act for a party that is there and is no agent himself; every
// organisation has an agent; nobody stands on both sides; the same document not twice in one role; no agent acts for
// both sides unless both principals agreed (民法典 168). Pointers are /<index>/<field>.
std::vector<FieldError> party_set_faults(std::span<const Party> parties, const Item& item);

// The names of the parties in a role of the item, and whether the item has such a role at all.
bool allows_role(const Item& item, PartyRole role);

}  // namespace tongban
