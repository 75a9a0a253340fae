#pragma once
// Accounts of the portal. A person signs in with name, citizen number and mobile: a code by SMS proves the phone,
// public security answers whether name and number belong together (L2). One number with one phone is one account: who
// knows another's name and number, but has another phone, gets an account that sees nothing of the other's until a
// liveness check has shown that he is the same person. Passports and permits cannot be checked online: those people go
// to a hall.

#include <string>

#include "base/sql.h"
#include "modules/access/core/sessions.h"
#include "modules/access/core/throttle.h"
#include "modules/journal/core/journal.h"
#include "modules/notify/core/notices.h"
#include "modules/parties/core/identity_port.h"
#include "modules/parties/core/person_identities.h"
#include "modules/persons/core/liveness_port.h"
#include "modules/persons/core/persons.h"

namespace tongban {

// In normal form.
struct PersonClaim {
    std::string name;
    std::string number;  // citizen number, or a residence permit's: clear text, never logged
    std::string phone;
};

// Thread-safe.
class PersonAccounts : public PortalPersons, public PersonIdentities {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        Vault& vault;
        Journal& journal;
        IdentityPort& identity;
        LivenessPort& liveness;
        Notices& notices;
        Sessions& sessions;
        Agency province = 0;  // 370000: where the accounts are kept
    };
    explicit PersonAccounts(const Parts& parts);

    // persons.too_many with Retry-After: a phone gets one code a minute, five an hour, ten a day; an address asks for
    // sixty in ten minutes.
    Result<void> send_code(const PersonClaim& claim, const std::string& remote);

    struct SignedIn {
        PortalPerson person;
        OpenedSession session;
    };
    // persons.code_wrong (a code lives ten minutes, dies after five attempts or one success), persons.not_matched.
    // Throws Unreachable when public security does not answer: the code stays good.
    Result<SignedIn> sign_in(const PersonClaim& claim, const std::string& code, const std::string& remote);

    Result<PortalPerson> verified(const Actor& actor, AssuranceLevel at_least) override;

    // For the sitting in which he verifies himself; persons.level_too_low before the liveness check of the day.
    Result<VerifiedPerson> find(const Actor& person) override;

    // What the person signed in with, in clear: for himself only.
    Result<PersonClaim> own_claim(const Actor& actor);

    struct LivenessStart {
        std::string check;
        std::string page;  // of the provider
    };
    // `request`: the Idempotency-Key; the same again gives the same check. persons.consent_missing, too_many,
    // liveness_unreachable.
    Result<LivenessStart> start_liveness(const Actor& actor, bool consented, const std::string& request);

    struct LivenessState {
        std::string state;  // open, passed, failed
        bool expired = false;
    };
    Result<LivenessState> liveness_state(const Actor& actor, const std::string& check);  // persons.check_not_found

    // The provider's signed call. A repeated notice changes nothing; another answer to the same check, and one that
    // comes too late, is refused: persons.check_closed.
    Result<void> take_notice(std::string_view body, std::string_view signature);

    std::string csrf_token_of(std::string_view cookie) { return parts_.sessions.csrf_token_of(cookie); }
    std::string sign_out(std::string_view cookie) { return parts_.sessions.end_for_person(cookie); }

    void purge();  // checks and codes that are over; for a background job

private:
    struct Row;
    std::optional<Row> load(Sql& sql, const std::string& id);
    PortalPerson person_of(const std::string& id, const Row& row) const;
    Result<IdentityCheck> check_identity(const PersonClaim& claim, const std::string& number_digest,
                                         const std::string& phone_digest);
    Result<std::string> keep(Sql& sql, const PersonClaim& claim, const IdentityCheck& identity);
    std::string code_digest(const PersonClaim& claim, const std::string& code);
    void note(Sql& sql, const std::string& id, std::int64_t version, std::string type, std::string body);

    Parts parts_;
    Throttle by_address_;
    Throttle by_number_;  // wrong names for one number
    Throttle by_person_;  // liveness checks
};

}  // namespace tongban
