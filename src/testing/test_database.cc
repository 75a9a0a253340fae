#include "testing/test_database.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "platform/sql/migrations.h"
#include "platform/sql/open_database.h"

namespace tongban {

namespace {

const char* postgres_conninfo()
{
    const char* text = std::getenv("TONGBAN_TEST_POSTGRES");
    return text && *text ? text : nullptr;
}

// The given connection string with another database name, in keyword form.
std::string with_database(const std::string& conninfo, const std::string& name)
{
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(conninfo.c_str(), &message), PQconninfoFree);
    if (!options) {
        const std::string why = message ? message : "out of memory";
        PQfreemem(message);
        throw std::runtime_error("TONGBAN_TEST_POSTGRES: " + why);
    }
    std::string made;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (!option->val || std::string_view(option->keyword) == "dbname") continue;
        made += option->keyword;
        made += "='";
        for (const char* c = option->val; *c; ++c) {
            if (*c == '\'' || *c == '\\') made += '\\';
            made += *c;
        }
        made += "' ";
    }
    return made + "dbname='" + name + "'";
}

void administer(const std::string& statement)
{
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(postgres_conninfo()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), statement.c_str()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        throw std::runtime_error("TONGBAN_TEST_POSTGRES: " + std::string(PQerrorMessage(connection.get())));
    }
}

void migrate(const std::string& spec)
{
    const auto database = open_database(spec);
    apply_migrations(*database, FakeClock().now());
}

// Migrated once in a program; each test copies it, which takes milliseconds.
class Template {
public:
    static Template& instance()
    {
        static Template made;
        return made;
    }

    const std::string& sqlite()
    {
        if (sqlite_.empty()) {
            const std::string path = folder_.path() + "/template.db";
            migrate(path);
            sqlite_ = path;
        }
        return sqlite_;
    }

    const std::string& postgres()
    {
        if (postgres_.empty()) {
            const std::string name = fresh_name();
            administer("create database " + name);
            postgres_ = name;
            migrate(with_database(postgres_conninfo(), name));
        }
        return postgres_;
    }

    std::string fresh_name() { return "tongban_test_" + std::to_string(getpid()) + "_" + std::to_string(++count_); }

    void drop()
    {
        if (postgres_.empty()) return;
        administer("drop database if exists " + postgres_ + " with (force)");
        postgres_.clear();
    }

private:
    TemporaryFolder folder_;
    std::string sqlite_;
    std::string postgres_;
    std::atomic<int> count_ = 0;
};

// At the end of the tests, not of the process: by then OpenSSL, which libpq needs, may have ended before us.
class DropTemplate : public ::testing::Environment {
public:
    void TearDown() override { Template::instance().drop(); }
};
[[maybe_unused]] const ::testing::Environment* const drop_template =
    ::testing::AddGlobalTestEnvironment(new DropTemplate);

}  // namespace

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "tongban-test-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary folder");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

DatabaseTest::DatabaseTest() = default;

DatabaseTest::~DatabaseTest()
{
    close();
    if (GetParam() != "postgres" || spec_.empty()) return;
    const std::size_t at = spec_.rfind("dbname='") + 8;
    try {
        administer("drop database if exists " + spec_.substr(at, spec_.rfind('\'') - at) + " with (force)");
    } catch (const std::exception& e) {
        ADD_FAILURE() << e.what();
    }
}

void DatabaseTest::SetUp()
{
    if (GetParam() == "postgres" && !postgres_conninfo()) GTEST_SKIP() << "TONGBAN_TEST_POSTGRES is not set";
}

Database& DatabaseTest::database()
{
    if (database_) return *database_;
    if (spec_.empty() && GetParam() == "sqlite") {
        folder_ = std::make_unique<TemporaryFolder>();
        spec_ = folder_->path() + "/test.db";
        std::filesystem::copy_file(Template::instance().sqlite(), spec_);
    } else if (spec_.empty()) {
        const std::string name = Template::instance().fresh_name();
        const std::string from = Template::instance().postgres();
        administer("create database " + name + " template " + from);
        spec_ = with_database(postgres_conninfo(), name);
    }
    database_ = open_database(spec_);
    return *database_;
}

}  // namespace tongban
