#pragma once
// The settings of one installation: a TOML file over defaults that start a demonstration on an empty machine. An
// unknown key, a wrong type or a value out of range is an error that names file and line; nothing is ignored or
// guessed. packaging/config.example.toml shows every key with its default and is loaded by a test.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "platform/log/log.h"

namespace tongban {

struct Config {
    std::string var_dir = "var";    // everything the program writes, unless told otherwise below
    std::string data_dir = "data";  // catalogue, calendars, divisions as shipped
    std::string public_url;         // as browsers and QR codes know us; empty: http://address:port
    bool demonstration = true;      // every screen and document says 演示; the demo province may be loaded

    struct Listen {
        std::string address = "127.0.0.1";
        std::uint16_t port = 8080;
        std::string trusted_proxy;
        std::string static_root = "web/dist";
        int io_threads = 1;
        int worker_threads = 64;
    } listen;

    struct DatabaseSettings {
        std::string spec;    // a file of SQLite, or a libpq connection string or URL; empty: var_dir/tongban.db
        std::string schema;  // of PostgreSQL; empty: its default
    } database;

    struct Objects {
        std::string dir;                               // empty: var_dir/objects
        std::uint64_t upload_bytes_max = 64ULL << 20;  // one file
        std::uint64_t bytes_max_total = 0;             // 0: no limit
        std::uint64_t free_bytes_min = 64ULL << 20;
    } objects;

    // Where the outside world listens; the defaults are those of `tongban sandbox`, whose port is ours + 1.
    struct Outside {
        std::string police_url = "http://127.0.0.1:8081/police";
        std::string sms_url = "http://127.0.0.1:8081/sms";
        std::string payment_url = "http://127.0.0.1:8081/payment";
        std::string reader_url = "http://127.0.0.1:8081/reader";
        std::string tax_url = "http://127.0.0.1:8081/tax";
        std::string liveness_url = "http://127.0.0.1:8081/liveness";
        // Time-stamping authorities (RFC 3161), asked in this order; none: signatures go without.
        std::vector<std::string> time_stamp_urls{"http://127.0.0.1:8081/tsa"};
    } outside;

    LogOptions log;

    // With the defaults that follow from other settings filled in.
    std::string database_spec() const { return database.spec.empty() ? var_dir + "/tongban.db" : database.spec; }
    std::string objects_dir() const { return objects.dir.empty() ? var_dir + "/objects" : objects.dir; }
    std::string public_base_url() const;  // without a slash at the end
};

struct ConfigError : std::runtime_error {
    using std::runtime_error::runtime_error;  // "config.toml:12: …"
};

Config load_config(const std::string& path);
Config parse_config(std::string_view toml, const std::string& name);

}  // namespace tongban
