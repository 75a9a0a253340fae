#pragma once
// Changes inside a transaction of the caller, which must be a unit of the lane of the agency that changes something.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/catalog/core/change.h"

namespace tongban {

struct ChangePage {
    std::vector<Change> changes;
    std::string next_cursor;  // empty: that was the last page
};

// What was approved and is not withdrawn; `body` is fetched on its own.
struct Published {
    std::string id;
    Agency agency = 0;
    ChangeKind kind = ChangeKind::item;
    std::string item, name, from;
};

// Thread-safe: keeps no state between calls.
class ChangeStore {
public:
    virtual ~ChangeStore() = default;

    virtual Result<Change> load(Sql& sql, Agency agency, std::string_view id) = 0;  // catalog.change_not_found
    // decide(), apply(), the new state and its journal events saved together; what is approved is published in the same
    // transaction, what is withdrawn ceases to be.
    virtual Result<Change> act(Sql& sql, const Change& loaded, const ChangeCommand& command,
                               const ChangeFacts& facts) = 0;
    // Last changed first. A cursor of our making only (access.page_invalid).
    virtual Result<ChangePage> list(Sql& sql, Agency agency, std::string_view cursor, int limit) = 0;
    // The change that made this version; empty when it came from a file.
    virtual std::optional<Change> find_named(Sql& sql, Agency agency, const std::string& item,
                                             const std::string& name) = 0;
    // How many versions of the item begin on this day already.
    virtual int names_on(Sql& sql, Agency agency, const std::string& item, const std::string& from) = 0;

    // By registry and item: changes that are being written or reviewed, over all registries.
    virtual std::map<std::pair<Agency, std::string>, std::int64_t> waiting(Sql& sql) = 0;

    virtual std::string published_stamp(Sql& sql) = 0;       // another text: something was published or withdrawn
    virtual std::vector<Published> published(Sql& sql) = 0;  // in the order of their publication
    virtual std::string published_body(Sql& sql, const std::string& id) = 0;

    // Folds the journal and compares it with the row: what is wrong, in words; empty when nothing is.
    virtual std::string check(Sql& sql, Agency agency, std::string_view id) = 0;
    virtual std::vector<std::string> ids_after(Sql& sql, Agency agency, std::string_view after) = 0;
};

}  // namespace tongban
