#pragma once
// What can be done where: registries and the items they offer — data under data/catalog and data/divisions, checked
// when loaded, immutable and shared by threads afterwards (domain.md 2.7, 2.14, 3.8).

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

class Catalog {
public:
    // Only loaders and tests make one; the parts must be consistent (load_catalog checks them).
    Catalog(std::string province_short, std::vector<Registry> registries, std::vector<AbolishedDivision> abolished,
            std::vector<Item> items);

    const std::string& province_short() const { return province_short_; }  // 鲁
    std::span<const Registry> registries() const { return registries_; }   // by code
    std::span<const Item> items() const { return items_; }                 // every version, by code and time
    const Registry* find_registry(Agency code) const;
    Result<const Registry*> get_registry(Agency code) const;  // catalog.registry_not_found

    // The items of a registry, by code, each in the version in force on `date`; those not switched on included.
    std::vector<const Item*> items_of(Agency registry, std::string_view date) const;
    // In force on `date`: catalog.registry_not_found, item_not_found, item_off (when `date` finds it switched off).
    Result<const Item*> item_in_force(Agency registry, std::string_view code, std::string_view date) const;
    // A version pinned by a case, in force or not.
    Result<const Item*> item_version(std::string_view code, std::string_view version) const;

    // The registry that keeps the unit today, through all mergers and renamings of divisions.
    // `unit` in normal form (check_unit_number). catalog.unit_division_unknown.
    Result<Agency> home_of_unit(std::string_view unit) const;
    // Does the unit belong to `registry`? catalog.unit_elsewhere names the right one.
    Result<void> check_unit_home(std::string_view unit, Agency registry) const;

private:
    std::string province_short_;
    std::vector<Registry> registries_;
    std::vector<AbolishedDivision> abolished_;
    std::vector<Item> items_;  // by code, then valid_from
};

}  // namespace tongban
