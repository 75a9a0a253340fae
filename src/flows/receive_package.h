#pragma once
// Both ends of the exchange between a sitting and its case. At the home registry: open the draft, take the package, end
// the draft, preview a unit. At the collecting registry: take the case number, the receipt, the progress.

#include "flows/case_claims.h"
#include "flows/case_steps.h"
#include "flows/package.h"
#include "flows/sitting_steps.h"
#include "modules/catalog/core/catalog.h"
#include "modules/collections/core/collection_store.h"
#include "modules/exchange/core/exchange.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

// Thread-safe. Every taker runs in the unit that also stores the inbox row (see Exchange).
class ReceivePackage {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        Vault& vault;
        const Catalog& catalog;
        CaseStore& cases;
        CaseSteps& steps;
        CollectionStore& collections;
        SittingSteps& sittings;
        RegisterReader& register_book;
        Exchange& exchange;
        CaseClaims& claims;
    };
    explicit ReceivePackage(const Parts& parts) : parts_(parts) {}

    // Home registry.
    Result<void> open_case(Sql& sql, const Message& message);
    Result<void> take_package(Sql& sql, const Message& message);
    Result<void> cancel_case(Sql& sql, const Message& message);
    Result<std::string> preview_unit(const Message& question);

    // Collecting registry.
    Result<void> take_case_number(Sql& sql, const Message& message);
    Result<void> take_receipt(Sql& sql, const Message& message);
    Result<void> take_progress(Sql& sql, const Message& message);

private:
    Result<std::optional<ClaimedBefore>> claim(const Message& question, const UnitQuestion& asked);
    // Nothing when the sitting belongs to another registry than the one that speaks of it.
    Result<Collection> sitting_of(Sql& sql, const Message& message, const std::string& id);
    CollectionFacts message_facts() const;

    Parts parts_;
};

// Puts all of them into the exchange; before its start().
void add_exchange_handlers(Exchange& exchange, ReceivePackage& flow);

}  // namespace tongban
