#pragma once
// Accounts and sessions. Passwords are argon2id, tokens 256 bits of chance of which the database holds the SM3 only;
// 30 minutes without a call end a session, 12 hours (applicants: 2) do so in any case (GB/T 22239 8.1.4.1).
// A cookie is "<agency>.<token>", so that the session is found with one agency's rows.
// Thread-safe. What is read here is cached for five seconds: a sign-out or a lost duty works on other nodes after that.

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/sql.h"
#include "modules/access/core/actor.h"
#include "modules/access/core/sessions.h"
#include "modules/access/core/throttle.h"

namespace tongban {

struct Session {
    Actor actor;
    std::string login;  // staff
    std::string csrf_token;
    std::string cookie_value;
    Millis seen_at = 0;
    Millis ends_at = 0;
};

struct NewAccount {
    Agency agency = 0;
    std::string login;     // 3–60 characters a–z 0–9 . _ -, unique in the platform
    std::string name;      // 王芳: printed as clerk on documents
    std::string password;  // 8–200 characters
    std::vector<Duty> duties;
};

class AccessService : public Sessions {
public:
    AccessService(Database& database, Clock& clock, IdSource& ids, bool secure_cookies);

    // access.sign_in_failed (the same answer after the same work for unknown accounts and wrong passwords),
    // access.too_many_attempts with Retry-After seconds in `retry_after`.
    struct SignedIn {
        Session session;
        std::string set_cookie;
    };
    Result<SignedIn> sign_in(const std::string& login, const std::string& password, const std::string& remote);

    std::optional<Session> find_session(std::string_view cookie_value);
    void sign_out(const Session& session);
    std::string ended_cookie(std::string_view name) const;  // Set-Cookie that makes the browser forget

    // access.login_taken, base.invalid_fields. Duties `anyone` and `applicant` cannot be given.
    Result<std::string> add_account(const NewAccount& account);
    // Where the person sits and can be called, for colleagues.
    Result<void> set_contact(const std::string& login, const std::string& place, const std::string& phone);
    Result<void> set_password(const std::string& login, const std::string& password);
    // Ends the account's sessions too.
    Result<void> set_active(const std::string& login, bool active);

    OpenedSession open_for_applicant(const ApplicantSession& applicant) override;
    OpenedSession open_for_person(const PersonSession& person) override;
    std::string end_for_person(std::string_view cookie_value) override;
    std::string csrf_token_of(std::string_view cookie_value) override;

    // False when the account was refused so often in this minute that one more need not be written down.
    bool may_note_refusal(const std::string& account);

    void purge(Agency agency);  // forgets ended sessions; for a background job

private:
    struct Cached {
        Session session;
        Millis read_at = 0;
    };
    std::string cookie(std::string_view name, std::string_view value, Millis lasts) const;
    std::string add_session(Agency agency, std::string_view kind, const Actor& actor, Millis lasts);
    std::optional<Session> read_session(Agency agency, const std::string& token);
    Result<void> count_attempt(const std::string& login, const std::string& remote);
    std::string spare_password();
    Result<std::pair<Agency, std::string>> get_login(const std::string& login);

    Database& database_;
    Clock& clock_;
    IdSource& ids_;
    const bool secure_cookies_;
    Throttle throttle_;          // by login and address
    Throttle login_throttle_;    // by login alone: many machines trying one name
    Throttle address_throttle_;  // by address alone: one machine trying many names
    Throttle refusals_;          // by account: those written down
    std::once_flag spare_once_;
    std::string spare_password_;  // what unknown accounts are compared with
    std::mutex mutex_;
    std::unordered_map<std::string, Cached> cache_;  // by cookie value
};

// The demonstration's accounts, one per duty at the two registries of the main path. Gives "login  duty  registry"
// rows; accounts that are there already stay as they are.
struct DemoAccount {
    std::string login;
    std::string name;
    Agency agency;
    Duty duty;
    std::string place = {}, phone = {};
};
std::vector<DemoAccount> seed_accounts(AccessService& access, const std::string& password);

}  // namespace tongban
