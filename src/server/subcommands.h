#pragma once
// The subcommands of the program. Each gives the exit status: 0 done, 1 the answer is no or data is wrong, 2 the call
// was wrong. What they throw is caught in main and told in one sentence.

#include <string>
#include <vector>

#include "base/sql.h"
#include "platform/config/config.h"

namespace tongban {

int serve(const Config& config);
int run_sandbox(const Config& config);

int migrate(const Config& config);
int drop_schema(const Config& config);  // of config.database.schema; PostgreSQL only

struct DemoConfigChoice {
    std::string data;   // folder of everything that is written
    std::string share;  // folder that holds data/ and web/dist
    std::string address;
    int port = 8080;
    std::string database;  // empty: a file in `data`
    std::string schema;
};
int print_demo_config(const DemoConfigChoice& choice);
int load_demo_province(const Config& config);

enum class Output { table, json };
int print_demo_accounts(const Config& config, Output output);
int print_demo_people(Output output);

struct AccountChoice {
    Agency agency = 0;
    std::string login;
    std::string name;
    std::vector<std::string> duties;
};
int add_account(const Config& config, const AccountChoice& choice);  // the password is read from standard input

struct SeizureChoice {
    Agency agency = 0;
    std::string unit_number;
    std::string organ;
    std::string document_number;
    std::string until;  // date
};
int enter_seizure(const Config& config, const SeizureChoice& choice);

struct SealChoice {
    Agency agency = 0;
    std::string what;  // request, approve, refuse, issue, retire
    std::string seal;
    std::string kind;
    std::string who;
    std::string reason;
};
int list_seals(const Config& config, Agency agency, Output output);
int act_on_seal(const Config& config, const SealChoice& choice);

struct ClientChoice {
    Agency agency = 0;
    std::string what;  // request, approve, refuse, issue, revoke
    std::string client;
    std::string name;
    std::vector<std::string> grants;  // "registration/letter"
    std::string who;
    std::string reason;
};
int list_signing_clients(const Config& config, Agency agency, Output output);
int act_on_signing_client(const Config& config, const ClientChoice& choice);

int print_sample_documents(const Config& config, const std::string& folder);
int list_refunds(const Config& config, Agency agency, Output output);

// How far each journal is sealed, and what witnesses refused; 1 when something waits too long or is wrong.
int list_logs(const Config& config);

struct MonitorChoice {
    std::string url;    // of the platform
    std::string root;   // file of the root certificates to trust
    std::string state;  // file of what was seen so far
    std::int64_t stale_seconds = 300;
    std::int64_t every_seconds = 0;  // 0: once
};
int monitor_logs(const MonitorChoice& choice);  // 1 when anything did not fit

int check_data(const Config& config);

struct VerifyChoice {
    std::string file;
    std::vector<std::string> roots;  // files of the root certificates to trust; none: those of this installation
    std::string authority;           // where this installation keeps its roots
    std::string seen;                // file of a checkpoint seen before; may be empty
    std::string certificates;        // file of the signers' certificates, for a checkpoint alone
    std::string language = "zh";
    bool as_json = false;
};
int verify_file(const VerifyChoice& choice);  // 0 only for a file that proves what it claims

}  // namespace tongban
