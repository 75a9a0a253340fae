#pragma once
// Programs that have documents sealed, and what was sealed for them, in the database. Every function runs inside a
// transaction of the caller, in the lane of the registry.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/sql.h"
#include "modules/journal/core/journal.h"
#include "modules/seals/core/signing_client.h"

namespace tongban {

struct Signing {
    std::string id;
    std::string client;
    std::string seal;  // id
    std::string purpose;
    std::string subject;
    std::string format;         // pdf, ofd
    std::string source_digest;  // SM3 of what was sent
    std::string file_digest;    // SM3 of the sealed file: its name in the object store
    std::int64_t file_bytes = 0;
    std::string statement;       // what the seal's key says about the sealed file
    std::string seal_signature;  // over the statement: SM2 with SM3, DER, base64url
    Millis signed_at = 0;
    Millis stamped_at = 0;  // 0: no time stamp
};

// Thread-safe: keeps no state between calls.
class SigningStore {
public:
    SigningStore(IdSource& ids, Journal& journal) : ids_(ids), journal_(journal) {}

    struct NewClient {
        std::string name;
        std::string grants;  // "registration/letter collection/receipt"
        std::string reason;
    };
    // Gives the id. signing.client_name_invalid, signing.client_name_taken, signing.grants_invalid,
    // seals.reason_missing.
    Result<std::string> request(Sql& sql, Agency agency, const NewClient& wish, const std::string& who, Millis now);
    std::optional<SigningClient> find_client(Sql& sql, Agency agency, const std::string& id);
    std::vector<SigningClient> clients(Sql& sql, Agency agency, int rows_max);

    // Does one act of core/signing_client.h and journals it under `event` ("signing.client_approved").
    // signing.client_not_found, signing.client_state, and what the act says.
    using Act = std::function<Result<SigningClient>(SigningClient)>;
    Result<SigningClient> change(Sql& sql, Agency agency, const std::string& id, const std::string& event,
                                 const std::string& who, Millis now, const Act& act);

    // With its event "signing.made".
    void add(Sql& sql, Agency agency, const Signing& signing, const std::string& who);
    // That a program asked for what it may not have.
    void note_refusal(Sql& sql, Agency agency, const std::string& client, std::string_view code, Millis now);
    // Only the client's own. signing.not_found.
    Result<Signing> get(Sql& sql, Agency agency, const std::string& id, const std::string& client);

private:
    IdSource& ids_;
    Journal& journal_;
};

}  // namespace tongban
