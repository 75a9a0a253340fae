#include "modules/catalog/core/catalog.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"

namespace tongban {
namespace {

bool concerns(const Item& item, Agency registry)
{
    return item.registries.empty() || std::ranges::find(item.registries, registry) != item.registries.end();
}

}  // namespace

Catalog::Catalog(std::string province_short, std::vector<Registry> registries, std::vector<AbolishedDivision> abolished,
                 std::vector<Item> items)
    : province_short_(std::move(province_short)),
      registries_(std::move(registries)),
      abolished_(std::move(abolished)),
      items_(std::move(items))
{
    std::ranges::sort(registries_, {}, &Registry::code);
    std::ranges::sort(items_, {}, [](const Item& item) { return std::tie(item.code, item.valid_from, item.version); });
}

const Registry* Catalog::find_registry(Agency code) const
{
    const auto found = std::ranges::lower_bound(registries_, code, {}, &Registry::code);
    return found == registries_.end() || found->code != code ? nullptr : &*found;
}

Result<const Registry*> Catalog::get_registry(Agency code) const
{
    const Registry* registry = find_registry(code);
    if (registry == nullptr) return Error{catalog_problem::registry_not_found};
    return registry;
}

std::vector<const Item*> Catalog::items_of(Agency registry, std::string_view date) const
{
    std::vector<const Item*> all;
    for (const Item& item : items_) {
        if (item.valid_from > date || !concerns(item, registry)) continue;
        if (all.empty() || all.back()->code != item.code) {
            all.push_back(&item);
        } else if (!item.registries.empty() || all.back()->registries.empty()) {
            all.back() = &item;  // later, or the registry's own
        }
    }
    return all;
}

Result<const Item*> Catalog::item_in_force(Agency registry, std::string_view code, std::string_view date) const
{
    TRY(get_registry(registry));
    const auto all = items_of(registry, date);
    const auto found = std::ranges::find_if(all, [&](const Item* item) { return item->code == code; });
    if (found == all.end()) return Error{catalog_problem::item_not_found};
    if (!(*found)->on) return Error{catalog_problem::item_off, (*found)->name + "尚未开通"};
    return *found;
}

Result<const Item*> Catalog::item_version(std::string_view code, std::string_view version) const
{
    const auto found = std::ranges::find_if(
        items_, [&](const Item& item) { return item.code == code && item.version == version && !version.empty(); });
    if (found == items_.end()) return Error{catalog_problem::item_not_found};
    return &*found;
}

Result<Agency> Catalog::home_of_unit(std::string_view unit) const
{
    Agency code = unit_division(unit);
    // A division may have been renamed several times; the list is checked to have no circle.
    for (std::size_t steps = 0; steps <= abolished_.size(); ++steps) {
        if (find_registry(code) != nullptr) return code;
        const auto gone = std::ranges::find(abolished_, code, &AbolishedDivision::code);
        if (gone == abolished_.end()) break;
        code = gone->successor;
    }
    return Error{catalog_problem::unit_division_unknown,
                 fmt::format("行政区划 {:06} 不在本省区划（含历史区划）之中", unit_division(unit))};
}

Result<void> Catalog::check_unit_home(std::string_view unit, Agency registry) const
{
    const Agency home = TRY(home_of_unit(unit));
    if (home == registry) return {};
    const Registry* right = find_registry(home);
    return Error{catalog_problem::unit_elsewhere, "该不动产单元由" + right->name + "管辖，请选择该机构"}.with(
        "home", fmt::format("{:06}", home));
}

}  // namespace tongban
