#include "modules/catalog/core/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <tuple>

#include "base/codes.h"

namespace tongban {
namespace {

bool concerns(const Item& item, Agency registry)
{
    return item.registries.empty() || std::ranges::find(item.registries, registry) != item.registries.end();
}

// All versions of an item; the list is in the order of codes.
std::span<const Item* const> versions_of(std::span<const Item* const> items, std::string_view code)
{
    const auto first = std::ranges::lower_bound(items, code, {}, &Item::code);
    const auto last = std::ranges::upper_bound(items, code, {}, &Item::code);
    return {first, last};
}

}  // namespace

Catalog::Catalog(Province province, std::vector<Registry> registries, std::vector<AbolishedDivision> abolished,
                 std::vector<Item> items)
    : state_(std::make_shared<State>())
{
    state_->province = std::move(province);
    state_->registries = std::move(registries);
    state_->abolished = std::move(abolished);
    std::ranges::sort(state_->registries, {}, &Registry::code);
    for (Item& item : items) state_->shipped.push_back(std::make_shared<const Item>(std::move(item)));
    publish({}, {});
}

void Catalog::publish(std::vector<Item> versions, std::vector<ItemSwitch> switches) const
{
    auto next = std::make_shared<Snapshot>();
    for (const auto& item : state_->shipped) next->items.push_back(item.get());
    for (Item& version : versions) {
        const auto known = std::ranges::find_if(state_->published, [&](const auto& item) {
            return item->code == version.code && item->version == version.version;
        });
        if (known == state_->published.end()) {
            state_->published.push_back(std::make_shared<const Item>(std::move(version)));
            next->items.push_back(state_->published.back().get());
        } else {
            next->items.push_back(known->get());
        }
    }
    std::ranges::sort(next->items, {},
                      [](const Item* item) { return std::tie(item->code, item->valid_from, item->version); });
    std::ranges::stable_sort(switches, {}, &ItemSwitch::from);
    next->switches = std::move(switches);
    state_->now.store(std::move(next));
}

std::vector<const Item*> Catalog::items() const
{
    return now()->items;
}

const Registry* Catalog::find_registry(Agency code) const
{
    const auto found = std::ranges::lower_bound(state_->registries, code, {}, &Registry::code);
    return found == state_->registries.end() || found->code != code ? nullptr : &*found;
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
    const auto snapshot = now();
    for (const Item* item : snapshot->items) {
        if (item->valid_from > date || !concerns(*item, registry)) continue;
        if (all.empty() || all.back()->code != item->code) {
            all.push_back(item);
        } else if (!item->registries.empty() || all.back()->registries.empty()) {
            all.back() = item;  // later, or the registry's own
        }
    }
    return all;
}

const Item* Catalog::find_item(Agency registry, std::string_view code, std::string_view date) const
{
    const auto snapshot = now();
    const Item* best = nullptr;
    for (const Item* item : versions_of(snapshot->items, code)) {
        if (item->valid_from > date || !concerns(*item, registry)) continue;
        if (best == nullptr || !item->registries.empty() || best->registries.empty()) best = item;
    }
    return best;
}

bool Catalog::is_on(Agency registry, const Item& item, std::string_view date, std::string_view channel) const
{
    const auto snapshot = now();
    bool whole = item.on;
    bool through = true;
    bool own_whole = false;
    bool own_through = false;
    for (const ItemSwitch& one : snapshot->switches) {
        const bool own = one.agency == registry;
        if (one.item != item.code || one.from > date || (!own && one.agency != state_->province.code)) continue;
        // A registry's own switch is not undone by a later one of the province, which sets the default.
        if (one.channel.empty() && (own || !own_whole)) {
            whole = one.on;
            own_whole |= own;
        } else if (!one.channel.empty() && one.channel == channel && (own || !own_through)) {
            through = one.on;
            own_through |= own;
        }
    }
    return whole && through && !item.version.empty();
}

std::string Catalog::next_switch(Agency registry, std::string_view code, std::string_view date) const
{
    const auto snapshot = now();
    for (const ItemSwitch& one : snapshot->switches) {
        const bool concerned = one.agency == registry || one.agency == state_->province.code;
        if (concerned && one.item == code && one.from > date) return one.from;
    }
    return {};
}

Result<const Item*> Catalog::item_in_force(Agency registry, std::string_view code, std::string_view date) const
{
    TRY(get_registry(registry));
    const Item* found = find_item(registry, code, date);
    if (found == nullptr) return Error{catalog_problem::item_not_found};
    if (!is_on(registry, *found, date)) return Error{catalog_problem::item_off, found->name + "尚未开通"};
    return found;
}

const Item* Catalog::known_version(std::string_view code, std::string_view version) const
{
    const auto snapshot = now();
    for (const Item* item : versions_of(snapshot->items, code)) {
        if (item->version == version && !version.empty()) return item;
    }
    return nullptr;
}

Result<const Item*> Catalog::item_version(std::string_view code, std::string_view version) const
{
    const Item* found = known_version(code, version);
    if (found == nullptr && state_->look_again) {
        state_->look_again();
        found = known_version(code, version);
    }
    if (found == nullptr) return Error{catalog_problem::item_not_found};
    return found;
}

const Item* Catalog::later_for_running(Agency registry, const Item& pinned, std::string_view date) const
{
    const auto snapshot = now();
    const Item* found = nullptr;
    for (const Item* item : versions_of(snapshot->items, pinned.code)) {
        const bool later = item->valid_from > pinned.valid_from && item->valid_from <= date;
        if (later && concerns(*item, registry) && !item->applies_to_running.empty()) found = item;
    }
    return found;
}

Result<Agency> Catalog::home_of_unit(std::string_view unit) const
{
    Agency code = unit_division(unit);
    // A division may have been renamed several times; the list is checked to have no circle.
    for (std::size_t steps = 0; steps <= state_->abolished.size(); ++steps) {
        if (find_registry(code) != nullptr) return code;
        const auto gone = std::ranges::find(state_->abolished, code, &AbolishedDivision::code);
        if (gone == state_->abolished.end()) break;
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
