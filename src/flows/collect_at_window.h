#pragma once
// A sitting at a collecting window, or a person's own online, from opening or joining to the push (and again after a
// supplement request). Identity is asked and the unit is looked up before the transaction; what was answered is
// recorded in it. Online the routes put the home registry into the actor: the sitting lives there and is the account's.

#include <functional>

#include "base/bulkhead.h"
#include "base/documents.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "flows/cards_read.h"
#include "flows/package.h"
#include "flows/page_previews.h"
#include "flows/sitting_steps.h"
#include "flows/standing_powers.h"
#include "modules/access/core/api.h"
#include "modules/access/core/throttle.h"
#include "modules/catalog/core/catalog.h"
#include "modules/collections/core/collection_store.h"
#include "modules/exchange/core/exchange.h"
#include "modules/journal/core/commands.h"
#include "modules/parties/core/identity_port.h"
#include "modules/parties/core/person_identities.h"

namespace tongban {

// What the flow stands on. Everything outlives it.
struct CollectParts {
    Database& database;
    Clock& clock;
    IdSource& ids;
    Vault& vault;
    Commands& commands;
    ObjectStore& objects;
    Imaging& imaging;
    DocumentPress& press;
    const Catalog& catalog;
    CollectionStore& collections;
    SittingSteps& steps;
    Exchange& exchange;
    IdentityPort& identity;
    CardReader& cards;
    PersonIdentities& persons;
    StandingPowers& powers;
    std::uint64_t upload_bytes_max = 64ULL << 20;
    bool demonstration = false;
};

// Thread-safe.
class CollectAtWindow {
public:
    explicit CollectAtWindow(const CollectParts& parts) : parts_(parts) {}

    Result<Response> list(ApiRequest& request);
    Result<Response> open(ApiRequest& request);
    Result<Response> join(ApiRequest& request);
    Result<Response> show(ApiRequest& request);
    Result<Response> set_application(ApiRequest& request);
    Result<Response> add_party(ApiRequest& request);
    Result<Response> change_party(ApiRequest& request);
    Result<Response> remove_party(ApiRequest& request);
    Result<Response> check_identity(ApiRequest& request);
    Result<Response> record_answer(ApiRequest& request);
    Result<Response> record_signature(ApiRequest& request);
    Result<Response> signature(ApiRequest& request);
    // Decides before the body; the sink checks, stores and records it.
    Result<std::variant<Response, std::unique_ptr<BodySink>>> take_page(ApiRequest& request);
    Result<Response> arrange_material(ApiRequest& request);
    Result<Response> page(ApiRequest& request);
    Result<Response> preview(ApiRequest& request);
    Result<Response> receipt(ApiRequest& request);
    Result<Response> push(ApiRequest& request);
    Result<Response> cancel(ApiRequest& request);
    Result<Response> end(ApiRequest& request);
    Result<Response> renew_code(ApiRequest& request);
    Result<Response> card(ApiRequest& request);

    // The last step of an upload: the file is durable, the sitting learns of it. Safe beside any other edit.
    Result<Response> record_page(const Actor& actor, const std::string& id, const std::string& line,
                                 const MaterialPage& page);
    // At most two files are looked into at a time, but for what is seen while they arrive: the memory is bounded,
    // whatever the number of uploads, and so is the number of workers that wait for it; more are base.unavailable.
    Result<FileFacts> finish_inspection(FileInspector& inspector, ByteRanges& all);
    Result<FileFacts> inspect(std::string_view bytes);
    const CollectParts& parts() const { return parts_; }

private:
    using Make = std::function<Result<CollectionCommand>(Sql&, const Collection&)>;
    Result<Response> edit(ApiRequest& request, CollectionAction action, int status, const Make& make);
    // The answer to the same key before, if there is one.
    Result<std::optional<Response>> answered(const ApiRequest& request);
    Result<Collection> read(const ApiRequest& request, Action action);
    std::string card_digest(Agency agency, const std::string& name, const std::string& number);
    // What the reader said of the card, in place of what the client says.
    void take_from_reader(const Actor& actor, PartyInput& input);
    // An agent who cites a standing power: asks the registry that keeps it, and takes its last day from there.
    Result<void> check_power(const ApiRequest& request, const Collection& sitting, PartyInput& input);
    Result<IdentityCheck> identify(const Actor& actor, const Collection& sitting, const Party& party);
    Result<IdentityCheck> identify_oneself(const Actor& actor, const Collection& sitting, const Party& party);
    Result<JoinAnswer> ask_to_join(const Actor& actor, VisitChannel channel, const std::string& number,
                                   const std::string& code);
    Result<Response> answer(const Collection& sitting, const Actor& viewer, int status);
    Result<const Item*> item_of(const Collection& sitting) const;
    CollectionFacts facts(const Actor& actor, const Item* item) const;
    Result<UnitPreview> ask_unit(const Collection& sitting, const std::string& unit_number);

    CollectParts parts_;
    PagePreviews previews_{parts_.objects, parts_.imaging};
    Bulkhead inspections_{
        {.places = 2, .waiting = 12, .wait = std::chrono::seconds(15)}
    };
    CardsRead cards_read_;
    Throttle wrong_codes_{
        {.failures_max = 10, .window = 10 * 60 * 1000}
    };
};

// Registers the routes of api/fragments/30-collections.yaml and 35-applications.yaml.
void add_collection_routes(Api& api, CollectAtWindow& flow);
void add_application_routes(Api& api, CollectAtWindow& flow);

// A person with an account online, not a clerk and not somebody who follows one case.
bool is_online(const Actor& actor);

}  // namespace tongban
