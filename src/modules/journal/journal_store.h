#pragma once
// The journal and the commands over the database; and the check of a whole chain.

#include <memory>
#include <optional>
#include <string>

#include "base/crypto.h"
#include "modules/journal/core/commands.h"
#include "modules/journal/core/journal.h"

namespace tongban {

std::unique_ptr<Journal> make_journal();

// All three must outlive the result. Answers may show people's data, so their bodies are stored sealed.
std::unique_ptr<Commands> make_commands(Database& database, Clock& clock, Vault& vault);

struct ChainReport {
    std::int64_t events = 0;
    std::optional<std::string> broken;  // the first thing that is wrong, naming seq; English, for the operator's log
};

// Reads the chain of `agency` from its first event in pages and compares every hash, the order of seq and the head.
ChainReport verify_chain(Database& database, Agency agency);

// All registries that have a chain.
std::vector<Agency> journal_agencies(Database& database);

}  // namespace tongban
