#pragma once
// The platform, built out of its parts in the order of their levels: the one place that knows everything. Commands that
// need only some parts (admin, check-data) build all of it too; nothing runs and nothing listens before start().

#include <memory>
#include <string>
#include <vector>

#include "base/http.h"
#include "modules/access/access_service.h"
#include "modules/catalog/core/catalog.h"
#include "modules/fees/bill_store.h"
#include "modules/journal/log_store.h"
#include "modules/register_book/register_book.h"
#include "modules/seals/seal_store.h"
#include "modules/seals/signing_store.h"
#include "platform/config/config.h"

namespace tongban {

class Platform {
public:
    // Opens the database (which must be migrated), keys, catalogue and object store. Throws with one sentence.
    explicit Platform(const Config& config);
    ~Platform();

    // The workers: exchange, SMS, certificates.
    void start_workers();
    void stop_workers();

    const Router& router() const;
    const Catalog& catalog() const;
    AccessService& access();
    Clock& clock();

    // The demonstration's accounts, units and keys. Running it again changes nothing.
    void load_demo_province(const std::string& password);
    std::vector<DemoAccount> demo_accounts(const std::string& password);

    // A court's seizure, received now by the home registry.
    Result<SeizureKind> enter_seizure(Agency agency, const NewSeizure& seizure);

    // Payments that people of the registry must give back, oldest first, at most `rows_max`.
    std::vector<RefundablePayment> refunds(Agency agency, int rows_max);

    TransparencyLog& log();

    // The life of a registry's electronic seals: request, approve, refuse, issue, retire, each by an account.
    struct SealAct {
        std::string what;
        std::string seal;  // id; not for request
        std::string kind;  // registration, collection; for request
        std::string who;
        std::string reason;
    };
    Result<void> act_on_seal(Agency agency, const SealAct& act);
    struct SealWithUses {
        RegistrySeal seal;
        std::vector<NotedUse> uses;  // newest first
    };
    std::vector<SealWithUses> seals(Agency agency, int rows_max);

    // The life of a registry's programs that have documents sealed: request, approve, refuse, issue, revoke.
    struct ClientAct {
        std::string what;
        std::string client;  // id; not for request
        std::string who;
        std::string reason;
        SigningStore::NewClient wish;  // for request
    };
    // Gives the id after a request, and after an issue the token, which nobody can ever read again.
    Result<std::string> act_on_client(Agency agency, const ClientAct& act);
    std::vector<SigningClient> signing_clients(Agency agency, int rows_max);

    // One line a fault; empty when chains, logs, folds and books of all registries hold.
    std::vector<std::string> faults();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tongban
