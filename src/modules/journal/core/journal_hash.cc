#include "modules/journal/core/journal_hash.h"

#include "base/crypto.h"

namespace tongban {

namespace {

void put(std::string& to, std::string_view field)
{
    to += std::to_string(field.size());
    to += ':';
    to += field;
}

}  // namespace

std::string journal_encoding(const JournalEvent& event)
{
    std::string made;
    made.reserve(event.body.size() + 320);
    put(made, "tongban-journal-1");
    put(made, std::to_string(event.agency));
    put(made, std::to_string(event.seq));
    put(made, event.aggregate);
    put(made, event.aggregate_id);
    put(made, std::to_string(event.version));
    put(made, event.type);
    put(made, event.body);
    put(made, event.actor);
    put(made, std::to_string(event.at));
    put(made, event.prev_hash);
    return made;
}

std::string journal_hash(const JournalEvent& event)
{
    return sm3_hex(journal_encoding(event));
}

}  // namespace tongban
