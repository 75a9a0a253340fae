#pragma once
// Who is behind an account of the portal, for everything that a person does online for himself: the identity check of
// the sign-in and the liveness check are his evidence, nobody types a number for him and nobody checks it again.

#include <optional>
#include <string>

#include "base/crypto.h"
#include "modules/access/core/actor.h"
#include "modules/parties/core/party.h"
#include "modules/persons/core/assurance.h"

namespace tongban {

// Sealed and digested with the key of `kept_by`, the province.
struct PortalPerson {
    Agency kept_by = 0;
    std::string account;  // "person:<id>"
    std::string name;
    DocumentType document_type = DocumentType::citizen_card;  // or residence_permit: numbers of the same form
    std::string number_sealed, number_masked, number_digest;
    std::string phone_sealed, phone_masked, phone_digest;
    std::string birth_date;
    IdentityCheck identity;                    // of name and number: matched
    std::optional<LivenessEvidence> liveness;  // while it is valid
    AssuranceLevel level = AssuranceLevel::real_name;
};

// Thread-safe.
class PortalPersons {
public:
    virtual ~PortalPersons() = default;
    // The person whose account the actor's session is. Reads the database: call it outside a unit of work.
    // access.not_signed_in for everybody else; persons.level_too_low (with the extra member "level", the level asked
    // for) when he has not proved enough yet.
    virtual Result<PortalPerson> verified(const Actor& actor, AssuranceLevel at_least) = 0;
};

}  // namespace tongban
