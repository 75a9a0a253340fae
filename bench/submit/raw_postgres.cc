#include <libpq-fe.h>

#include <stdexcept>
#include <unordered_set>

#include "submit/raw.h"

namespace tongban::bench {

namespace {

// Statement by statement, as pgbench does it.
class PostgresWriter : public RawWriter {
public:
    explicit PostgresWriter(const std::string& conninfo) : handle_(PQconnectdb(conninfo.c_str()), PQfinish)
    {
        if (PQstatus(handle_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(handle_.get()));
    }

    void write(const std::vector<Submits::Submit>& submits) override
    {
        finish(PQexec(handle_.get(), "begin"));
        for (const Submits::Submit& submit : submits) {
            for (const Call& call : submit) write(call);
        }
        finish(PQexec(handle_.get(), "commit"));
    }

private:
    void write(const Call& call)
    {
        const Step& step = *call.step;
        if (prepared_.insert(&step).second) {
            finish(PQprepare(handle_.get(), step.name.c_str(), step.sql.c_str(), 0, nullptr));
        }
        std::vector<std::string> numbers(call.values.size());
        std::vector<const char*> values;
        for (const SqlValue& value : call.values) {
            if (const auto* text = std::get_if<std::string>(&value)) {
                values.push_back(text->c_str());
            } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
                numbers[values.size()] = std::to_string(*number);
                values.push_back(numbers[values.size()].c_str());
            } else {
                values.push_back(nullptr);
            }
        }
        finish(PQexecPrepared(handle_.get(), step.name.c_str(), static_cast<int>(values.size()), values.data(), nullptr,
                              nullptr, 0));
    }

    void finish(PGresult* result)
    {
        const ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            throw std::runtime_error(std::string("postgres: ") + PQerrorMessage(handle_.get()));
        }
    }

    std::unique_ptr<PGconn, void (*)(PGconn*)> handle_;
    std::unordered_set<const Step*> prepared_;
};

}  // namespace

std::unique_ptr<RawWriter> raw_postgres(const std::string& conninfo)
{
    return std::make_unique<PostgresWriter>(conninfo);
}

}  // namespace tongban::bench
