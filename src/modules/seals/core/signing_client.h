#pragma once
// A registry's own program that may have documents sealed: asked for by one person, approved by another, given a secret
// that is shown once, revoked. What it may do is a list of seals and purposes. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sql.h"
#include "modules/seals/core/registry_seal.h"

namespace tongban {

inline constexpr std::string_view system_duty = "system";  // a program's, in the table of who may use which seal

struct SealGrant {
    SealKind seal = SealKind::registration;
    std::string purpose;
};
// "registration/letter collection/receipt". signing.grants_invalid: none, twice the same, or a purpose that no program
// may use this seal for.
Result<std::vector<SealGrant>> read_grants(std::string_view text);
std::string grants_text(const std::vector<SealGrant>& grants);

enum class ClientState { requested, approved, issued, refused, revoked };
std::string_view to_text(ClientState state);
std::string_view chinese(ClientState state);
const ClientState* find_client_state(std::string_view text);

struct SigningClient {
    std::string id;
    std::int64_t version = 0;
    std::string name;  // 历下区不动产登记业务系统: stands in the use log of the seals
    std::vector<SealGrant> grants;
    ClientState state = ClientState::requested;
    std::string reason;
    std::string requested_by;
    Millis requested_at = 0;
    std::string decided_by;
    Millis decided_at = 0;
    std::string secret_digest;  // SM3 hex; empty until there is a secret
    std::string issued_by;
    Millis issued_at = 0;
    std::string ended_by;
    Millis ended_at = 0;
    std::string ended_reason;
};

// One act gives the client as it is afterwards. `who` is an account of a person.
Result<SigningClient> approve(SigningClient client, const std::string& who, Millis now);
Result<SigningClient> refuse(SigningClient client, const std::string& who, const std::string& why, Millis now);
// The first secret, or a new one in place of the old.
Result<SigningClient> give_secret(SigningClient client, const std::string& digest, const std::string& who, Millis now);
Result<SigningClient> revoke(SigningClient client, const std::string& who, const std::string& why, Millis now);

// signing.revoked, signing.not_granted.
Result<void> may_seal(const SigningClient& client, SealKind seal, std::string_view purpose);

// What a program sends: "370102.<id>.<secret>".
struct ClientToken {
    Agency agency = 0;
    std::string id;
    std::string secret;
};
std::string token_text(const ClientToken& token);
std::optional<ClientToken> read_token(std::string_view text);

}  // namespace tongban
