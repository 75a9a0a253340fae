#pragma once
// What the platform is made of: every part, in the order of their levels. Known to wiring only.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bulkhead.h"
#include "base/data_file.h"
#include "flows/case_claims.h"
#include "flows/case_codes.h"
#include "flows/case_deadlines.h"
#include "flows/case_history.h"
#include "flows/case_sheets.h"
#include "flows/case_visits.h"
#include "flows/cashier.h"
#include "flows/catalogue_news.h"
#include "flows/change_catalogue.h"
#include "flows/collect_at_window.h"
#include "flows/decide_case.h"
#include "flows/desk_work.h"
#include "flows/entry.h"
#include "flows/evidence_capsule.h"
#include "flows/follow_logs.h"
#include "flows/issue_certificate.h"
#include "flows/list_cases.h"
#include "flows/own_cases.h"
#include "flows/pay_bill.h"
#include "flows/receive_package.h"
#include "flows/register_and_issue.h"
#include "flows/seal_logs.h"
#include "flows/settle_tax.h"
#include "flows/sign_for_systems.h"
#include "flows/take_court_document.h"
#include "flows/track_case.h"
#include "flows/verify_certificate.h"
#include "modules/access/api_router.h"
#include "modules/access/session_http.h"
#include "modules/access/staff_list.h"
#include "modules/appointments/appointments.h"
#include "modules/appointments/hall_files.h"
#include "modules/calendar/calendar_files.h"
#include "modules/cases/case_store_sql.h"
#include "modules/cases/review_question_files.h"
#include "modules/catalog/catalog_files.h"
#include "modules/catalog/catalog_http.h"
#include "modules/catalog/change_store_sql.h"
#include "modules/catalog/version_text.h"
#include "modules/certificates/certificate_store.h"
#include "modules/collections/collection_store_sql.h"
#include "modules/evidence/core/evidence_verifier.h"
#include "modules/exchange/exchange_worker.h"
#include "modules/fees/bill_store.h"
#include "modules/fees/payment_gateway.h"
#include "modules/fees/tax_port_http.h"
#include "modules/fees/tax_store.h"
#include "modules/guides/guides_http.h"
#include "modules/journal/journal_store.h"
#include "modules/journal/log_store.h"
#include "modules/notify/notice_service.h"
#include "modules/parties/identity_port_http.h"
#include "modules/persons/liveness_port_http.h"
#include "modules/persons/persons_http.h"
#include "modules/seals/seal_store.h"
#include "modules/seals/signing_store.h"
#include "platform/clock/system_clock.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/code_keys.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "platform/crypto/time_stamp.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/http/http_client.h"
#include "platform/images/upload_gate.h"
#include "platform/log/log.h"
#include "platform/objects/local_objects.h"
#include "platform/sealing/file_verifier.h"
#include "platform/sealing/foreign_documents.h"
#include "platform/sealing/seal_ring.h"
#include "platform/sql/open_database.h"
#include "platform/zip/stored_archives.h"
#include "sandbox/demo_province.h"
#include "server/every.h"
#include "server/paths.h"
#include "server/problem_page.h"
#include "server/wiring.h"

namespace tongban {

// A secret kept in a file, made when it is not there yet.
std::string made_key(const Paths& paths, const std::filesystem::path& file);
void log_line(std::string_view line);
std::string api_description(const Config& config);
// The catalogue of the data folder; throws when an item that is on has an entry nobody makes.
Catalog checked_catalog(const std::string& data_dir);

// In the order of their levels; every part may use those above it.
struct Platform::Parts {
    explicit Parts(const Config& settings);

    // A neighbour that does not answer holds so many workers and no more.
    static constexpr Bulkhead::Limits outside_limits{.places = 8, .waiting = 8, .wait = std::chrono::seconds(2)};

    const Config config;
    const Paths paths{config};

    // platform
    SystemClock clock;
    SystemIds ids;
    PlainHttpClient http_client;
    std::unique_ptr<Database> database = open_database(config.database_spec(), config.database.schema);
    std::unique_ptr<Vault> vault = open_vault(paths.platform_key, KeyFile::may_be_created);
    LocalObjects objects{
        {.folder = config.objects_dir(),
         .master_key = made_key(paths, paths.objects_key),
         .bytes_max_total = config.objects.bytes_max_total,
         .free_bytes_min = config.objects.free_bytes_min}
    };
    std::unique_ptr<Imaging> imaging = make_imaging();
    std::unique_ptr<DocumentPress> press =
        make_document_press(paths.font_cache, config.demonstration ? PressMode::demo : PressMode::live);

    // modules
    const Catalog catalog = checked_catalog(config.data_dir);
    const Calendars calendars{load_calendar(config.data_dir + "/calendar")};
    const ReviewQuestions questions = load_review_questions(config.data_dir);
    std::unique_ptr<AgencySigner> signer = make_signer();
    std::unique_ptr<FileVerifier> verifier = make_file_verifier(trusted_certificates(paths.authority));
    std::unique_ptr<CodeKeys> codes = make_code_keys(paths.authority);
    std::unique_ptr<SealRing> seals = make_seal_ring(paths.authority, *vault, clock);
    BoundedHttpClient time_client{http_client, outside_limits};
    std::unique_ptr<TimeStamps> time_stamps =
        make_time_stamps(time_client, config.outside.time_stamp_urls, trusted_certificates(paths.authority));
    std::unique_ptr<AgencyCertificates> agency_certificates = make_certificates();
    std::unique_ptr<SignatureJudge> judge = make_signature_judge({root_certificate(paths.authority)});
    std::unique_ptr<Journal> journal = make_journal();
    TransparencyLog log{
        {*database, clock, *signer, *agency_certificates, *judge}
    };
    std::unique_ptr<Commands> commands = make_commands(*database, clock, *vault);
    AccessService access{*database, clock, ids, config.public_base_url().starts_with("https://")};
    StaffList staff;
    BoundedHttpClient identity_client{http_client, outside_limits};
    HttpIdentityPort identity{identity_client, config.outside.police_url};
    BoundedHttpClient cards_client{http_client, outside_limits};
    HttpCardReader cards{cards_client, config.outside.reader_url};
    NoticeService notices{*database, clock, ids, *vault, http_client, config.outside.sms_url, log_line};
    // The people of the portal belong to no registry but to the province.
    const Agency province = province_of(catalog.registries().front().code);
    BoundedHttpClient liveness_client{http_client, outside_limits};
    HttpLivenessPort liveness{
        liveness_client,
        {.provider_url = config.outside.liveness_url,
          .callback_url = config.public_base_url() + "/api/v1/gateway/liveness",
          .return_url = config.public_base_url() + "/portal/verified",
          .secret = made_key(paths, paths.liveness_secret)}
    };
    PersonAccounts persons{
        {*database, clock, ids, *vault, *journal, identity, liveness, notices, access, province}
    };
    std::unique_ptr<CollectionStore> collections = make_collection_store(*journal);
    std::unique_ptr<CaseStore> cases = make_case_store(*journal, catalog);
    ExchangeWorker exchange{*database, clock, ids, *signer, log_line};
    const HallPlans halls = load_halls(config.data_dir + "/appointments/halls.toml");
    Appointments appointments{
        {*database, clock, ids, persons, catalog, calendars, halls,
         [this](Sql& sql, Agency hall, Agency to, std::string body, Millis at) {
             exchange.post(sql, hall, to, appointment_told_kind, std::move(body), at);
         }, [this] { exchange.wake(); }}
    };
    RegisterBook register_book{*vault, ids, *journal};
    BillStore bills{ids, *journal};
    BoundedHttpClient payment_client{http_client, outside_limits};
    PaymentGateway gateway{
        payment_client,
        {.gateway_url = config.outside.payment_url,
          .callback_url = config.public_base_url() + "/api/v1/gateway/payments",
          .return_url = config.public_base_url() + "/pay/return",
          .secret = made_key(paths, paths.payment_secret)}
    };
    TaxStore taxes{*journal};
    BoundedHttpClient tax_client{http_client, outside_limits};
    HttpTaxPort tax_port{tax_client, config.outside.tax_url};
    CertificateStore certificates{ids};
    SealStore seal_store{ids, *journal};

    // flows
    CaseCodes case_codes{*vault, ids};
    CaseClaims case_claims{*database};
    CaseSteps steps{*cases, exchange, notices, case_codes, catalog};
    SittingSteps sittings{*collections, exchange, catalog};
    CaseSheets sheets{*database, *cases,  register_book, bills, certificates,
                      taxes,     catalog, calendars,     clock, questions};
    CaseReads reads{*database, clock};
    PowerStore power_store{*journal};
    StandingPowers powers{
        {*database, clock, *vault, *commands, objects, *imaging, catalog, power_store, *cases, steps, exchange}
    };
    CollectAtWindow collect{
        {.database = *database,
         .clock = clock,
         .ids = ids,
         .vault = *vault,
         .commands = *commands,
         .objects = objects,
         .imaging = *imaging,
         .press = *press,
         .catalog = catalog,
         .collections = *collections,
         .steps = sittings,
         .exchange = exchange,
         .identity = identity,
         .cards = cards,
         .persons = persons,
         .powers = powers,
         .upload_bytes_max = config.objects.upload_bytes_max,
         .demonstration = config.demonstration}
    };
    DecideCase decide{
        {*database, clock, *commands, objects, *imaging, *press, catalog, calendars, *cases, steps, sheets,
         register_book, bills, certificates, taxes, staff, reads, questions, powers}
    };
    ListCases inbox{*database, clock, catalog, calendars, *cases, staff};
    DeskWork desk{
        {clock, *commands, *cases, sheets, staff, catalog, questions}
    };
    ReceivePackage receive{
        {*database, clock, ids, *vault, catalog, *cases, steps, *collections, sittings, register_book, exchange,
         case_claims}
    };
    CaseVisits visits{
        {*database, clock, *vault, catalog, *cases, steps, case_codes, notices}
    };
    TakeCourtDocument court{
        {clock, *commands, *cases, steps, register_book}
    };
    CaseDeadlines deadlines{
        {*database, clock, catalog, calendars, *cases, steps}
    };
    PayBill pay{
        {*database, clock, *cases, steps, bills, gateway}
    };
    Cashier cashier{
        {*database, clock, *commands, catalog, *cases, steps, register_book, bills, gateway, pay}
    };
    SettleTax settle_tax{
        {*database, clock, *vault, *commands, catalog, *cases, register_book, taxes, tax_port}
    };
    CertificateIssuer issuer{
        {*database, clock, *cases, steps, certificates, *press, *signer, objects, *seals, *time_stamps, *codes,
         [this](Agency agency, const std::string& number) { return registration_seal(agency, number); }},
        config.public_base_url(),
        log_line
    };
    RegisterAndIssue register_and_issue{
        {clock,          *commands, *cases, steps, register_book, certificates, catalog, taxes},
        [this](Sql& sql, const Actor& actor, Agency agency, const std::string& number) {
            return sheets.respond(sql, actor, agency, number);
         },
        [this] {
            issuer.wake();
            steps.wake();
         }
    };
    TrackCase track{
        {*database, clock, ids, *vault, *cases, bills, certificates, notices, access, objects, catalog, calendars}
    };
    std::unique_ptr<ChangeStore> changes = make_change_store(*journal);
    std::unique_ptr<VersionReader> version_reader = make_version_reader(config.data_dir, catalog);
    CatalogueNews news{
        {*database, *changes, catalog, calendars, *version_reader}
    };
    ChangeImpact impact{
        {clock, catalog, *cases, register_book}
    };
    ChangeCatalogue change_catalogue{
        {*database, clock, ids, *commands, *changes, catalog, calendars, *version_reader, impact, news}
    };
    OwnCases own_cases{
        {*database, *vault, persons, access, catalog}
    };
    std::unique_ptr<StoredArchives> archives = make_stored_archives();
    EvidenceVerifier evidence{*judge, *archives, *verifier};
    VerifyCertificate verify{
        {*database, clock, certificates, register_book, *verifier, catalog, evidence},
        config.demonstration
    };

    SigningStore signings{ids, *journal};
    std::unique_ptr<ForeignFiles> foreign_files = make_foreign_files();
    SignForSystems sign_for_systems{
        {*database, clock, ids, *commands, objects, *imaging, seal_store, signings, *seals, *signer, *time_stamps,
         *foreign_files, *verifier}
    };

    SealLogs seal_logs{
        {*database, clock, log, exchange},
        log_line
    };
    FollowLogs follow_logs{
        {*database, clock, log, *agency_certificates, catalog}
    };
    EvidenceCapsule capsules{
        {*database, clock, ids, *vault, objects, *archives, *journal, log, *signer, *agency_certificates, *judge,
         *cases, certificates, catalog}
    };
    CaseHistory history{
        {*database, *cases, *journal, catalog}
    };

    // Twice a second: what happened is provable within two seconds.
    Every sealing{"log_sealing", std::chrono::milliseconds(500), [this] { seal_logs.round(); }};

    // Ended sessions and answers older than what clients are promised (24 h) are forgotten.
    Every housekeeping{"housekeeping", std::chrono::minutes(10), [this] { forget_the_old(); }};

    // Another node may have published a version, a switch or a calendar.
    Every catalogue_watch{"catalogue", std::chrono::seconds(2), [this] { news.look(); }};

    // Who looked into which case, gathered and written off the reading path.
    Every case_reads{"case_reads", std::chrono::seconds(2), [this] { reads.flush(); }};

    Every case_clocks{"case_deadlines", std::chrono::minutes(5), [this] { deadlines.round(); }};
    Every refunds{"refunds", std::chrono::seconds(5), [this] { cashier.give_back_round(); }};
    Every reconciliation{"reconciliation", std::chrono::minutes(15), [this] { cashier.reconcile_round(); }};

    // routes
    Router router;
    ApiRouter api{
        router,
        access,
        {.public_origin = config.public_base_url(),
          .refused = [this](const Refusal& r) { note_refusal(r); },
          .log = log_line}
    };

    // The one way to a seal with key and certificate: what people approved becomes usable.
    Result<RegistrySeal> issue_seal(Agency agency, const std::string& id, const std::string& who);

private:
    std::optional<std::string> registration_seal(Agency agency, const std::string& number);
    std::unique_ptr<AgencySigner> make_signer() const;
    std::unique_ptr<AgencyCertificates> make_certificates() const;
    std::string agency_name(Agency agency) const;  // empty: no such agency
    AgencyNames signer_names() const;
    void add_routes();
    void add_system_routes();
    void note_refusal(const Refusal& refusal);
    void forget_the_old();
};

}  // namespace tongban
