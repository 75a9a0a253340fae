#include "flows/catalogue_news.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/data_file.h"
#include "base/record.h"

namespace tongban {

std::vector<SpecialDay> special_days_from(const std::string& body)
{
    std::vector<SpecialDay> days;
    const boost::json::value parsed = boost::json::parse(body);
    for (const auto& one : parsed.at("days").as_array()) {
        days.push_back({std::string(one.at("day").as_string()), one.at("working").as_bool(),
                        std::string(one.at("reason").as_string())});
    }
    return days;
}

void CatalogueNews::look()
{
    const std::lock_guard lock(mutex_);
    const auto read = parts_.database.read([&](Sql& sql) -> Result<void> {
        std::string stamp = parts_.changes.published_stamp(sql);
        if (stamp == stamp_) return {};
        publish(sql);
        stamp_ = std::move(stamp);
        return {};
    });
    TONGBAN_ASSERT(read);
}

void CatalogueNews::publish(Sql& sql)
{
    std::vector<Item> versions;
    std::vector<ItemSwitch> switches;
    std::map<Agency, std::vector<SpecialDay>> days;
    const std::vector<const Item*> known = parts_.catalog.items();
    for (const Published& one : parts_.changes.published(sql)) {
        switch (one.kind) {
        case ChangeKind::item: {
            const bool is_known = std::ranges::any_of(
                known, [&](const Item* item) { return item->code == one.item && item->version == one.name; });
            if (is_known) {
                Item stub;  // the catalogue keeps what it has
                stub.code = one.item;
                stub.version = one.name;
                versions.push_back(std::move(stub));
                break;
            }
            auto read = parts_.reader.read(one.item, one.name, parts_.changes.published_body(sql, one.id));
            if (!read.faults.empty()) throw DataBroken(fmt::format("{}", fmt::join(read.faults, "\n")));
            versions.push_back(std::move(read.item));
            break;
        }
        case ChangeKind::item_switch: {
            const auto edit = record_from_text<ItemSwitchEdit>(parts_.changes.published_body(sql, one.id));
            switches.push_back({one.agency, one.item, edit.channel, edit.on, one.from});
            break;
        }
        case ChangeKind::calendar:
            days[one.agency] = special_days_from(parts_.changes.published_body(sql, one.id));  // the last one counts
            break;
        }
    }
    parts_.catalog.publish(std::move(versions), std::move(switches));
    parts_.calendars.publish(days);
}

}  // namespace tongban
