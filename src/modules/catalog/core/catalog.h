#pragma once
// What can be done where: registries and the items they offer — data under data/catalog and data/divisions, checked
// when loaded, and the versions and switches that registries publish in the platform afterwards (domain.md 2.7, 2.14,
// 3.8, 13).
//
// Thread-safe. Readers work on a snapshot that publish() replaces whole: nobody waits, and a reader sees all of a
// change or nothing of it. Versions never change, so a `const Item*` stays good as long as the catalogue lives,
// whatever is published meanwhile.

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sql.h"
#include "modules/catalog/core/item.h"

namespace tongban {

// A registry 登记机构: one per county-level division.
struct Registry {
    Agency code = 0;         // 370102
    std::string name;        // 济南市历下区不动产登记中心
    std::string short_name;  // 历下区: also the place on certificate numbers
    std::string city;        // 济南市
    Agency city_code = 0;    // 370100
};

namespace catalog_problem {
inline constexpr Problem registry_not_found{"catalog.registry_not_found", Kind::not_found, Retry::after_fix,
                                            "没有这个登记机构"};
inline constexpr Problem item_not_found{"catalog.item_not_found", Kind::not_found, Retry::after_fix, "没有这个事项"};
inline constexpr Problem item_off{"catalog.item_off", Kind::conflict, Retry::never, "该事项在该登记机构尚未开通"};
inline constexpr Problem unit_elsewhere{"catalog.unit_elsewhere", Kind::unprocessable, Retry::after_fix,
                                        "不动产单元不属于所选的登记机构"};
inline constexpr Problem unit_division_unknown{"catalog.unit_division_unknown", Kind::unprocessable, Retry::after_fix,
                                               "不动产单元号中的行政区划不存在"};
inline constexpr const Problem* all[] = {&registry_not_found, &item_not_found, &item_off, &unit_elsewhere,
                                         &unit_division_unknown};
}  // namespace catalog_problem

// A code that was used once and is gone. Unit numbers keep it for ever.
struct AbolishedDivision {
    Agency code = 0;
    std::string name;
    int abolished_in = 0;  // the year
    Agency successor = 0;  // today's registry, or another abolished code
};

// The province whose registries these are. Its code stands for "all of them" where a registry's code is asked for:
// what it sets holds for every registry that has set nothing of its own.
struct Province {
    Agency code = 0;         // 370000
    std::string name;        // 山东省
    std::string short_name;  // 鲁
};

// A registry offers an item, or a channel of it, from a day on. The newest that has begun counts; where there is none,
// what items.toml and the version say.
struct ItemSwitch {
    Agency agency = 0;
    std::string item;
    std::string channel;  // empty: the item as a whole
    bool on = false;
    std::string from;  // 2026-12-01
};

class Catalog {
public:
    // Only loaders and tests make one; the parts must be consistent (load_catalog checks them).
    Catalog(Province province, std::vector<Registry> registries, std::vector<AbolishedDivision> abolished,
            std::vector<Item> items);

    Agency province() const { return state_->province.code; }                   // 370000; keeps what no registry owns
    const std::string& province_name() const { return state_->province.name; }  // 山东省
    const std::string& province_short() const { return state_->province.short_name; }  // 鲁
    std::span<const Registry> registries() const { return state_->registries; }        // by code
    std::vector<const Item*> items() const;  // every version, by code and time
    const Registry* find_registry(Agency code) const;
    Result<const Registry*> get_registry(Agency code) const;  // catalog.registry_not_found

    // Makes this what was published after the start: `versions` and `switches` are all of them, also those told before.
    // One thread at a time.
    void publish(std::vector<Item> versions, std::vector<ItemSwitch> switches) const;
    // Called when a version is asked for that nobody knows: another node may have published it a moment ago.
    void when_unknown(std::function<void()> look_again) const { state_->look_again = std::move(look_again); }

    // The items of a registry (or of the province itself), by code, each in the version in force on `date`; those not
    // switched on included.
    std::vector<const Item*> items_of(Agency registry, std::string_view date) const;
    // The same of one item; nullptr when there is none.
    const Item* find_item(Agency registry, std::string_view code, std::string_view date) const;
    // Does the registry offer the item on `date`? With a channel: through it?
    bool is_on(Agency registry, const Item& item, std::string_view date, std::string_view channel = {}) const;
    // The next day after `date` on which a switch of the registry for this item begins; empty when none is planned.
    std::string next_switch(Agency registry, std::string_view code, std::string_view date) const;
    // In force on `date`: catalog.registry_not_found, item_not_found, item_off (when `date` finds it switched off).
    Result<const Item*> item_in_force(Agency registry, std::string_view code, std::string_view date) const;
    // A version pinned by a case, in force or not.
    Result<const Item*> item_version(std::string_view code, std::string_view version) const;

    // The newest version in force on `date` that concerns cases running on `pinned`: later than it and
    // applies_to_running. nullptr when there is none.
    const Item* later_for_running(Agency registry, const Item& pinned, std::string_view date) const;

    // The registry that keeps the unit today, through all mergers and renamings of divisions.
    // `unit` in normal form (check_unit_number). catalog.unit_division_unknown.
    Result<Agency> home_of_unit(std::string_view unit) const;
    // Does the unit belong to `registry`? catalog.unit_elsewhere names the right one.
    Result<void> check_unit_home(std::string_view unit, Agency registry) const;

private:
    struct Snapshot {
        std::vector<const Item*> items;    // by code, then valid_from
        std::vector<ItemSwitch> switches;  // by day, oldest first
    };
    struct State {
        Province province;
        std::vector<Registry> registries;
        std::vector<AbolishedDivision> abolished;
        std::vector<std::shared_ptr<const Item>> shipped;    // from files
        std::vector<std::shared_ptr<const Item>> published;  // ever; kept, because cases pin them and readers hold them
        std::atomic<std::shared_ptr<const Snapshot>> now;
        std::function<void()> look_again;
    };
    std::shared_ptr<const Snapshot> now() const { return state_->now.load(); }
    const Item* known_version(std::string_view code, std::string_view version) const;

    std::shared_ptr<State> state_;  // a copy is another handle of the same catalogue
};

}  // namespace tongban
