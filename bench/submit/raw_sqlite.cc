#include <sqlite3.h>

#include <stdexcept>
#include <unordered_map>

#include "submit/raw.h"

namespace tongban::bench {

namespace {

class SqliteWriter : public RawWriter {
public:
    explicit SqliteWriter(const std::string& path)
    {
        check(sqlite3_open(path.c_str(), &handle_));
        sqlite3_busy_timeout(handle_, 20000);
        run("pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma wal_autocheckpoint=4000;"
            "pragma cache_size=-16000; pragma temp_store=memory;");
    }
    ~SqliteWriter() override
    {
        for (auto& [step, statement] : prepared_) sqlite3_finalize(statement);
        sqlite3_close(handle_);
    }
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;

    void write(const std::vector<Submits::Submit>& submits) override
    {
        run("begin immediate");
        for (const Submits::Submit& submit : submits) {
            for (const Call& call : submit) write(call);
        }
        run("commit");
    }

private:
    void write(const Call& call)
    {
        sqlite3_stmt*& statement = prepared_[call.step];
        if (!statement) check(sqlite3_prepare_v2(handle_, call.step->sql.c_str(), -1, &statement, nullptr));
        for (std::size_t i = 0; i < call.values.size(); ++i) {
            const int index = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(i + 1)).c_str());
            if (const auto* text = std::get_if<std::string>(&call.values[i])) {
                sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
            } else if (const auto* number = std::get_if<std::int64_t>(&call.values[i])) {
                sqlite3_bind_int64(statement, index, *number);
            } else {
                sqlite3_bind_null(statement, index);
            }
        }
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW) code = sqlite3_step(statement);
        if (code != SQLITE_DONE) check(code);
        sqlite3_reset(statement);
    }

    void check(int code)
    {
        if (code != SQLITE_OK) throw std::runtime_error(std::string("sqlite: ") + sqlite3_errmsg(handle_));
    }
    void run(const char* text) { check(sqlite3_exec(handle_, text, nullptr, nullptr, nullptr)); }

    sqlite3* handle_ = nullptr;
    std::unordered_map<const Step*, sqlite3_stmt*> prepared_;
};

}  // namespace

std::unique_ptr<RawWriter> raw_sqlite(const std::string& path)
{
    return std::make_unique<SqliteWriter>(path);
}

}  // namespace tongban::bench
