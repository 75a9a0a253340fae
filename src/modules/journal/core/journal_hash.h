#pragma once
// The link of the chain: SM3 over a canonical encoding of one event.

#include <string>
#include <string_view>

#include "modules/journal/core/journal.h"

namespace tongban {

// The hash before the first event.
inline constexpr std::string_view journal_origin = "0000000000000000000000000000000000000000000000000000000000000000";

// "tongban-journal-1", agency, seq, aggregate, aggregate_id, version, type, body, actor, at, prev_hash, in this order.
// Every field is its length in bytes as decimal digits, ':', then the bytes; integers are decimal digits. So no two
// different events have the same encoding, and a program in any language can repeat it.
std::string journal_encoding(const JournalEvent& event);
std::string journal_hash(const JournalEvent& event);  // 64 lower-case hex digits

}  // namespace tongban
