#pragma once
// "My cases" 我的办件: every case in which a person's number appears, at whichever registry, and what his account has
// begun online. The home registry tells the province by a message on every step of the case (CaseSteps) and of the
// application (SittingSteps); the province keeps rows of its own for people to read, so that no query goes across
// registries. Only persons with a citizen number or a residence permit: those can sign in.

#include "base/json.h"
#include "flows/package.h"
#include "flows/sitting_steps.h"
#include "modules/access/core/api.h"
#include "modules/access/core/sessions.h"
#include "modules/catalog/core/catalog.h"
#include "modules/persons/core/persons.h"

namespace tongban {

struct CasePerson {
    std::string party, name, number_sealed, phone_sealed;  // sealed by the home registry
};
BOOST_DESCRIBE_STRUCT(CasePerson, (), (party, name, number_sealed, phone_sealed))

// message_kind "case.people", home → province.
struct CasePeopleMessage {
    std::string number, item, item_name, state, turn, stage_text, due_on, location;
    bool ended = false;
    std::int64_t version = 0;
    Millis changed_at = 0;
    std::vector<CasePerson> people;
};
BOOST_DESCRIBE_STRUCT(CasePeopleMessage, (),
                      (number, item, item_name, state, turn, stage_text, due_on, location, ended, version, changed_at,
                       people))

inline constexpr std::string_view case_people_kind = "case.people";

CasePeopleMessage people_of(const Case& subject, const Catalog& catalog, Millis at);

// Thread-safe.
class OwnCases {
public:
    struct Parts {
        Database& database;
        Vault& vault;
        PortalPersons& persons;
        Sessions& sessions;
        const Catalog& catalog;
    };
    explicit OwnCases(const Parts& parts) : parts_(parts) {}

    // In the province's lane.
    Result<void> take(Sql& sql, const Message& message);
    Result<void> take_application(Sql& sql, const Message& message);

    // OwnCasePage of the API; the first page also holds the account's applications that have not ended (at most 50).
    // persons.level_too_low never: at level 2 people see what they left with this phone.
    Result<std::string> list(const Actor& person, const ApiRequest::Page& page);
    // A session for this one case, without another code. cases.not_found for what list() does not show.
    Result<OpenedSession> visit(const Actor& person, const std::string& number);

private:
    std::string registry_name(Agency home) const;
    json::array applications(Sql& sql, const PortalPerson& person) const;

    Parts parts_;
};

void add_own_case_routes(Api& api, OwnCases& flow);

}  // namespace tongban
