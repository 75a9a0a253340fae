#pragma once
// Following a case without an account: number and phone, a code by SMS, then a session for this one case — timeline in
// plain words, the bill, the certificate. Whoever asks about a case that is not theirs learns nothing, not even whether
// it exists: the answers are the same.

#include <string>

#include "base/crypto.h"
#include "base/objects.h"
#include "modules/access/core/api.h"
#include "modules/access/core/sessions.h"
#include "modules/access/core/throttle.h"
#include "modules/calendar/core/calendars.h"
#include "modules/cases/core/case_store.h"
#include "modules/catalog/core/catalog.h"
#include "modules/certificates/core/certificate.h"
#include "modules/fees/core/bills.h"
#include "modules/notify/core/notices.h"

namespace tongban {

namespace tracking_problem {
inline constexpr Problem code_wrong{"tracking.code_wrong", Kind::unprocessable, Retry::after_fix,
                                    "办件编号、手机号或验证码不正确，或验证码已失效"};
inline constexpr Problem too_many{"tracking.too_many", Kind::too_many, Retry::later, "操作过于频繁，请稍后再试"};
inline constexpr const Problem* all[] = {&code_wrong, &too_many};
}  // namespace tracking_problem

class TrackCase {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        IdSource& ids;
        Vault& vault;
        CaseStore& cases;
        Bills& bills;
        Certificates& certificates;
        Notices& notices;
        Sessions& sessions;
        ObjectStore& objects;
        const Catalog& catalog;
        const Calendars& calendars;
    };
    explicit TrackCase(Parts parts);

    // Both in normal form. Sends a code when they belong together; nobody can tell from the answer. tracking.too_many
    // only counts the address that asks. One phone of a case is sent at most one code a minute, five an hour, ten a
    // day.
    Result<void> send_code(const std::string& case_number, const std::string& phone, const std::string& remote);

    struct Entered {
        Actor actor;
        OpenedSession session;
    };
    // tracking.code_wrong whatever is wrong; a code lives ten minutes, dies after five attempts or one success.
    Result<Entered> enter(const std::string& case_number, const std::string& phone, const std::string& code,
                          const std::string& remote);

    // TrackedCase of the API as JSON text, for the actor's own case.
    Result<std::string> view(const Actor& applicant, const std::string& csrf_token);

    struct Download {
        std::unique_ptr<BodySource> bytes;
        std::string number;
    };
    // certificates.not_found while there is no file.
    Result<Download> certificate(const Actor& applicant, std::string_view format);  // pdf, ofd

    std::string csrf_token_of(std::string_view cookie) { return parts_.sessions.csrf_token_of(cookie); }

private:
    Parts parts_;
    Throttle by_address_;
};

// POST tracking-codes, POST tracking-sessions, GET tracked-case, GET tracked-case/certificate.pdf and .ofd, under
// /api/v1/public
void add_tracking_routes(Api& api, TrackCase& flow);

}  // namespace tongban
