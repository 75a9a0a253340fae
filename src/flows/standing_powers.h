#pragma once
// Standing powers of attorney 常设委托 (modules/powers): filed and checked at a registry, cited by number at any
// window. Whoever cites one asks the registry that keeps it (exchange), at the window for advice, at the push and at
// acceptance for good; a revocation is told to every home registry where a case was filed under it (H08).

#include "base/bulkhead.h"
#include "base/imaging.h"
#include "base/objects.h"
#include "flows/case_steps.h"
#include "modules/access/core/api.h"
#include "modules/catalog/core/catalog.h"
#include "modules/exchange/core/exchange.h"
#include "modules/journal/core/commands.h"
#include "modules/powers/power_store.h"

namespace tongban {

namespace message_kind {
inline constexpr std::string_view power_use = "power.use";          // question: does it carry this?
inline constexpr std::string_view power_revoked = "power.revoked";  // keeper → home registries
}  // namespace message_kind

// `agent_number`: sealed for the one who asks. What is not known yet is empty. `filing`: the package is about to go, so
// the use is noted.
struct PowerQuestion {
    std::string number, principal_code, agent_number, item, unit_number;
    Agency home = 0;
    std::string collection_id;
    bool filing = false;
};
BOOST_DESCRIBE_STRUCT(PowerQuestion, (),
                      (number, principal_code, agent_number, item, unit_number, home, collection_id, filing))

struct PowerAnswer {
    std::string problem, detail;  // code of a problem of powers; empty: carried
    std::string until;            // its last day
};
BOOST_DESCRIBE_STRUCT(PowerAnswer, (), (problem, detail, until))

struct PowerRevokedMessage {
    std::string number, principal;
    std::vector<std::string> collections;
};
BOOST_DESCRIBE_STRUCT(PowerRevokedMessage, (), (number, principal, collections))

// Thread-safe.
class StandingPowers {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        Vault& vault;
        Commands& commands;
        ObjectStore& objects;
        Imaging& imaging;
        const Catalog& catalog;
        PowerStore& powers;
        CaseStore& cases;
        CaseSteps& steps;
        Exchange& exchange;
    };
    explicit StandingPowers(const Parts& parts) : parts_(parts) {}

    // ---- people, api/fragments/36-powers.yaml
    Result<Response> list(ApiRequest& request);
    Result<Response> show(ApiRequest& request);
    Result<Response> file(ApiRequest& request);
    Result<Response> attach(ApiRequest& request);
    Result<Response> paper(ApiRequest& request);
    Result<Response> check(ApiRequest& request);
    Result<Response> reject(ApiRequest& request);
    Result<Response> revoke(ApiRequest& request);

    // ---- other flows. Outside every unit of work: the registry that keeps the power is asked.
    // Its last day when the power carries the use; else one of powers' problems.
    Result<std::string> ask(Agency asker, const PowerQuestion& question);
    struct Filing {
        Agency keeper = 0;  // of the dossier: under its key the numbers are sealed
        Agency home = 0;
        std::string item, collection_id;
    };
    // Every agent of the dossier who cites one. The pointer of the party is in the error.
    Result<void> verify(const Dossier& dossier, const Filing& filing);

    // ---- exchange
    Result<std::string> answer(const Message& question);
    Result<void> take_revocation(Sql& sql, const Message& message);

private:
    using Make = std::function<Result<PowerCommand>(const StandingPower&)>;
    Result<Response> step(ApiRequest& request, Action action, const Make& make);
    void tell_revoked(Sql& sql, const StandingPower& power, Millis now);

    Parts parts_;
    Bulkhead inspections_{
        {.places = 1, .waiting = 4, .wait = std::chrono::seconds(15)}
    };
};

void add_power_routes(Api& api, StandingPowers& flow);
void add_power_handlers(Exchange& exchange, StandingPowers& flow);

}  // namespace tongban
