#pragma once
// The text of a version (TOML, as in data/catalog) made from another and from what somebody changes in it; and reading
// it with the same checks as a file.

#include <memory>
#include <string>
#include <vector>

#include "modules/catalog/core/catalog.h"
#include "modules/catalog/core/list_edits.h"

namespace tongban {

// "20261201-370102-1": unique in the platform, because a case pins a version by item and name alone.
std::string version_name(const std::string& from, Agency agency, int serial);

struct VersionHead {
    std::string name;
    std::string from;
    Agency own_of = 0;  // 0: of the whole province
};
// Comments of the base are lost, everything else stays. An edit of a line that the base has keeps what edits cannot
// say.
std::string version_text(const Item& base, const ListEdits& edits, const VersionHead& head);

// Thread-safe.
class VersionReader {
public:
    virtual ~VersionReader() = default;
    struct Read {
        Item item;
        std::vector<std::string> faults;  // "name:line: what"; with any, the item must not be used
    };
    // `item`: the code; it must be one of items.toml.
    virtual Read read(const std::string& item, const std::string& name, const std::string& text) const = 0;
};
// Reads data_dir/rules at once; `catalog` must outlive the result. Throws DataBroken.
std::unique_ptr<VersionReader> make_version_reader(const std::string& data_dir, const Catalog& catalog);

}  // namespace tongban
