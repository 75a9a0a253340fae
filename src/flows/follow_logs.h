#pragma once
// What anybody may read of the registries' transparency logs: who has one, checkpoints, tiles, proofs. Digests only.
// Every answer is bounded: a checkpoint, a tile of 256 hashes, or a proof of at most 64.

#include "base/trust.h"
#include "modules/access/core/api.h"
#include "modules/catalog/core/catalog.h"
#include "modules/journal/log_store.h"

namespace tongban {

class FollowLogs {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        TransparencyLog& log;
        AgencyCertificates& certificates;
        const Catalog& catalog;
    };
    explicit FollowLogs(Parts parts) : parts_(parts) {}

    Result<Response> list(ApiRequest& request);
    Result<Response> checkpoint(ApiRequest& request);   // ?size=; text/plain, a signed note
    Result<Response> certificate(ApiRequest& request);  // PEM, of the key that signs
    Result<Response> tile(ApiRequest& request);         // raw hashes; ?width= gives the first so many
    Result<Response> inclusion(ApiRequest& request);    // ?seq=&size=
    Result<Response> consistency(ApiRequest& request);  // ?from=&size=

private:
    Parts parts_;
};

// Under /api/v1/public/logs
void add_log_routes(Api& api, FollowLogs& flow);

}  // namespace tongban
