#pragma once
// Who a person with an account online really is: the real name his account was proven with, and the liveness check of
// his session. An online sitting records nobody else's identity than the account's own (domain.md 8.1, 8.3).

#include <string>

#include "base/result.h"
#include "modules/access/core/actor.h"
#include "modules/parties/core/party.h"

namespace tongban {

struct VerifiedPerson {
    std::string name;
    DocumentType document_type = DocumentType::citizen_card;
    std::string number;    // clear text, normal form; never logged
    std::string source;    // who matched name and number: "police"
    std::string evidence;  // of the session's liveness check: its number at the verification service
};

class PersonIdentities {
public:
    virtual ~PersonIdentities() = default;
    // Of the account behind `person` ("person:<id>"). persons.level_too_low before the liveness check. May block;
    // call it outside a unit of work.
    virtual Result<VerifiedPerson> find(const Actor& person) = 0;
};

}  // namespace tongban
