// Configuration and data of the demonstration, accounts, court documents.

#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "base/money.h"
#include "platform/clock/system_clock.h"
#include "platform/log/log.h"
#include "platform/postgres/postgres_database.h"
#include "platform/sql/migrations.h"
#include "platform/sql/open_database.h"
#include "sandbox/demo_people.h"
#include "server/subcommands.h"
#include "server/wiring.h"

namespace tongban {
namespace {

// Printed by ./run and typed by everybody who tries the demonstration; refused where demonstration = false.
constexpr const char* demo_password = "tongban-demo-2026";

void require_demonstration(const Config& config)
{
    if (!config.demonstration)
        throw std::runtime_error("this installation is no demonstration (demonstration = false)");
}

std::string refund_reason(const std::string& outcome)
{
    if (outcome == "settled") return "办件未登簿";
    if (outcome == "surplus") return "重复或逾期缴费";
    if (outcome == "wrong_amount") return "金额不符";
    throw BrokenInvariant("a payment to refund without a word on its reason");
}

std::string toml_text(const std::string& text)
{
    return boost::json::serialize(boost::json::string(text));
}

}  // namespace

int migrate(const Config& config)
{
    std::filesystem::create_directories(config.var_dir);
    const auto database = open_database(config.database_spec(), config.database.schema);
    SystemClock clock;
    for (const std::string& name : apply_migrations(*database, clock.now())) fmt::print("applied {}\n", name);
    return 0;
}

int drop_schema(const Config& config)
{
    require_demonstration(config);
    if (config.database.schema.empty()) throw std::runtime_error("no schema is configured (database.schema)");
    drop_postgres_schema(config.database_spec(), config.database.schema);
    return 0;
}

int print_demo_config(const DemoConfigChoice& choice)
{
    const std::string sandbox = fmt::format("http://{}:{}", choice.address, choice.port + 1);
    fmt::print(
        "# Settings of a demonstration, written by ./run; see packaging/config.example.toml for every key.\n"
        "var_dir = {}\ndata_dir = {}\ndemonstration = true\n\n"
        "[listen]\naddress = {}\nport = {}\nstatic_root = {}\n\n"
        "[database]\nspec = {}\nschema = {}\n\n"
        "[outside]\npolice_url = {}\nsms_url = {}\npayment_url = {}\nreader_url = {}\ntax_url = {}\nliveness_url = "
        "{}\ntime_stamp_urls = [{}]\n",
        toml_text(choice.data), toml_text(choice.share + "/data"), toml_text(choice.address), choice.port,
        toml_text(choice.share + "/web/dist"), toml_text(choice.database), toml_text(choice.schema),
        toml_text(sandbox + "/police"), toml_text(sandbox + "/sms"), toml_text(sandbox + "/pay"),
        toml_text(sandbox + "/id-reader"), toml_text(sandbox + "/tax"), toml_text(sandbox + "/liveness"),
        toml_text(sandbox + "/tsa"));
    return 0;
}

int load_demo_province(const Config& config)
{
    require_demonstration(config);
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    platform.load_demo_province(demo_password);
    return 0;
}

int print_demo_accounts(const Config& config, Output output)
{
    require_demonstration(config);
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    const auto accounts = platform.demo_accounts(demo_password);
    boost::json::array list;
    if (output == Output::table) fmt::print("\n演示账号（密码均为 {}）\n", demo_password);
    for (const DemoAccount& account : accounts) {
        const Registry* registry = platform.catalog().find_registry(account.agency);
        const std::string place = registry ? registry->name : std::to_string(account.agency);
        if (output == Output::table)
            fmt::print("  {:<18} {}  {}  {}\n", account.login, account.name, chinese(account.duty), place);
        list.push_back({
            {"login",    account.login                                         },
            {"password", demo_password                                         },
            {"name",     account.name                                          },
            {"agency",   std::to_string(account.agency)                        },
            {"duties",   boost::json::array{std::string(to_text(account.duty))}}
        });
    }
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(list));
    return 0;
}

int print_demo_people(Output output)
{
    if (output == Output::json) {
        fmt::print("{}\n", boost::json::serialize(demo_people_json()));
        return 0;
    }
    fmt::print("演示人员（均为虚构）\n");
    for (const DemoPerson& person : demo_persons())
        fmt::print("  {}  {}  {}  {}\n", person.name, person.number, person.phone, person.what);
    fmt::print("演示不动产单元\n");
    for (const DemoUnit& unit : demo_units()) fmt::print("  {}  {}  {}\n", unit.unit_number, unit.location, unit.what);
    return 0;
}

int add_account(const Config& config, const AccountChoice& choice)
{
    NewAccount account{
        .agency = choice.agency, .login = choice.login, .name = choice.name, .password = {}, .duties = {}};
    for (const std::string& duty : choice.duties) {
        const Duty* known = find_duty(duty);
        if (!known) throw std::runtime_error("there is no duty called " + duty);
        account.duties.push_back(*known);
    }
    std::getline(std::cin, account.password);
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    const auto added = platform.access().add_account(account);
    if (!added) {
        std::string text(added.error().problem->title);
        for (const FieldError& field : added.error().fields) text += "; " + field.pointer + " " + field.detail;
        throw std::runtime_error(text);
    }
    fmt::print("{}\n", *added);
    return 0;
}

int enter_seizure(const Config& config, const SeizureChoice& choice)
{
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    const auto entered = platform.enter_seizure(choice.agency, {.unit_number = choice.unit_number,
                                                                .organ = choice.organ,
                                                                .document_number = choice.document_number,
                                                                .delivered_at = platform.clock().now(),
                                                                .until = choice.until});
    if (!entered) throw std::runtime_error(std::string(entered.error().problem->title) + " " + entered.error().detail);
    fmt::print("{}已登记\n", chinese(*entered));
    return 0;
}

int list_refunds(const Config& config, Agency agency, Output output)
{
    constexpr int rows_max = 10'000;
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    const std::vector<RefundablePayment> all = platform.refunds(agency, rows_max);
    boost::json::array list;
    for (const RefundablePayment& payment : all) {
        if (output == Output::table) {
            fmt::print("{}  {}  {} 元  缴费 {}  支付流水 {}  订单 {}\n", payment.case_number,
                       refund_reason(payment.outcome), money_text(payment.amount_fen), china_date_time(payment.paid_at),
                       payment.reference, payment.order_id);
        }
        list.push_back({
            {"case_number", payment.case_number      },
            {"reason",      payment.outcome          },
            {"amount_fen",  payment.amount_fen       },
            {"paid_at",     utc_text(payment.paid_at)},
            {"reference",   payment.reference        },
            {"order_id",    payment.order_id         }
        });
    }
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(list));
    if (output == Output::table && all.empty()) fmt::print("没有待退付的款项\n");
    if (all.size() == static_cast<std::size_t>(rows_max))
        fmt::print(stderr, "only the first {} are listed\n", rows_max);
    return 0;
}

}  // namespace tongban
