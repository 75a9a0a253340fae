#pragma once
// Versions of items from data/catalog/<item>/<version>.toml.

#include <span>
#include <string>
#include <vector>

#include "base/data_file.h"
#include "modules/catalog/core/catalog.h"
#include "modules/catalog/rule_files.h"

namespace tongban {

// `folder`/items.toml and every version of the items that are on.
std::vector<Item> read_items(const std::string& folder, const std::vector<Registry>& registries, const RuleBooks& rules,
                             DataFaults& faults);

// One version from its text; `listed` is what items.toml says of the item. Faults name `name`:line.
Item read_item_text(const std::string& name, const std::string& text, const Item& listed,
                    std::span<const Registry> registries, const RuleBooks& rules, DataFaults& faults);

}  // namespace tongban
