#include "flows/sitting_steps.h"

#include "modules/persons/core/assurance.h"

namespace tongban {

Result<Collection> SittingSteps::take(Sql& sql, const Collection& before, const CollectionCommand& command,
                                      const CollectionFacts& facts)
{
    Collection now = TRY(collections_.act(sql, before, command, facts));
    const bool told = before.version > 0 && before.state == now.state && before.told.number == now.told.number;
    if (now.channel != VisitChannel::online || told) return now;
    const Result<const Item*> item = catalog_.item_version(now.item, now.catalog_version);
    outbox_.post(sql, now.agency, province_of(now.agency), application_told_kind,
                 record_text(ApplicationTold{now.opened.account, now.id, now.told.number, now.item,
                                             item.has_value() ? (*item)->name : now.item,
                                             std::string(to_text(now.state)), now.version, facts.now}),
                 facts.now);
    return now;
}

}  // namespace tongban
