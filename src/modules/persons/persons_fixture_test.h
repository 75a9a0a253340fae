#pragma once
// The accounts with everything outside played by hand: public security, the provider of liveness checks, the phone.

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "modules/access/core/access_problems.h"
#include "modules/journal/journal_store.h"
#include "modules/persons/liveness_port_http.h"
#include "modules/persons/person_accounts.h"
#include "testing/test_database.h"

namespace tongban {

inline constexpr Agency shandong = 370000;

class PersonsPlainVault : public Vault {
public:
    std::string seal(Agency agency, std::string_view plain) override
    {
        return std::to_string(agency) + "|" + std::string(plain);
    }
    std::string open(Agency agency, std::string_view sealed) override
    {
        const std::string head = std::to_string(agency) + "|";
        TONGBAN_ASSERT(sealed.starts_with(head));
        return std::string(sealed.substr(head.size()));
    }
    std::string digest(Agency agency, std::string_view plain) override
    {
        return sm3_hex(std::to_string(agency) + ":" + std::string(plain));
    }
};

class AnsweringPolice : public IdentityPort {
public:
    IdentityAnswer check(const IdentityQuestion& question) override
    {
        ++asked;
        if (silent) throw Unreachable("no answer");
        const bool known = question.name == "王小明" || question.name == "李示范";
        return {known ? IdentityOutcome::matched : IdentityOutcome::mismatched,
                "police",
                "P-" + std::to_string(asked),
                "",
                {}};
    }
    int asked = 0;
    bool silent = false;
};

class ProviderClient : public HttpClient {
public:
    Response send(Method, const std::string&, const Headers& headers, std::string body) override
    {
        if (silent) throw Unreachable("no answer");
        signature = headers.find("X-Platform-Signature");
        sent = body;
        const json::value asked = parse_json(body).value();
        const std::string id(asked.at("session_id").as_string());
        return Response::json(201, json::serialize(json::object{
                                       {"session_id", id                 },
                                       {"page_url",   "http://face/" + id}
        }));
    }
    bool silent = false;
    std::string sent, signature;
};

class ReadPhones : public Notices {
public:
    void queue(Sql&, Agency, std::string_view phone, NoticeKind kind, const NoticeValues& values,
               std::string_view) override
    {
        EXPECT_FALSE(notice_text(kind, values).empty());
        last_phone = phone;
        last_code = values.at("code");
        ++count;
    }
    std::string last_phone, last_code;
    int count = 0;
};

class RememberedSessions : public Sessions {
public:
    OpenedSession open_for_applicant(const ApplicantSession&) override { return {"tongban_tracking=x", "csrf"}; }
    OpenedSession open_for_person(const PersonSession& person) override
    {
        opened = person;
        return {"tongban_person=x", "csrf"};
    }
    std::string end_for_person(std::string_view) override { return "tongban_person="; }
    std::string csrf_token_of(std::string_view) override { return "csrf"; }
    PersonSession opened;
};

class PersonsFixture : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        accounts_ = std::make_unique<PersonAccounts>(PersonAccounts::Parts{
            database(), clock_, ids_, vault_, *journal_, police_, port_, phones_, sessions_, shandong});
    }

    Actor actor_of(const PortalPerson& person)
    {
        Actor actor;
        actor.account = person.account;
        actor.agency = shandong;
        actor.duties = {Duty::applicant};
        return actor;
    }
    Result<PersonAccounts::SignedIn> enter(const PersonClaim& claim)
    {
        clock_.advance(61'000);
        TRY(accounts_->send_code(claim, "1.1.1.1"));
        return accounts_->sign_in(claim, phones_.last_code, "1.1.1.1");
    }
    std::string notice(const std::string& check, const std::string& result, bool live, int score,
                       const std::string& transaction = "HT1")
    {
        return json::serialize(json::object{
            {"session_id",  check                 },
            {"transaction", transaction           },
            {"result",      result                },
            {"live",        live                  },
            {"score",       score                 },
            {"at",          utc_text(clock_.now())}
        });
    }
    Result<void> tell(const std::string& body) { return accounts_->take_notice(body, hmac_sm3_hex("secret", body)); }

    PersonsPlainVault vault_;
    AnsweringPolice police_;
    ProviderClient client_;
    HttpLivenessPort port_{
        client_, {"http://face", "http://us/callback", "http://us/back", "secret"}
    };
    ReadPhones phones_;
    RememberedSessions sessions_;
    std::unique_ptr<Journal> journal_ = make_journal();
    std::unique_ptr<PersonAccounts> accounts_;
    const PersonClaim wang_{"王小明", "370102190003071237", "13800000001"};
};

}  // namespace tongban
