#include "server/wiring.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bulkhead.h"
#include "base/data_file.h"
#include "flows/case_claims.h"
#include "flows/case_codes.h"
#include "flows/case_deadlines.h"
#include "flows/case_sheets.h"
#include "flows/case_visits.h"
#include "flows/catalogue_news.h"
#include "flows/change_catalogue.h"
#include "flows/collect_at_window.h"
#include "flows/decide_case.h"
#include "flows/entry.h"
#include "flows/follow_logs.h"
#include "flows/issue_certificate.h"
#include "flows/own_cases.h"
#include "flows/pay_bill.h"
#include "flows/receive_package.h"
#include "flows/register_and_issue.h"
#include "flows/seal_logs.h"
#include "flows/settle_tax.h"
#include "flows/take_court_document.h"
#include "flows/track_case.h"
#include "flows/verify_certificate.h"
#include "modules/access/api_router.h"
#include "modules/access/session_http.h"
#include "modules/appointments/appointments.h"
#include "modules/appointments/hall_files.h"
#include "modules/calendar/calendar_files.h"
#include "modules/cases/case_store_sql.h"
#include "modules/catalog/catalog_files.h"
#include "modules/catalog/catalog_http.h"
#include "modules/catalog/change_store_sql.h"
#include "modules/catalog/version_text.h"
#include "modules/certificates/certificate_store.h"
#include "modules/collections/collection_store_sql.h"
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
#include "platform/clock/system_clock.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/http/http_client.h"
#include "platform/images/upload_gate.h"
#include "platform/log/log.h"
#include "platform/objects/local_objects.h"
#include "platform/sql/open_database.h"
#include "sandbox/demo_province.h"
#include "server/every.h"
#include "server/paths.h"
#include "server/problem_page.h"

namespace tongban {
namespace {

std::string made_key(const Paths& paths, const std::filesystem::path& file)
{
    std::filesystem::create_directories(paths.keys);
    std::filesystem::permissions(paths.keys, std::filesystem::perms::owner_all);
    return load_or_create_key(file);
}

void log_line(std::string_view line)
{
    LogLine(LogLevel::warning, "worker").text("what", line);
}

std::string api_description(const Config& config)
{
    const auto file = std::filesystem::path(config.data_dir).parent_path() / "api" / "openapi.yaml";
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + file.string() + " (it belongs beside data_dir)");
    return std::move(text).str();
}

// What an item says its entry does must be something the program can do.
Catalog checked_catalog(const std::string& data_dir)
{
    Catalog catalog = load_catalog(data_dir);
    for (const Item* item : catalog.items()) {
        if (!item->version.empty() && entry_maker(item->effect) == nullptr) {
            throw DataBroken("item " + item->code + " " + item->version + ": no entry is called " + item->effect);
        }
    }
    return catalog;
}

}  // namespace

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
    std::unique_ptr<AgencySigner> signer = make_signer();
    std::unique_ptr<PdfVerifier> verifier = make_pdf_verifier(root_certificate(paths.authority));
    std::unique_ptr<AgencyCertificates> agency_certificates = make_certificates();
    std::unique_ptr<SignatureJudge> judge = make_signature_judge({root_certificate(paths.authority)});
    std::unique_ptr<Journal> journal = make_journal();
    TransparencyLog log{
        {*database, clock, *signer, *agency_certificates, *judge}
    };
    std::unique_ptr<Commands> commands = make_commands(*database, clock, *vault);
    AccessService access{*database, clock, ids, config.public_base_url().starts_with("https://")};
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

    // flows
    CaseCodes case_codes{*vault, ids};
    CaseClaims case_claims{*database};
    CaseSteps steps{*cases, exchange, notices, case_codes, catalog};
    CaseSheets sheets{*database, *cases, register_book, bills, certificates, taxes, catalog, calendars, clock};
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
         .exchange = exchange,
         .identity = identity,
         .cards = cards,
         .persons = persons,
         .upload_bytes_max = config.objects.upload_bytes_max,
         .demonstration = config.demonstration}
    };
    DecideCase decide{
        {*database, clock, *commands, objects, *imaging, *press, catalog, calendars, *cases, steps, sheets,
         register_book, bills, certificates, taxes}
    };
    ReceivePackage receive{
        {*database, clock, ids, *vault, catalog, *cases, steps, *collections, register_book, exchange, case_claims}
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
    SettleTax settle_tax{
        {*database, clock, *vault, *commands, catalog, *cases, register_book, taxes, tax_port}
    };
    CertificateIssuer issuer{
        {*database, clock, *cases, steps, certificates, *press, *signer, objects},
        config.public_base_url(), log_line
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
    VerifyCertificate verify{
        {*database, clock, certificates, register_book, *verifier, catalog},
        config.demonstration
    };

    SealLogs seal_logs{
        {*database, clock, log, exchange},
        log_line
    };
    FollowLogs follow_logs{
        {*database, clock, log, *agency_certificates, catalog}
    };

    // Twice a second: what happened is provable within two seconds.
    Every sealing{"log_sealing", std::chrono::milliseconds(500), [this] { seal_logs.round(); }};

    // Ended sessions and answers older than what clients are promised (24 h) are forgotten.
    Every housekeeping{"housekeeping", std::chrono::minutes(10), [this] { forget_the_old(); }};

    // Another node may have published a version, a switch or a calendar.
    Every catalogue_watch{"catalogue", std::chrono::seconds(2), [this] { news.look(); }};

    Every case_clocks{"case_deadlines", std::chrono::minutes(5), [this] { deadlines.round(); }};

    // routes
    Router router;
    ApiRouter api{
        router,
        access,
        {.public_origin = config.public_base_url(),
          .refused = [this](const Refusal& r) { note_refusal(r); },
          .log = log_line}
    };

private:
    std::unique_ptr<AgencySigner> make_signer() const;
    std::unique_ptr<AgencyCertificates> make_certificates() const;
    AgencyNames registry_names() const;
    void add_routes();
    void add_system_routes();
    void note_refusal(const Refusal& refusal);
    void forget_the_old();
};

Platform::Parts::Parts(const Config& settings) : config(settings)
{
    news.look();
    catalog.when_unknown([this] { news.look(); });
    add_exchange_handlers(exchange, receive);
    add_visit_handlers(exchange, visits);
    exchange.handle(std::string(appointment_told_kind), [this](Sql& sql, const Message& message) -> Result<void> {
        appointments.take(sql, message.from, message.to, TRY(read_message<AppointmentTold>(message)));
        return {};
    });
    exchange.handle(std::string(case_people_kind),
                    [this](Sql& sql, const Message& message) { return own_cases.take(sql, message); });
    add_log_handlers(exchange, seal_logs);
    add_routes();
}

// A demonstration makes its own authority and keys at first use; elsewhere they must have been brought here.
std::unique_ptr<AgencySigner> Platform::Parts::make_signer() const
{
    if (!config.demonstration) return make_agency_signer(paths.authority);
    create_demo_ca(paths.authority);
    return make_agency_signer(paths.authority, registry_names());
}

std::unique_ptr<AgencyCertificates> Platform::Parts::make_certificates() const
{
    return make_agency_certificates(paths.authority, config.demonstration ? registry_names() : nullptr);
}

AgencyNames Platform::Parts::registry_names() const
{
    return [this](Agency agency) {
        const Registry* registry = catalog.find_registry(agency);
        if (!registry) throw std::runtime_error(fmt::format("there is no registry {} to sign for", agency));
        return registry->name;
    };
}

void Platform::Parts::add_routes()
{
    add_session_routes(api, access,
                       {.agency_name =
                            [this](Agency agency) {
                                if (agency == catalog.province()) return catalog.province_name() + "不动产登记主管部门";
                                const Registry* registry = catalog.find_registry(agency);
                                return registry ? registry->name : std::string{};
                            },
                        .demonstration = config.demonstration});
    add_person_routes(api, persons, config.demonstration);
    add_catalog_routes(api, catalog, clock, config.demonstration);
    add_guide_routes(api, catalog, *press, clock, config.public_base_url());
    add_change_routes(api, change_catalogue);
    add_collection_routes(api, collect);
    add_application_routes(api, collect);
    add_case_routes(api, decide);
    add_court_document_routes(api, court);
    add_registration_routes(api, register_and_issue);
    add_payment_routes(api, pay);
    add_tax_routes(api, settle_tax);
    add_tracking_routes(api, track);
    add_own_case_routes(api, own_cases);
    add_appointment_routes(api, appointments);
    add_verification_routes(api, verify);
    add_log_routes(api, follow_logs);
    add_system_routes();
}

void Platform::Parts::add_system_routes()
{
    router.add({.method = Method::get,
                .pattern = "/api/v1/health",
                .handler =
                    [this](Request&) {
                        const auto alive = database->read([](Sql&) { return Result<void>{}; });
                        TONGBAN_ASSERT(alive);
                        return Response::json(200, fmt::format(R"({{"status":"ok","version":"{}","database":"{}"}})",
                                                               TONGBAN_VERSION, database->engine()));
                    },
                .upload = {}});
    router.add({.method = Method::get,
                .pattern = "/problems/{code}",
                .handler = [](Request& request) { return problem_page(request.path_values.at("code")); },
                .upload = {}});
    router.add({.method = Method::get,
                .pattern = "/api/openapi.yaml",
                .handler =
                    [text = api_description(config)](Request&) {
                        Response answer{.status = 200, .headers = {}, .body = text, .stream = {}, .stream_bytes = {}};
                        answer.headers.add("Content-Type", "application/yaml; charset=utf-8");
                        return answer;
                    },
                .upload = {}});
}

// "No, not you" is an act too: it stands in the journal of the registry of the person who was refused.
void Platform::Parts::note_refusal(const Refusal& refusal)
{
    if (refusal.actor.agency == 0) return;  // nobody signed in: the access log has it
    const Event event{"access.refused", fmt::format(R"({{"route":"{}","code":"{}","trace":"{}"}})", refusal.route,
                                                    refusal.code, refusal.trace)};
    const auto noted = database->write(refusal.actor.agency, [&](Sql& sql) -> Result<void> {
        journal->append(sql, refusal.actor.agency, {"refusal", ids.next()}, 1, std::span(&event, 1),
                        refusal.actor.account, clock.now());
        return {};
    });
    TONGBAN_ASSERT(noted);
}

void Platform::Parts::forget_the_old()
{
    constexpr Millis day = 24LL * 60 * 60 * 1000;
    constexpr int rows_max = 1000;  // a lane must not wait long for us
    const auto forget = [&](Agency agency) {
        access.purge(agency);
        while (commands->purge(agency, clock.now() - day, rows_max) == rows_max) {
        }
    };
    for (const Registry& registry : catalog.registries()) forget(registry.code);
    forget(province);
    persons.purge();
}

Platform::Platform(const Config& config) : parts_(std::make_unique<Parts>(config)) {}
Platform::~Platform()
{
    stop_workers();
}

void Platform::start_workers()
{
    parts_->exchange.start();
    parts_->notices.start();
    parts_->issuer.start();
    parts_->housekeeping.start();
    parts_->case_clocks.start();
    parts_->sealing.start();
    parts_->catalogue_watch.start();
}

void Platform::stop_workers()
{
    parts_->catalogue_watch.stop();
    parts_->sealing.stop();
    parts_->case_clocks.stop();
    parts_->housekeeping.stop();
    parts_->issuer.stop();
    parts_->exchange.stop();
    parts_->notices.stop();
}

const Router& Platform::router() const
{
    return parts_->router;
}
const Catalog& Platform::catalog() const
{
    return parts_->catalog;
}
AccessService& Platform::access()
{
    return parts_->access;
}
Clock& Platform::clock()
{
    return parts_->clock;
}

void Platform::load_demo_province(const std::string& password)
{
    seed_accounts(parts_->access, password);
    seed_demo_province(*parts_->database, parts_->register_book, parts_->clock);
}

std::vector<DemoAccount> Platform::demo_accounts(const std::string& password)
{
    return seed_accounts(parts_->access, password);
}

Result<SeizureKind> Platform::enter_seizure(Agency agency, const NewSeizure& seizure)
{
    std::optional<SeizureKind> kind;
    const auto written = parts_->database->write(agency, [&](Sql& sql) -> Result<void> {
        kind = TRY(parts_->register_book.add_seizure(sql, agency, seizure, "admin", parts_->clock.now()));
        return {};
    });
    if (!written) return written.error();
    return *kind;
}

std::vector<RefundablePayment> Platform::refunds(Agency agency, int rows_max)
{
    std::vector<RefundablePayment> all;
    const auto read = parts_->database->read([&](Sql& sql) -> Result<void> {
        all = parts_->bills.to_refund(sql, agency, rows_max);
        return {};
    });
    TONGBAN_ASSERT(read);
    return all;
}

TransparencyLog& Platform::log()
{
    return parts_->log;
}

std::vector<std::string> Platform::faults()
{
    std::vector<std::string> faults;
    Database& database = *parts_->database;
    for (const Agency agency : journal_agencies(database)) {
        const ChainReport chain = verify_chain(database, agency);
        if (chain.broken) faults.push_back(fmt::format("journal of {}: {}", agency, *chain.broken));
        if (const auto broken = verify_log(database, agency, *parts_->agency_certificates, *parts_->judge))
            faults.push_back(fmt::format("log of {}: {}", agency, *broken));
        const auto note = [&](const char* what, const std::string& id, const std::string& fault) {
            if (!fault.empty()) faults.push_back(fmt::format("{} {} of {}: {}", what, id, agency, fault));
        };
        // Page by page, so that ten million cases need no more memory than five hundred.
        const auto go_through = [&](auto&& page_after, auto&& check, const char* what) {
            std::string last;
            for (bool more = true; more;) {
                const auto read = database.read([&](Sql& sql) -> Result<void> {
                    const std::vector<std::string> page = page_after(sql, last);
                    for (const std::string& id : page) note(what, id, check(sql, id));
                    more = !page.empty();
                    if (more) last = page.back();
                    return {};
                });
                TONGBAN_ASSERT(read);
            }
        };
        go_through([&](Sql& sql, const std::string& last) { return parts_->cases->numbers_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->cases->check(sql, agency, id); }, "case");
        go_through([&](Sql& sql, const std::string& last) { return parts_->collections->ids_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->collections->check(sql, agency, id); },
                   "sitting");
        go_through([&](Sql& sql, const std::string& last) { return parts_->changes->ids_after(sql, agency, last); },
                   [&](Sql& sql, const std::string& id) { return parts_->changes->check(sql, agency, id); }, "change");
        const auto books = database.read([&](Sql& sql) -> Result<void> {
            note("bills", "", parts_->bills.check_books(sql, agency));
            return {};
        });
        TONGBAN_ASSERT(books);
    }
    return faults;
}

}  // namespace tongban
