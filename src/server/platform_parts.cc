// Making the parts, and the routes they serve.
#include <boost/json.hpp>

#include "server/platform_parts.h"

namespace tongban {
namespace {

std::string keys_json(const std::vector<PublicKey>& keys)
{
    boost::json::array list;
    for (const PublicKey& key : keys)
        list.push_back({
            {"key_id",      key.key_id                },
            {"algorithm",   "ES256"                   },
            {"agency",      std::to_string(key.agency)},
            {"name",        key.name                  },
            {"certificate", key.certificate           }
        });
    return boost::json::serialize(boost::json::object{
        {"keys", std::move(list)}
    });
}

}  // namespace

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

Platform::Parts::Parts(const Config& settings) : config(settings)
{
    news.look();
    catalog.when_unknown([this] { news.look(); });
    add_exchange_handlers(exchange, receive);
    add_visit_handlers(exchange, visits);
    add_power_handlers(exchange, powers);
    exchange.handle(std::string(appointment_told_kind), [this](Sql& sql, const Message& message) -> Result<void> {
        appointments.take(sql, message.from, message.to, TRY(read_message<AppointmentTold>(message)));
        return {};
    });
    exchange.handle(std::string(case_people_kind),
                    [this](Sql& sql, const Message& message) { return own_cases.take(sql, message); });
    exchange.handle(std::string(application_told_kind),
                    [this](Sql& sql, const Message& message) { return own_cases.take_application(sql, message); });
    add_log_handlers(exchange, seal_logs);
    add_routes();
}

// A demonstration makes its own authority and keys at first use; elsewhere they must have been brought here.
std::unique_ptr<AgencySigner> Platform::Parts::make_signer() const
{
    if (!config.demonstration) return make_agency_signer(paths.authority);
    create_demo_ca(paths.authority);
    return make_agency_signer(paths.authority, signer_names());
}

std::unique_ptr<AgencyCertificates> Platform::Parts::make_certificates() const
{
    return make_agency_certificates(paths.authority, config.demonstration ? signer_names() : nullptr);
}

std::string Platform::Parts::agency_name(Agency agency) const
{
    if (agency == catalog.province()) return catalog.province_name() + "不动产登记主管部门";
    const Registry* registry = catalog.find_registry(agency);
    return registry ? registry->name : std::string{};
}

// The province signs, too: its log holds the people's accounts and the shared catalogue.
AgencyNames Platform::Parts::signer_names() const
{
    return [this](Agency agency) {
        std::string name = agency_name(agency);
        if (name.empty()) throw std::runtime_error(fmt::format("there is no agency {} to sign for", agency));
        return name;
    };
}

void Platform::Parts::add_routes()
{
    add_session_routes(
        api, access,
        {.agency_name = [this](Agency agency) { return agency_name(agency); }, .demonstration = config.demonstration});
    add_person_routes(api, persons, config.demonstration);
    add_catalog_routes(api, catalog, clock, config.demonstration);
    add_guide_routes(api, catalog, *press, clock, config.public_base_url());
    add_change_routes(api, change_catalogue);
    add_power_routes(api, powers);
    add_collection_routes(api, collect);
    add_application_routes(api, collect);
    add_case_routes(api, decide);
    add_inbox_routes(api, inbox);
    add_desk_routes(api, desk);
    add_read_routes(api, *database, reads, [this](Agency agency) {
        const Registry* registry = catalog.find_registry(agency);
        return registry ? registry->name : std::string{};
    });
    add_court_document_routes(api, court);
    add_registration_routes(api, register_and_issue);
    add_payment_routes(api, pay);
    add_money_routes(api, cashier);
    add_tax_routes(api, settle_tax);
    add_tracking_routes(api, track);
    add_own_case_routes(api, own_cases);
    add_appointment_routes(api, appointments);
    add_verification_routes(api, verify);
    add_log_routes(api, follow_logs);
    add_evidence_routes(api, capsules);
    add_history_routes(api, history);
    add_signing_routes(api, sign_for_systems);
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
                        return Response::json(
                            200, fmt::format(R"({{"status":"ok","version":"{}","database":"{}","time_stamps":"{}"}})",
                                             TONGBAN_VERSION, database->engine(),
                                             issuer.stamps_delayed() ? "delayed" : "ok"));
                    },
                .upload = {}});
    router.add({.method = Method::get,
                .pattern = "/api/v1/public/signing-keys",
                .handler = [this](Request&) { return Response::json(200, keys_json(codes->keys())); },
                .upload = {}});
    router.add({.method = Method::get,
                .pattern = "/api/v1/public/trusted-certificates.pem",
                .handler =
                    [text = trusted_certificates(paths.authority)](Request&) {
                        Response answer{.status = 200, .headers = {}, .body = text, .stream = {}, .stream_bytes = {}};
                        answer.headers.add("Content-Type", "application/x-pem-file");
                        return answer;
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

}  // namespace tongban
