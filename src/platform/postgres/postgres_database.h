#pragma once
// PostgreSQL 15 and newer through libpq: a few writing lanes (agencies are hashed over them) with group commit, and a
// pool of reading connections. Every statement has a deadline of ours, because a frozen server still completes TCP.

#include <memory>
#include <string>

#include "base/sql.h"

namespace tongban {

struct PostgresLimits {
    int lanes = 4;
    int readers_max = 16;
    int connect_ms = 3000;     // reaching a server, all back-off included
    int statement_ms = 10000;  // one round trip
    std::string schema = {};  // lower-case letters, digits, '_'; made when absent; empty: the account's own search path
};

// `conninfo` is what libpq understands: "host=… dbname=…" or a URL; several hosts are allowed. Connects once to see
// that it works. Throws DatabaseUnavailable with one sentence.
std::unique_ptr<Database> open_postgres(const std::string& conninfo, PostgresLimits limits = {});

// Removes a schema with all it holds: for instances that lived only for a test. Throws DatabaseUnavailable.
void drop_postgres_schema(const std::string& conninfo, const std::string& schema);

}  // namespace tongban
