#pragma once
// Opening sessions, for flows that make somebody known: the sign-in of staff is access's own, the applicant who proved
// a phone by a code is let in by the flow that sent the code.

#include <string>

#include "base/sql.h"

namespace tongban {

struct OpenedSession {
    std::string set_cookie;  // value of the Set-Cookie header
    std::string csrf_token;  // for X-CSRF-Token of the calls that follow
};

struct ApplicantSession {
    Agency home = 0;
    std::string case_number;
    std::string party;  // party id within the case
    std::string name;
};

// Somebody with an account of the portal (modules/persons): not one case but everything of one's own.
struct PersonSession {
    Agency province = 0;
    std::string person;  // id; the actor's account is "person:<id>"
    std::string name;
};

class Sessions {
public:
    virtual ~Sessions() = default;
    // 30 minutes idle, 2 hours at most. Blocks: call it outside a unit of work. Do not store the cookie.
    virtual OpenedSession open_for_applicant(const ApplicantSession& applicant) = 0;
    // The same; a cookie of its own, so that a case can be looked at in between.
    virtual OpenedSession open_for_person(const PersonSession& person) = 0;
    // Ends the session that the cookie names, if there is one; gives the Set-Cookie that makes the browser forget it.
    virtual std::string end_for_person(std::string_view cookie_value) = 0;
    // The token of a session the caller's request came with: derived, so it may be shown again. Empty: no session.
    virtual std::string csrf_token_of(std::string_view cookie_value) = 0;
};

inline constexpr std::string_view staff_cookie = "tongban_session";
inline constexpr std::string_view applicant_cookie = "tongban_tracking";  // one case
inline constexpr std::string_view person_cookie = "tongban_person";       // an account

}  // namespace tongban
