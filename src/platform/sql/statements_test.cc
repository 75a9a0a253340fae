// Every statement of the program is prepared on both engines, so that a typing error fails in seconds; and the rules
// which keep every engine possible (architecture.md 4) are checked on statements and schema.

#include <gmock/gmock.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "platform/sql/migrations.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

struct SqlFile {
    std::string_view name;
    std::string_view text;
};
const std::vector<SqlFile> statement_files = {
#include "all_statements.inc"
};
const std::vector<SqlFile> invariant_files = {
#include "all_invariants.inc"
};

struct Named {
    std::string file;
    std::string name;
    std::string text;  // without comments
};

std::string without_comments(std::string_view text)
{
    std::string made;
    for (const std::string& statement : split_statements(text)) made += statement;
    return made;
}

std::vector<Named> all_statements()
{
    std::vector<Named> made;
    for (const SqlFile& file : statement_files) {
        constexpr std::string_view mark = "-- name: ";
        std::size_t at = file.text.find(mark);
        while (at != std::string_view::npos) {
            const std::size_t name = at + mark.size();
            const std::size_t line = std::min(file.text.find('\n', name), file.text.size());
            at = file.text.find(mark, line);
            made.push_back({std::string(file.name),
                            std::string(file.text.substr(name, file.text.find_first_of(" \n", name) - name)),
                            without_comments(file.text.substr(line, at == std::string_view::npos ? at : at - line))});
        }
    }
    for (const SqlFile& file : invariant_files) {
        made.push_back({"db/invariants", "report_" + std::string(file.name), without_comments(file.text)});
    }
    return made;
}

std::set<std::string> placeholders(const std::string& text)
{
    std::set<std::string> found;
    const std::regex pattern(R"(\$[0-9]+)");
    for (std::sregex_iterator i(text.begin(), text.end(), pattern), end; i != end; ++i) found.insert(i->str());
    return found;
}

// What each migration says its tables are: name → tenant, reference or local.
std::map<std::string, std::string> declared_tables()
{
    std::map<std::string, std::string> declared{
        {"migrations", "local"}
    };
    const std::regex pattern(R"(-- table ([a-z_0-9]+): (tenant|reference|local) — \S)");
    for (const Migration& migration : embedded_migrations()) {
        const std::string text(migration.text);
        for (std::sregex_iterator i(text.begin(), text.end(), pattern), end; i != end; ++i) declared[(*i)[1]] = (*i)[2];
    }
    return declared;
}

bool mentions(const std::string& text, const std::string& word)
{
    return std::regex_search(text, std::regex("\\b" + word + "\\b"));
}

TEST(Statements, HaveUniqueNamesAndAnUnbrokenRowOfPlaceholders)
{
    std::set<std::string> names;
    for (const Named& statement : all_statements()) {
        EXPECT_TRUE(names.insert(statement.name).second) << statement.name << " appears twice";
        EXPECT_TRUE(statement.text.ends_with(";\n")) << statement.name << " does not end with ; at the end of a line";
        const auto used = placeholders(statement.text);
        for (std::size_t i = 1; i <= used.size(); ++i) {
            EXPECT_TRUE(used.contains("$" + std::to_string(i))) << statement.name << " has no $" << i;
        }
    }
    EXPECT_GE(names.size(), 10U);
}

TEST(Statements, NameOneRegistryUnlessTheyAreReports)
{
    const auto declared = declared_tables();
    const std::regex one_registry(R"(\bagency\s*=\s*\$[0-9]+)");
    for (const Named& statement : all_statements()) {
        if (statement.name.starts_with("report_")) continue;
        const bool tenant = std::ranges::any_of(
            declared, [&](const auto& t) { return t.second == "tenant" && mentions(statement.text, t.first); });
        if (!tenant) continue;
        // An insert names it as a column.
        const bool inserts = std::regex_search(statement.text, std::regex(R"(insert into \w+\s*\(\s*agency\b)"));
        EXPECT_TRUE(inserts || std::regex_search(statement.text, one_registry))
            << statement.file << ".sql: " << statement.name << " touches a tenant table without agency = $n; "
            << "all-agency reads are named report_…";
    }
}

TEST(Statements, UseNothingThatSomeEngineCannotRepeat)
{
    const std::regex forbidden(
        R"(\b(now|random|gen_random_uuid|clock_timestamp|datetime|strftime|nextval|last_insert_rowid)\s*\(|current_timestamp|\bserial\b|autoincrement|create (temp|trigger)|\bmerge into\b|lock table)",
        std::regex::icase);
    std::smatch found;
    for (const Named& statement : all_statements()) {
        EXPECT_FALSE(std::regex_search(statement.text, found, forbidden)) << statement.name << " uses " << found.str();
    }
    for (const Migration& migration : embedded_migrations()) {
        const std::string text = without_comments(migration.text);
        EXPECT_FALSE(std::regex_search(text, found, forbidden)) << migration.name << " uses " << found.str();
    }
}

// The migrated database, opened with the C libraries.
class MigratedTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        database();
        close();
        if (GetParam() == "sqlite") {
            sqlite3* opened = nullptr;
            ASSERT_EQ(sqlite3_open(spec().c_str(), &opened), SQLITE_OK);
            sqlite_.reset(opened);
        } else {
            postgres_.reset(PQconnectdb(spec().c_str()));
            ASSERT_EQ(PQstatus(postgres_.get()), CONNECTION_OK);
        }
    }
    // Rows of a pragma or catalogue query, as text.
    std::vector<std::vector<std::string>> rows(const std::string& text)
    {
        std::vector<std::vector<std::string>> made;
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(sqlite_.get(), text.c_str(), -1, &statement, nullptr), SQLITE_OK) << text;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            std::vector<std::string> row;
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                const auto* value = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
                row.emplace_back(value ? value : "");
            }
            made.push_back(std::move(row));
        }
        sqlite3_finalize(statement);
        return made;
    }

    std::unique_ptr<sqlite3, int (*)(sqlite3*)> sqlite_{nullptr, sqlite3_close};
    std::unique_ptr<PGconn, void (*)(PGconn*)> postgres_{nullptr, PQfinish};
};
TONGBAN_ON_EACH_ENGINE(MigratedTest);

TEST_P(MigratedTest, PreparesEveryStatement)
{
    for (const Named& statement : all_statements()) {
        if (sqlite_) {
            sqlite3_stmt* made = nullptr;
            const int code = sqlite3_prepare_v2(sqlite_.get(), statement.text.c_str(), -1, &made, nullptr);
            EXPECT_EQ(code, SQLITE_OK) << statement.file << ".sql: " << statement.name << ": "
                                       << sqlite3_errmsg(sqlite_.get());
            sqlite3_finalize(made);
        } else {
            PGresult* made = PQprepare(postgres_.get(), statement.name.c_str(), statement.text.c_str(), 0, nullptr);
            EXPECT_EQ(PQresultStatus(made), PGRES_COMMAND_OK)
                << statement.file << ".sql: " << statement.name << ": " << PQresultErrorMessage(made);
            PQclear(made);
        }
    }
}

class SchemaRulesTest : public MigratedTest {
protected:
    std::string first_column_of_index(const std::string& index)
    {
        return rows("select name from pragma_index_info('" + index + "') order by seqno").at(0).at(0);
    }
};
INSTANTIATE_TEST_SUITE_P(On, SchemaRulesTest, ::testing::Values("sqlite"));

TEST_P(SchemaRulesTest, EveryTableIsDeclaredAndDeclaredTablesExist)
{
    std::set<std::string> present;
    for (const auto& row : rows("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")) {
        present.insert(row[0]);
    }
    for (const auto& [table, kind] : declared_tables()) {
        EXPECT_TRUE(present.erase(table)) << table << " is declared but not made";
    }
    for (const std::string& table : present) {
        ADD_FAILURE() << table << " needs a line '-- table " << table << ": tenant|reference|local — what it is'";
    }
}

TEST_P(SchemaRulesTest, ColumnsAreTextIntegerOrBigint)
{
    const std::set<std::string> allowed{"TEXT", "INTEGER", "BIGINT"};
    for (const auto& [table, kind] : declared_tables()) {
        for (const auto& column : rows("select name, upper(type) from pragma_table_info('" + table + "')")) {
            EXPECT_TRUE(allowed.contains(column[1])) << table << "." << column[0] << " is " << column[1];
            // PostgreSQL's INTEGER has 32 bits: neither milliseconds nor a large sum of fen fit.
            if (std::regex_search(column[0], std::regex("^at$|_at$|_until$|_fen$|^seq$|^version$"))) {
                EXPECT_EQ(column[1], "BIGINT") << table << "." << column[0];
            }
        }
    }
}

TEST_P(SchemaRulesTest, TenantTablesStartWithTheRegistry)
{
    for (const auto& [table, kind] : declared_tables()) {
        if (kind != "tenant") continue;
        const auto agency =
            rows("select upper(type), \"notnull\", pk from pragma_table_info('" + table + "') where name = 'agency'");
        ASSERT_EQ(agency.size(), 1U) << table << " has no column agency";
        EXPECT_EQ(agency[0], (std::vector<std::string>{"INTEGER", "1", "1"}))
            << table << ": agency integer not null must be the first column of the primary key";
        for (const auto& index : rows("select name from pragma_index_list('" + table + "') where \"unique\" = 1")) {
            EXPECT_EQ(first_column_of_index(index[0]), "agency") << "a unique constraint of " << table;
        }
        for (const auto& key :
             rows("select \"table\", \"from\", \"to\" from pragma_foreign_key_list('" + table + "') where seq = 0")) {
            if (declared_tables()[key[0]] == "tenant") {
                EXPECT_EQ(key[1], "agency") << table << " refers to " << key[0] << " across registries";
            }
        }
    }
}

// Ten years of a registry must not be gone through for one row. SQLite's planner, which has no statistics here, takes
// an index that gives the order asked for before one that finds; an index that does both is what such a statement
// needs.
TEST_P(SchemaRulesTest, NoStatementGoesThroughEverythingOfARegistry)
{
    const std::map<std::string, std::string> wanted{
        {"inbox_count",                      "counts open work, in an index of its own"        },
        {"desk_loads",                       "counts open work, in an index of its own"        },
        {"seals_of",                         "the seals of a registry"                         },
        {"signing_clients_of",               "the programs of a registry"                      },
        {"rule_requests_of",                 "the newest ones, by an index, limited"           },
        {"account_list",                     "the staff of a registry"                         },
        {"staff_list",                       "the staff of a registry"                         },
        {"sessions_end_of_account",          "sessions are forgotten after a day"              },
        {"payments_to_refund",               "a partial index of those"                        },
        {"payments_balance",                 "adds up the books; check-data only"              },
        {"money_balance",                    "adds up the books; check-data only"              },
        {"certificate_holes",                "goes through the numbers of a year; reports only"},
        {"liveness_purge",                   "holds a day's checks"                            },
        {"person_codes_purge",               "holds two days' codes"                           },
        {"register_rights_of",               "sorts what stands on one unit"                   },
 // Known to grow with the registry; nothing that a person waits for asks them.
        {"certificate_faults",               "for the operator"                                },
        {"certificate_stock_of_certificate", "no screen yet"                                   },
        {"certificate_stock_in_state",       "no screen yet"                                   },
        {"notices_about",                    "tests only"                                      },
        {"register_units_on_parcel",         "a seizure of a whole parcel"                     },
        {"register_units_of_number",         "no screen yet"                                   },
    };
    const std::regex all_of_it(R"(^(SEARCH .*\(agency=\?\)|SCAN .*)$)");
    std::set<std::string> seen;
    for (const Named& statement : all_statements()) {
        if (statement.name.starts_with("report_") || !mentions(statement.text, "agency")) continue;
        for (const auto& step : rows("explain query plan " + statement.text)) {
            if (!std::regex_match(step.at(3), all_of_it)) continue;
            seen.insert(statement.name);
            EXPECT_TRUE(wanted.contains(statement.name))
                << statement.file << ".sql: " << statement.name << ": " << step[3];
        }
    }
    for (const auto& [name, why] : wanted) EXPECT_TRUE(seen.contains(name)) << name << " need not be listed any more";
}

TEST_P(SchemaRulesTest, ReferenceTablesReferToNoTenant)
{
    for (const auto& [table, kind] : declared_tables()) {
        if (kind == "tenant") continue;
        for (const auto& key : rows("select \"table\" from pragma_foreign_key_list('" + table + "')")) {
            EXPECT_NE(declared_tables()[key[0]], "tenant") << table;
        }
    }
}

}  // namespace
}  // namespace tongban
