#pragma once
// A case of the demo province that was approved, and everything needed to go on from there: payment, registration,
// issuing, tracking, verification over the real stores, signer and press. For tests.

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <thread>

#include "base/codes.h"
#include "base/json.h"
#include "flows/issue_certificate.h"
#include "flows/pay_bill.h"
#include "flows/register_and_issue.h"
#include "flows/track_case.h"
#include "flows/verify_certificate.h"
#include "modules/calendar/calendar_files.h"
#include "modules/cases/case_store_sql.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/catalog/catalog_files.h"
#include "modules/certificates/certificates_problems.h"
#include "modules/evidence/core/evidence_verifier.h"
#include "modules/fees/fees_problems.h"
#include "modules/fees/tax_store.h"
#include "modules/journal/journal_store.h"
#include "platform/clock/system_clock.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/code_keys.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "platform/crypto/time_stamp.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/objects/local_objects.h"
#include "platform/sealing/file_verifier.h"
#include "platform/sealing/seal_ring.h"
#include "platform/zip/stored_archives.h"
#include "sandbox/demo_people.h"
#include "sandbox/demo_province.h"
#include "testing/test_database.h"

namespace tongban::after_approval {

inline constexpr Agency home = 370102;
inline constexpr Agency window = 370202;

class SilentOutbox : public Outbox {
public:
    std::string post(Sql&, Agency, Agency, std::string_view kind, std::string, Millis) override
    {
        return "message:" + std::string(kind);
    }
    void wake() override { ++wakes; }
    std::atomic<int> wakes = 0;
};

class RememberedNotices : public Notices {
public:
    void queue(Sql&, Agency, std::string_view phone, NoticeKind kind, const NoticeValues& values,
               std::string_view) override
    {
        const std::lock_guard lock(mutex);
        sent.push_back({std::string(phone), kind, values});
    }
    struct Sent {
        std::string phone;
        NoticeKind kind;
        NoticeValues values;
    };
    std::size_t count(NoticeKind kind)
    {
        return static_cast<std::size_t>(
            std::count_if(sent.begin(), sent.end(), [&](const Sent& s) { return s.kind == kind; }));
    }
    std::mutex mutex;
    std::vector<Sent> sent;
};

class PlainSessions : public Sessions {
public:
    OpenedSession open_for_applicant(const ApplicantSession& applicant) override
    {
        opened = applicant;
        return {"tongban_tracking=x", "csrf"};
    }
    OpenedSession open_for_person(const PersonSession&) override { return {"tongban_person=x", "csrf"}; }
    std::string end_for_person(std::string_view) override { return "tongban_person="; }
    std::string csrf_token_of(std::string_view) override { return "csrf"; }
    ApplicantSession opened;
};

class Gateway : public HttpClient {
public:
    Response send(Method, const std::string&, const Headers&, std::string body) override
    {
        order = std::string(parse_json(body).value().at("order_id").as_string());
        return Response::json(201, json::serialize(json::object{
                                       {"order_id", order                               },
                                       {"pay_url",  "http://gateway/pay/orders/" + order}
        }));
    }
    std::string order;
};

inline Actor staff(const std::string& account, const std::string& name, Duty duty)
{
    return {.account = account, .name = name, .agency = home, .duties = {duty}, .case_number = {}, .party = {}};
}

// Converting the fonts takes seconds: one press and one authority for all tests of the process.
struct SharedPlatform {
    SharedPlatform()
    {
        create_demo_ca(keys.path());
        press = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
        const auto name_of = [](Agency agency) { return "登记机构" + std::to_string(agency); };
        signer = make_agency_signer(keys.path(), name_of);
        agency_certificates = make_agency_certificates(keys.path(), name_of);
        judge = make_signature_judge({root_certificate(keys.path())});
        verifier = make_file_verifier(trusted_certificates(keys.path()));
        seals = make_seal_ring(keys.path(), *vault, clock);
        const std::string name = "登记机构" + std::to_string(home);
        const Millis now = clock.now();
        seals->make(home, "registration",
                    {name + "不动产登记专用章", name, press->seal_picture(name, "不动产登记专用章").value(),
                     now - 100LL * 365 * 24 * 3600 * 1000, now + 1000LL * 24 * 3600 * 1000});
        codes = make_code_keys(keys.path());
        authority = make_time_stamp_authority(keys.path(), clock);
    }
    TemporaryFolder keys;
    std::unique_ptr<DocumentPress> press;
    std::unique_ptr<AgencySigner> signer;
    std::unique_ptr<AgencyCertificates> agency_certificates;
    std::unique_ptr<SignatureJudge> judge;
    std::unique_ptr<FileVerifier> verifier;
    std::unique_ptr<StoredArchives> archives = make_stored_archives();
    SystemClock clock;  // certificates of the authority are valid now, not when a test plays
    std::unique_ptr<Vault> vault = make_vault(std::string(32, 's'));
    std::unique_ptr<SealRing> seals;
    std::unique_ptr<CodeKeys> codes;
    std::unique_ptr<TimeStampAuthority> authority;
};

// Members are made in the order in which they stand: what judges comes when there is something to judge with.
struct SharedEvidence : SharedPlatform {
    EvidenceVerifier evidence{*judge, *archives, *verifier};
};

class AuthorityOverHttp : public HttpClient {
public:
    explicit AuthorityOverHttp(TimeStampAuthority& authority) : authority_(authority) {}
    Response send(Method, const std::string&, const Headers&, std::string body) override
    {
        ++asked;
        if (is_dead) throw Unreachable("nobody there");
        Response response;
        response.body = authority_.answer(body);
        return response;
    }
    bool is_dead = false;
    int asked = 0;

private:
    TimeStampAuthority& authority_;
};

inline SharedEvidence& platform()
{
    static SharedEvidence shared;
    return shared;
}

class AfterApproval : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        platform();
        commands_ = make_commands(database(), clock_, *vault_);
        seed_demo_province(database(), register_, clock_);
        number_ = approved_case();
    }

    // ---- the case up to the approval
    Party party(PartyRole role, PartyKind kind, std::string_view name, std::string_view number, std::string_view phone,
                const std::string& represents = {})
    {
        PartyInput input;
        input.role = role;
        input.kind = kind;
        input.name = name;
        input.document_type = kind == PartyKind::person ? DocumentType::citizen_card : DocumentType::credit_code;
        input.number = number;
        input.phone = phone;
        input.represents = represents;
        return make_party(*vault_, home, "party-" + std::to_string(++parties_), input);
    }
    Dossier dossier()
    {
        const DemoPerson& owner = *find_demo_person("owner");
        const DemoPerson& agent = *find_demo_person("agent");
        const DemoOrganisation& bank = demo_organisations()[0];
        Dossier dossier;
        Application application;
        application.unit_number = unit_;
        application.values = {
            {"mortgage.way",                "general"                 },
            {"mortgage.secured_amount_fen", "120000000"               },
            {"mortgage.debt_from",          "2026-11-01"              },
            {"mortgage.debt_to",            "2036-10-31"              },
            {"mortgage.scope",              "主债权本金、利息"},
            {"mortgage.transfer_ban",       "no"                      },
            {"mortgage.contract_number",    "演示1号"              }
        };
        dossier.application = application;
        const Party mortgagee =
            party(PartyRole::mortgagee, PartyKind::organisation, bank.name, bank.number, bank.phone);
        dossier.parties.push_back(
            {party(PartyRole::mortgagor, PartyKind::person, owner.name, owner.number, owner.phone), {}, {}});
        dossier.parties.push_back({mortgagee, {}, {}});
        dossier.parties.push_back(
            {party(PartyRole::agent, PartyKind::person, agent.name, agent.number, agent.phone, mortgagee.id), {}, {}});
        return dossier;
    }
    Result<Case> act(const std::string& number, const CaseCommand& command, const Actor* actor = nullptr)
    {
        return write(home, [&](Sql& sql) -> Result<Case> {
            CaseFacts facts = actor == nullptr ? platform_facts(clock_.now()) : CaseFacts{};
            if (actor != nullptr) facts.actor = *actor;
            facts.now = clock_.now();
            facts.due_on = "2026-11-24";
            Case subject;
            if (std::holds_alternative<case_command::Open>(command)) {
                subject.agency = home;
            } else {
                subject = TRY(cases_->load(sql, home, number));
            }
            return steps_.take(sql, subject, command, facts);
        });
    }
    std::string approved_case()
    {
        const std::string number = write(home, [&](Sql& sql) -> Result<std::string> {
                                       return cases_->next_number(sql, home, clock_.now());
                                   }).value();
        const Item* item = catalog_.item_in_force(home, "DY-01", china_date(clock_.now())).value();
        const CaseOrigin origin{window, "collection-" + number, "DS1", "窗口"};
        EXPECT_TRUE(act(number, case_command::Open{ids_.next(), number, "DY-01", item->version, origin}).has_value());
        const Dossier all = dossier();
        EXPECT_TRUE(act(number, case_command::File{all, "digest", origin.collection_id, "坐落", "home"}).has_value());
        EXPECT_TRUE(act(number, case_command::Accept{}, &acceptor_).has_value());
        const Result<Case> approved = write(home, [&](Sql& sql) -> Result<Case> {
            const Bill bill =
                bills_.issue(sql, home, {number, "演示银行", {{"H", "登记费", 1, 8000, 8000}}, clock_.now()});
            CaseFacts facts;
            facts.actor = reviewer_;
            facts.now = clock_.now();
            const Case subject = TRY(cases_->load(sql, home, number));
            return steps_.take(sql, subject, case_command::Approve{"", bill.id, bill.amount_fen}, facts);
        });
        EXPECT_TRUE(approved.has_value());
        return number;
    }

    // ---- the rest of the way
    Case subject(const std::string& number)
    {
        return read([&](Sql& sql) { return cases_->load(sql, home, number); }).value();
    }
    Case subject() { return subject(number_); }
    Actor applicant()
    {
        return {.account = "applicant:" + number_ + ":p",
                .name = "王示范",
                .agency = home,
                .duties = {Duty::applicant},
                .case_number = number_,
                .party = "p"};
    }
    Result<void> notify(std::int64_t fen = 8000, const std::string& reference = "R1", const std::string& key = "secret")
    {
        const std::string body = json::serialize(json::object{
            {"order_id",   http_.order           },
            {"status",     "paid"                },
            {"amount_fen", fen                   },
            {"reference",  reference             },
            {"paid_at",    utc_text(clock_.now())}
        });
        return pay_.take_notice(body, hmac_sm3_hex(key, body));
    }
    void pay()
    {
        ASSERT_TRUE(pay_.start(applicant()).has_value());
        ASSERT_TRUE(notify().has_value());
    }
    Result<Response> enter(const Actor& actor) { return registration_.enter(actor, number_, subject().version, {}); }
    Certificate certificate()
    {
        return read([&](Sql& sql) -> Result<std::optional<Certificate>> {
                   return certificates_.find_for_case(sql, home, number_);
               })
            .value()
            .value();
    }
    void register_and_issue()
    {
        pay();
        ASSERT_TRUE(enter(registrar_).has_value());
        ASSERT_EQ(issuer().issue_due(), 1);
    }
    int certificates_in_all()
    {
        return static_cast<int>(read([&](Sql& sql) -> Result<std::size_t> {
                                    return certificates_.waiting(sql, clock_.now(), 100).size();
                                }).value());
    }
    std::string file() { return objects_.read(certificate().digest, 8 << 20).value(); }
    CertificateIssuer& issuer()
    {
        if (!issuer_) {
            issuer_ = std::make_unique<CertificateIssuer>(
                CertificateIssuer::Parts{database(), clock_, *cases_, steps_, certificates_, *platform().press,
                                         *platform().signer, objects_, *platform().seals, *time_stamps_,
                                         *platform().codes,
                                         [this](Agency, const std::string&) -> std::optional<std::string> {
                                             if (has_seal_) return "registration";
                                             return std::nullopt;
                                         }},
                "https://tongban.example");
        }
        return *issuer_;
    }
    void seize()
    {
        const auto done = write(home, [&](Sql& sql) {
            return register_.add_seizure(sql, home, {unit_, "演示法院", "演执2号", clock_.now(), "2029-11-22"}, "test",
                                         clock_.now());
        });
        ASSERT_TRUE(done.has_value());
    }

    bool has_seal_ = true;
    AuthorityOverHttp time_network_{*platform().authority};
    std::unique_ptr<TimeStamps> time_stamps_ =
        make_time_stamps(time_network_, {"http://time/"}, root_certificate(platform().keys.path()));
    const std::string unit_{demo_units()[0].unit_number};
    int parties_ = 0;
    std::string number_;
    Actor acceptor_ = staff("a1", "张受理", Duty::acceptor);
    Actor reviewer_ = staff("a2", "李审核", Duty::reviewer);
    Actor registrar_ = staff("a3", "王登簿", Duty::registrar);

    TemporaryFolder folder_;
    LocalObjects objects_{
        {.folder = folder_.path(), .master_key = std::string(32, 'k')}
    };
    std::unique_ptr<Vault> vault_ = make_vault(std::string(32, 'v'));
    std::unique_ptr<Journal> journal_ = make_journal();
    Catalog catalog_ = load_catalog("data");
    WorkCalendar calendar_ = load_calendar("data/calendar");
    Calendars calendars_{calendar_};
    std::unique_ptr<CaseStore> cases_ = make_case_store(*journal_, catalog_);
    SilentOutbox outbox_;
    RememberedNotices notices_;
    PlainSessions sessions_;
    Gateway http_;
    CaseCodes codes_{*vault_, ids_};
    CaseSteps steps_{*cases_, outbox_, notices_, codes_, catalog_};
    RegisterBook register_{*vault_, ids_, *journal_};
    BillStore bills_{ids_, *journal_};
    TaxStore taxes_{*journal_};
    CertificateStore certificates_{ids_};
    std::unique_ptr<Commands> commands_;
    PaymentGateway gateway_{
        http_, {"http://gateway/pay", "http://us/callback", "http://us/return", "secret"}
    };

    // These refer to the database, which exists from SetUp on.
    struct LazyDatabase : Database {
        explicit LazyDatabase(AfterApproval& test) : test_(test) {}
        Result<void> write(Agency agency, const Work& work) override { return test_.database().write(agency, work); }
        Result<void> read(const Work& work) override { return test_.database().read(work); }
        std::string_view engine() const override { return test_.database().engine(); }
        AfterApproval& test_;
    };
    struct LazyCommands : Commands {
        explicit LazyCommands(AfterApproval& test) : test_(test) {}
        Result<Response> run(Agency agency, const CommandKey& key, const Work& work) override
        {
            return test_.commands_->run(agency, key, work);
        }
        Result<std::optional<Response>> find(Agency agency, const CommandKey& key) override
        {
            return test_.commands_->find(agency, key);
        }
        int purge(Agency, Millis, int) override { return 0; }
        AfterApproval& test_;
    };
    LazyDatabase lazy_{*this};
    LazyCommands lazy_commands_{*this};
    PayBill pay_{
        {lazy_, clock_, *cases_, steps_, bills_, gateway_}
    };
    int woken_ = 0;
    RegisterAndIssue registration_{
        {clock_,     lazy_commands_, *cases_, steps_, register_, certificates_, catalog_, taxes_},
        [](Sql&, const Actor&, Agency, const std::string&) -> Result<Response> { return Response::json(200, "{}"); },
        [this] { ++woken_;}
    };
    TrackCase track_{
        {lazy_, clock_, ids_, *vault_, *cases_, bills_, certificates_, notices_, sessions_, objects_, catalog_,
         calendars_}
    };
    VerifyCertificate verify_{
        {lazy_, clock_, certificates_, register_, *platform().verifier, catalog_, platform().evidence},
        true
    };
    std::unique_ptr<CertificateIssuer> issuer_;
};

}  // namespace tongban::after_approval
