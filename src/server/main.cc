// tongban: one program, one function per subcommand.

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>

#include "base/sql.h"
#include "server/paths.h"
#include "server/subcommands.h"

namespace {

// --config, else TONGBAN_CONFIG, else var/config.toml when it is there, else the defaults.
tongban::Config config_from(const std::string& option)
{
    const char* environment = std::getenv("TONGBAN_CONFIG");
    const std::string path = !option.empty() ? option : environment ? environment : "";
    if (!path.empty()) return tongban::load_config(path);
    if (std::filesystem::exists("var/config.toml")) return tongban::load_config("var/config.toml");
    return {};
}

void add_admin_commands(CLI::App& app, const std::string& config_path, std::function<int()>& chosen)
{
    using namespace tongban;
    auto* admin = app.add_subcommand("admin", "configuration and data of the demonstration, accounts, court documents");
    admin->require_subcommand(1);

    static DemoConfigChoice demo;
    auto* config = admin->add_subcommand("demo-config", "print the configuration of a demonstration");
    config->add_option("--data", demo.data, "folder of everything that is written")->required();
    config->add_option("--share", demo.share, "folder that holds data/ and web/dist")->required();
    config->add_option("--address", demo.address, "address to listen on")->default_val("127.0.0.1");
    config->add_option("--port", demo.port, "port of the platform; the sandbox takes the next one")
        ->check(CLI::Range(1, 65534));
    config->add_option("--database", demo.database, "file of SQLite, or connection string or URL of PostgreSQL");
    config->add_option("--schema", demo.schema, "schema of PostgreSQL");
    config->callback([&] { chosen = [] { return print_demo_config(demo); }; });

    admin
        ->add_subcommand("demo-province",
                         "load the demonstration's accounts, units and keys; does nothing the second time")
        ->callback([&] { chosen = [&] { return load_demo_province(config_from(config_path)); }; });

    static bool as_json = false;
    const auto output = [] { return as_json ? Output::json : Output::table; };
    auto* accounts = admin->add_subcommand("demo-accounts", "print the demonstration's accounts");
    accounts->add_flag("--json", as_json);
    accounts->callback(
        [&, output] { chosen = [&, output] { return print_demo_accounts(config_from(config_path), output()); }; });
    auto* people = admin->add_subcommand("demo-people", "print the people and units of the demonstration");
    people->add_flag("--json", as_json);
    people->callback([&, output] { chosen = [output] { return print_demo_people(output()); }; });

    static AccountChoice account;
    auto* add = admin->add_subcommand("add-account", "add a staff account; its password is read from standard input");
    add->add_option("--agency", account.agency, "division code of the registry")->required();
    add->add_option("--login", account.login)->required();
    add->add_option("--name", account.name, "as printed on documents")->required();
    add->add_option("--duty", account.duties,
                    "collector, acceptor, reviewer, registrar, cashier, supervisor, cataloguer; may be "
                    "repeated")
        ->required();
    add->callback([&] { chosen = [&] { return add_account(config_from(config_path), account); }; });

    static SeizureChoice seizure;
    auto* seize = admin->add_subcommand("seize", "enter a court's seizure of a unit");
    seize->add_option("--agency", seizure.agency, "division code of the home registry")->required();
    seize->add_option("--unit", seizure.unit_number)->required();
    seize->add_option("--organ", seizure.organ, "the court")->required();
    seize->add_option("--document", seizure.document_number)->required();
    seize->add_option("--until", seizure.until, "last day, 2029-11-22")->required();
    seize->callback([&] { chosen = [&] { return enter_seizure(config_from(config_path), seizure); }; });

    static Agency refunding = 0;
    auto* refunds = admin->add_subcommand("refunds", "list the payments that a registry must give back");
    refunds->add_option("--agency", refunding, "division code of the registry")->required();
    refunds->add_flag("--json", as_json);
    refunds->callback(
        [&, output] { chosen = [&, output] { return list_refunds(config_from(config_path), refunding, output()); }; });

    admin->add_subcommand("logs", "how far each journal is sealed, and what witnesses refused")->callback([&] {
        chosen = [&] { return list_logs(config_from(config_path)); };
    });
    static SealChoice seal;
    auto* seals = admin->add_subcommand("seals", "list a registry's electronic seals and what they were put on");
    seals->add_option("--agency", seal.agency, "division code of the registry")->required();
    seals->add_flag("--json", as_json);
    seals->callback(
        [&, output] { chosen = [&, output] { return list_seals(config_from(config_path), seal.agency, output()); }; });
    auto* act = admin->add_subcommand("seal", "request, approve, refuse, issue or retire an electronic seal");
    act->add_option("act", seal.what)
        ->required()
        ->check(CLI::IsMember({"request", "approve", "refuse", "issue", "retire"}));
    act->add_option("--agency", seal.agency, "division code of the registry")->required();
    act->add_option("--seal", seal.seal, "its id; not for a request");
    act->add_option("--kind", seal.kind, "registration or collection; for a request");
    act->add_option("--account", seal.who, "who acts; whoever asked for a seal cannot approve it")->required();
    act->add_option("--reason", seal.reason);
    act->callback([&] { chosen = [&] { return act_on_seal(config_from(config_path), seal); }; });

    static ClientChoice client;
    auto* clients = admin->add_subcommand("clients", "list a registry's programs that may have documents sealed");
    clients->add_option("--agency", client.agency, "division code of the registry")->required();
    clients->add_flag("--json", as_json);
    clients->callback([&, output] {
        chosen = [&, output] { return list_signing_clients(config_from(config_path), client.agency, output()); };
    });
    auto* act_on = admin->add_subcommand(
        "client",
        "request, approve, refuse, issue (prints the token, once) or revoke a program that has documents sealed");
    act_on->add_option("act", client.what)
        ->required()
        ->check(CLI::IsMember({"request", "approve", "refuse", "issue", "revoke"}));
    act_on->add_option("--agency", client.agency, "division code of the registry")->required();
    act_on->add_option("--client", client.client, "its id; not for a request");
    act_on->add_option("--name", client.name, "as it stands in the use log; for a request");
    act_on->add_option("--grant", client.grants,
                       "registration/letter, registration/document or collection/receipt; may be repeated");
    act_on->add_option("--account", client.who, "who acts; whoever asked for it cannot approve it")->required();
    act_on->add_option("--reason", client.reason);
    act_on->callback([&] { chosen = [&] { return act_on_signing_client(config_from(config_path), client); }; });

    static std::string samples;
    auto* sample_documents =
        admin->add_subcommand("sample-documents", "print every document with invented texts into a folder");
    sample_documents->add_option("folder", samples)->required();
    sample_documents->callback(
        [&] { chosen = [&] { return print_sample_documents(config_from(config_path), samples); }; });

    admin->add_subcommand("drop-schema", "drop the configured schema of PostgreSQL with all its data")->callback([&] {
        chosen = [&] { return drop_schema(config_from(config_path)); };
    });
}

}  // namespace

int main(int argc, char** argv)
{
    using namespace tongban;
    CLI::App app{"Tongban 通办: cross-region real-estate registration"};
    app.set_version_flag("--version", TONGBAN_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    std::string config_path;
    app.add_option("--config", config_path, "configuration file; else TONGBAN_CONFIG, else var/config.toml");

    std::function<int()> chosen;
    const auto simple = [&](const char* name, const char* help, int (*run)(const Config&)) {
        app.add_subcommand(name, help)->callback([&, run] {
            chosen = [&, run] { return run(config_from(config_path)); };
        });
    };
    simple("serve", "serve the platform over HTTP", serve);
    simple("sandbox", "imitate the outside world: police, ID reader, SMS, payment (演示)", run_sandbox);
    simple("migrate", "bring the database's schema forward", migrate);
    simple("check-data", "check catalogue, journal chains, folds and books", check_data);
    add_admin_commands(app, config_path, chosen);

    MonitorChoice monitored;
    auto* monitor = app.add_subcommand("monitor", "follow the transparency logs of a platform from outside");
    monitor->add_option("--url", monitored.url, "address of the platform, http://host:port")->required();
    monitor->add_option("--root", monitored.root, "root certificates (PEM) to trust")
        ->required()
        ->check(CLI::ExistingFile);
    monitor->add_option("--state", monitored.state, "file that remembers what was seen")->required();
    monitor->add_option("--stale", monitored.stale_seconds, "seconds within which an event must have a seal");
    monitor->add_option("--every", monitored.every_seconds, "look again every so many seconds; without it once");
    monitor->callback([&] { chosen = [&] { return monitor_logs(monitored); }; });

    VerifyChoice verified;
    auto* verify =
        app.add_subcommand("verify", "verify a certificate (PDF, OFD), an evidence capsule or a checkpoint offline");
    verify->add_option("file", verified.file, "the file")->required()->check(CLI::ExistingFile);
    verify
        ->add_option("--root", verified.roots,
                     "root certificates (PEM) to trust; may be repeated; else those of this installation")
        ->check(CLI::ExistingFile);
    verify->add_option("--seen", verified.seen, "a checkpoint of the same log, seen before")->check(CLI::ExistingFile);
    verify->add_option("--certificates", verified.certificates, "certificates of a checkpoint's signers (PEM)")
        ->check(CLI::ExistingFile);
    verify->add_option("--lang", verified.language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
    verify->add_flag("--json", verified.as_json, "the report as JSON");
    verify->callback([&] {
        chosen = [&] {
            if (verified.roots.empty()) verified.authority = Paths(config_from(config_path)).authority;
            return verify_file(verified);
        };
    });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : 2;
    }
    try {
        return chosen();
    } catch (const std::exception& error) {
        std::cerr << "tongban: " << error.what() << '\n';
        return 1;
    }
}
