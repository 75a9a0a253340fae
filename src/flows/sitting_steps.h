#pragma once
// One step of a sitting, whoever takes it: what a person does online for himself is also told to the province, which
// keeps the list of what he has begun ("application.told"), so that he finds his drafts again on any device. Every
// flow that moves a sitting goes through here.

#include "flows/package.h"
#include "modules/catalog/core/catalog.h"
#include "modules/collections/core/collection_store.h"
#include "modules/exchange/core/exchange.h"

namespace tongban {

// message_kind "application.told", the registry that keeps the sitting → province.
struct ApplicationTold {
    std::string account, id, case_number, item, item_name, state;
    std::int64_t version = 0;
    Millis changed_at = 0;
};
BOOST_DESCRIBE_STRUCT(ApplicationTold, (), (account, id, case_number, item, item_name, state, version, changed_at))

inline constexpr std::string_view application_told_kind = "application.told";

// Thread-safe.
class SittingSteps {
public:
    SittingSteps(CollectionStore& collections, Outbox& outbox, const Catalog& catalog)
        : collections_(collections), outbox_(outbox), catalog_(catalog)
    {
    }

    // In the lane of the sitting's registry. The account is told of states and of the case's number, not of every edit.
    Result<Collection> take(Sql& sql, const Collection& before, const CollectionCommand& command,
                            const CollectionFacts& facts);

private:
    CollectionStore& collections_;
    Outbox& outbox_;
    const Catalog& catalog_;
};

}  // namespace tongban
