// From the approved case to the certificate that anybody can verify: payment, registration, issuing, tracking,
// verification over the real stores, signer and press.

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <thread>

#include "base/codes.h"
#include "base/json.h"
#include "flows/demo_province.h"
#include "flows/issue_certificate.h"
#include "flows/pay_bill.h"
#include "flows/register_and_issue.h"
#include "flows/track_case.h"
#include "flows/verify_certificate.h"
#include "modules/cases/case_store_sql.h"
#include "modules/cases/core/cases_problems.h"
#include "modules/catalog/catalog_files.h"
#include "modules/certificates/certificates_problems.h"
#include "modules/fees/fees_problems.h"
#include "modules/journal/journal_store.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/objects/local_objects.h"
#include "sandbox/demo_people.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency home = 370102;
constexpr Agency window = 370202;

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

Actor staff(const std::string& account, const std::string& name, Duty duty)
{
    return {.account = account, .name = name, .agency = home, .duties = {duty}, .case_number = {}, .party = {}};
}

// Converting the fonts takes seconds: one press and one authority for all tests of the process.
struct SharedPlatform {
    SharedPlatform()
    {
        create_demo_ca(keys.path());
        press = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
        signer = make_agency_signer(keys.path(), [](Agency agency) { return "登记机构" + std::to_string(agency); });
        verifier = make_pdf_verifier(root_certificate(keys.path()));
    }
    TemporaryFolder keys;
    std::unique_ptr<DocumentPress> press;
    std::unique_ptr<AgencySigner> signer;
    std::unique_ptr<PdfVerifier> verifier;
};

SharedPlatform& platform()
{
    static SharedPlatform shared;
    return shared;
}

class AfterApprovalTest : public DatabaseTest {
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
        application.mortgage.secured_amount_fen = 120'000'000;
        application.mortgage.debt_from = "2026-11-01";
        application.mortgage.debt_to = "2036-10-31";
        application.mortgage.scope = "主债权本金、利息";
        application.mortgage.contract_number = "演示1号";
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
            const Bill bill = bills_.issue(
                sql, home,
                {number, "演示银行", registration_fee({8000, 55000, "H", "O"}, FeeClass::home), clock_.now()});
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
                                         *platform().signer, objects_},
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
    std::unique_ptr<CaseStore> cases_ = make_case_store(*journal_, catalog_);
    SilentOutbox outbox_;
    RememberedNotices notices_;
    PlainSessions sessions_;
    Gateway http_;
    CaseSteps steps_{*cases_, outbox_, notices_, catalog_};
    RegisterBook register_{*vault_, ids_, *journal_};
    BillStore bills_{ids_, *journal_};
    CertificateStore certificates_{ids_};
    std::unique_ptr<Commands> commands_;
    PaymentGateway gateway_{
        http_, {"http://gateway/pay", "http://us/callback", "http://us/return", "secret"}
    };

    // These refer to the database, which exists from SetUp on.
    struct LazyDatabase : Database {
        explicit LazyDatabase(AfterApprovalTest& test) : test_(test) {}
        Result<void> write(Agency agency, const Work& work) override { return test_.database().write(agency, work); }
        Result<void> read(const Work& work) override { return test_.database().read(work); }
        std::string_view engine() const override { return test_.database().engine(); }
        AfterApprovalTest& test_;
    };
    struct LazyCommands : Commands {
        explicit LazyCommands(AfterApprovalTest& test) : test_(test) {}
        Result<Response> run(Agency agency, const CommandKey& key, const Work& work) override
        {
            return test_.commands_->run(agency, key, work);
        }
        int purge(Agency, Millis, int) override { return 0; }
        AfterApprovalTest& test_;
    };
    LazyDatabase lazy_{*this};
    LazyCommands lazy_commands_{*this};
    PayBill pay_{
        {lazy_, clock_, *cases_, steps_, bills_, gateway_}
    };
    int woken_ = 0;
    RegisterAndIssue registration_{
        {clock_,     lazy_commands_, *cases_, steps_, register_, certificates_, catalog_},
        [](Sql&, const Actor&, Agency, const std::string&) -> Result<Response> { return Response::json(200, "{}"); },
        [this] { ++woken_;}
    };
    TrackCase track_{
        {lazy_, clock_, ids_, *vault_, *cases_, bills_, certificates_, notices_, sessions_, objects_, catalog_}
    };
    VerifyCertificate verify_{
        {lazy_, clock_, certificates_, register_, *platform().verifier, catalog_},
        true
    };
    std::unique_ptr<CertificateIssuer> issuer_;
};
TONGBAN_ON_EACH_ENGINE(AfterApprovalTest);

TEST_P(AfterApprovalTest, SeedingTwiceChangesNothing)
{
    EXPECT_EQ(seed_demo_province(database(), register_, clock_), 0);
}

TEST_P(AfterApprovalTest, APaymentMovesTheCaseOnceWhateverTheGatewayRepeats)
{
    const std::string page = pay_.start(applicant()).value();
    EXPECT_EQ(page, "http://gateway/pay/orders/" + http_.order);
    const std::string first = http_.order;
    EXPECT_TRUE(pay_.start(applicant()).has_value());
    EXPECT_EQ(http_.order, first) << "one open order";
    EXPECT_EQ(notify(8000, "R1", "forged").error().problem, &fees_problem::signature_wrong);
    EXPECT_EQ(notify(1, "R0").error().problem, &fees_problem::amount_wrong);
    EXPECT_EQ(subject().state, CaseState::awaiting_payment);
    EXPECT_TRUE(notify().has_value());
    EXPECT_EQ(subject().state, CaseState::paid);
    const std::int64_t version = subject().version;
    EXPECT_TRUE(notify().has_value());
    EXPECT_TRUE(notify(8000, "R2").has_value()) << "paid twice: kept for refund";
    EXPECT_EQ(subject().version, version);
    EXPECT_EQ(notices_.count(NoticeKind::case_paid), 3U) << "owner, bank, agent; once";
    EXPECT_EQ(pay_.start(applicant()).error().problem, &fees_problem::already_paid);
    const auto surplus = read([&](Sql& sql) -> Result<std::size_t> { return bills_.to_refund(sql, home, 10).size(); });
    EXPECT_EQ(surplus.value(), 2U) << "the wrong amount and the second payment";
}

TEST_P(AfterApprovalTest, TheEntryIsMadeWithOrderNumberAndEvents)
{
    EXPECT_EQ(enter(registrar_).error().problem, &cases_problem::action_not_allowed) << "unpaid";
    pay();
    EXPECT_EQ(registration_.enter(registrar_, number_, 1, {}).error().problem, &cases_problem::changed_meanwhile);
    Actor both = acceptor_;
    both.duties.push_back(Duty::registrar);
    EXPECT_EQ(enter(both).error().problem, &cases_problem::same_person);
    Actor elsewhere = registrar_;
    elsewhere.agency = window;
    EXPECT_EQ(enter(elsewhere).error().problem, &cases_problem::not_found) << "another registry has no such case";
    EXPECT_EQ(certificates_in_all(), 0);

    ASSERT_TRUE(enter(registrar_).has_value());
    EXPECT_EQ(woken_, 1);
    const Case registered = subject();
    EXPECT_EQ(registered.state, CaseState::registered);
    ASSERT_TRUE(registered.entry.has_value());
    EXPECT_EQ(registered.entry->mortgage_order, 1);
    EXPECT_EQ(registered.entry->certificate_number, "鲁(2026)历下区不动产证明第0000001号");
    EXPECT_EQ(certificate().state, CertificateState::preparing);
    EXPECT_EQ(enter(registrar_).error().problem, &cases_problem::already_registered);
    const auto unit = read([&](Sql& sql) -> Result<RegisterView> { return register_.find_unit(sql, home, unit_); });
    ASSERT_EQ(unit->mortgages.size(), 1U);
    EXPECT_EQ(unit->mortgages[0].registrar, "王登簿");
}

TEST_P(AfterApprovalTest, ASeizureAfterTheApprovalStopsTheEntry)
{
    pay();
    seize();
    const auto refused = enter(registrar_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().problem, &cases_problem::blocked);
    ASSERT_FALSE(refused.error().fields.empty());
    EXPECT_TRUE(refused.error().fields[0].code.starts_with("PRE-")) << refused.error().fields[0].code;
    EXPECT_EQ(subject().state, CaseState::paid);
    EXPECT_EQ(certificates_in_all(), 0);
}

TEST_P(AfterApprovalTest, OfTwoRegistrarsExactlyOneWins)
{
    pay();
    const std::int64_t seen = subject().version;
    std::array<Result<Response>, 2> answers{Error{base_problem::internal}, Error{base_problem::internal}};
    {
        std::vector<std::jthread> registrars;
        for (std::size_t i = 0; i < 2; ++i) {
            registrars.emplace_back([&, i] {
                const Actor actor = staff("r" + std::to_string(i), "登簿员" + std::to_string(i), Duty::registrar);
                answers[i] = registration_.enter(actor, number_, seen, {});
            });
        }
    }
    ASSERT_NE(answers[0].has_value(), answers[1].has_value());
    const Result<Response>& lost = answers[0].has_value() ? answers[1] : answers[0];
    EXPECT_EQ(lost.error().problem, &cases_problem::already_registered);
    EXPECT_NE(lost.error().detail.find(answers[0].has_value() ? "登簿员0" : "登簿员1"), std::string::npos);
    EXPECT_EQ(certificates_in_all(), 1);
}

TEST_P(AfterApprovalTest, TheFileIsMadeOnceAlsoAfterACrash)
{
    pay();
    ASSERT_TRUE(enter(registrar_).has_value());
    const std::string number = certificate().number;
    const auto leased = write(home, [&](Sql& sql) -> Result<bool> {
        return certificates_.lease(sql, home, number, clock_.now(), clock_.now() + 15000).has_value();
    });
    ASSERT_TRUE(leased.value()) << "a worker that took the lease and died";
    EXPECT_EQ(issuer().issue_due(), 0);
    EXPECT_EQ(certificate().state, CertificateState::preparing);
    clock_.advance(15000);
    EXPECT_EQ(issuer().issue_due(), 1);
    EXPECT_EQ(issuer().issue_due(), 0);
    EXPECT_EQ(certificate().state, CertificateState::issued);
    EXPECT_EQ(sm3_hex(file()), certificate().digest);
    EXPECT_EQ(subject().timeline.back().what, subject().last_event);
    const auto fault = read([&](Sql& sql) -> Result<std::string> { return cases_->check(sql, home, number_); });
    EXPECT_EQ(fault.value(), "");
}

TEST_P(AfterApprovalTest, TheWorkerThreadIsWokenByTheCommit)
{
    pay();
    issuer().start();
    ASSERT_TRUE(enter(registrar_).has_value());
    issuer().wake();
    for (int i = 0; i < 200 && certificate().state != CertificateState::issued; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    issuer().stop();
    EXPECT_EQ(certificate().state, CertificateState::issued);
}

TEST_P(AfterApprovalTest, TheFileProvesItselfUntilAByteIsChanged)
{
    register_and_issue();
    const std::string pdf = file();
    const Verdict good = verify_.by_file(pdf, "1.1.1.1").value();
    EXPECT_EQ(good.kind, VerdictKind::valid) << good.text;
    EXPECT_EQ(good.number, certificate().number);
    EXPECT_EQ(good.holder_masked.find("历下"), std::string::npos);
    EXPECT_TRUE(good.demonstration);

    for (std::size_t i = 0; i < 40; ++i) {
        std::string changed = pdf;
        char& byte = changed[i * changed.size() / 40];
        byte = static_cast<char>(byte ^ 1);
        const Verdict bad = verify_.by_file(changed, "1.1.1.1").value();
        EXPECT_TRUE(bad.kind == VerdictKind::altered || bad.kind == VerdictKind::foreign) << i << bad.text;
        EXPECT_TRUE(bad.number.empty() && bad.proven.empty());
    }
    std::string changed = pdf;
    changed[pdf.size() - 40] ^= 1;
    EXPECT_EQ(verify_.by_file(changed, "1.1.1.1")->kind, VerdictKind::altered);
    changed = pdf;
    changed[0] = 'X';
    EXPECT_EQ(verify_.by_file(changed, "1.1.1.1")->kind, VerdictKind::altered);
    EXPECT_NE(verify_.by_file(pdf + "\n", "1.1.1.1")->kind, VerdictKind::valid);
    EXPECT_EQ(verify_.by_file("hello", "1.1.1.1")->kind, VerdictKind::foreign);
    EXPECT_EQ(verify_.by_file("", "1.1.1.1")->kind, VerdictKind::foreign);
}

TEST_P(AfterApprovalTest, NumberAndCodeProveTheEntryAndItsEnd)
{
    register_and_issue();
    const Certificate issued = certificate();
    const auto check = [&](const std::string& number, const std::string& code) {
        return verify_.by_number(number, code, "1.1.1.1");
    };
    EXPECT_EQ(check(issued.number, issued.code)->kind, VerdictKind::valid);
    EXPECT_EQ(check("鲁（２０２６）历下区 不动产证明第0000001号", issued.code)->kind, VerdictKind::valid);
    EXPECT_EQ(check(issued.identifier, issued.code)->kind, VerdictKind::valid);
    EXPECT_EQ(check(issued.number, "AAAAAAAAAAAA")->kind, VerdictKind::unknown);
    EXPECT_EQ(check("鲁(2026)历下区不动产证明第0000002号", issued.code)->kind, VerdictKind::unknown);
    EXPECT_EQ(check("什么", issued.code).error().problem, &certificates_problem::number_invalid);
    EXPECT_EQ(check(issued.number, "").error().problem, &certificates_problem::number_invalid);

    const auto unit = read([&](Sql& sql) -> Result<RegisterView> { return register_.find_unit(sql, home, unit_); });
    const auto ended = write(home, [&](Sql& sql) -> Result<void> {
        return register_.end_mortgage(sql, home, unit->mortgages.at(0).id, "主债权消灭", "test", clock_.now());
    });
    ASSERT_TRUE(ended.has_value());
    EXPECT_EQ(check(issued.number, issued.code)->kind, VerdictKind::void_);
    EXPECT_EQ(verify_.by_file(file(), "1.1.1.1")->kind, VerdictKind::void_);
}

TEST_P(AfterApprovalTest, CheckingIsBoundedByAddress)
{
    for (int i = 0; i < 120; ++i) (void)verify_.by_number("x", "y", "2.2.2.2");
    EXPECT_EQ(verify_.by_number("x", "y", "2.2.2.2").error().problem, &certificates_problem::too_many_checks);
    EXPECT_EQ(verify_.by_number("x", "y", "3.3.3.3").error().problem, &certificates_problem::number_invalid);
    clock_.advance(61 * 1000);
    EXPECT_EQ(verify_.by_number("x", "y", "2.2.2.2").error().problem, &certificates_problem::number_invalid);
}

TEST_P(AfterApprovalTest, ACodeBySmsOpensTheCaseOnce)
{
    const std::string phone(find_demo_person("owner")->phone);
    const auto code = [&] { return notices_.sent.back().values.at("code"); };
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    ASSERT_EQ(notices_.count(NoticeKind::tracking_code), 1U);
    const std::string sent = code();
    ASSERT_EQ(sent.size(), 6U);
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    EXPECT_EQ(notices_.count(NoticeKind::tracking_code), 1U) << "an unused code is not sent again within a minute";

    const std::string wrong = sent == "000000" ? "000001" : "000000";
    EXPECT_EQ(track_.enter(number_, phone, wrong, "1.1.1.1").error().problem, &tracking_problem::code_wrong);
    const auto entered = track_.enter(number_, phone, sent, "1.1.1.1");
    ASSERT_TRUE(entered.has_value());
    EXPECT_EQ(sessions_.opened.name, "王示范");
    EXPECT_EQ(track_.enter(number_, phone, sent, "1.1.1.1").error().problem, &tracking_problem::code_wrong);

    const json::value view = parse_json(track_.view(entered->actor, "csrf").value()).value();
    EXPECT_EQ(view.at("turn").as_string(), "applicant");
    EXPECT_EQ(view.at("bill").at("amount_fen").as_int64(), 8000);
    EXPECT_EQ(track_.certificate(entered->actor).error().problem, &certificates_problem::not_found);
    register_and_issue();
    std::string first(5, '\0');
    auto download = track_.certificate(entered->actor);
    ASSERT_TRUE(download.has_value());
    download->bytes->read(first.data(), first.size());
    EXPECT_EQ(first, "%PDF-");
}

TEST_P(AfterApprovalTest, ForeignPhonesLearnNothingAndAttemptsAreCounted)
{
    EXPECT_TRUE(track_.send_code(number_, "13911112222", "1.1.1.1").has_value());
    EXPECT_TRUE(track_.send_code("TB37010220261123999999", "13911112222", "1.1.1.1").has_value());
    EXPECT_TRUE(track_.send_code("TB99999920261123000001", "13911112222", "1.1.1.1").has_value());
    EXPECT_EQ(notices_.count(NoticeKind::tracking_code), 0U);
    EXPECT_EQ(track_.enter(number_, "13911112222", "123456", "1.1.1.1").error().problem, &tracking_problem::code_wrong);

    const std::string phone(find_demo_person("agent")->phone);
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    const std::string sent = notices_.sent.back().values.at("code");
    for (int i = 0; i < 5; ++i) (void)track_.enter(number_, phone, "xxxxxx", "1.1.1.1");
    EXPECT_EQ(track_.enter(number_, phone, sent, "1.1.1.1").error().problem, &tracking_problem::code_wrong)
        << "five attempts kill a code";
}

TEST_P(AfterApprovalTest, ACodeDiesAfterTenMinutes)
{
    const std::string phone(find_demo_person("agent")->phone);
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    const std::string sent = notices_.sent.back().values.at("code");
    clock_.advance(10 * 60 * 1000);
    EXPECT_EQ(track_.enter(number_, phone, sent, "1.1.1.1").error().problem, &tracking_problem::code_wrong);
}

TEST(Masking, ShowsEnoughAndNoMore)
{
    EXPECT_EQ(masked_name("王示范"), "王**");
    EXPECT_EQ(masked_name("演示银行股份有限公司济南历下支行"), "演示银行****支行");
    EXPECT_EQ(masked_name("一二三四五"), "一****");
    EXPECT_EQ(masked_location("济南市历下区演示大街1号"), "济南市历下区******");
    EXPECT_EQ(masked_name(""), "");
}

}  // namespace
}  // namespace tongban
