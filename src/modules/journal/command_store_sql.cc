#include <boost/json.hpp>

#include "base/lost_race.h"
#include "modules/journal/journal_problems.h"
#include "modules/journal/journal_store.h"
#include "sql/command_sql.h"

namespace tongban {

namespace {

constexpr std::size_t key_bytes_max = 200;

std::string headers_text(const Headers& headers)
{
    boost::json::array list;
    for (const auto& [name, value] : headers.list()) list.push_back(boost::json::array{name, value});
    return boost::json::serialize(list);
}

Response stored_response(SqlRow& row, std::string body)
{
    Response response{static_cast<int>(row.integer(1)), {}, std::move(body), nullptr, {}};
    const boost::json::value headers = boost::json::parse(row.text(2));
    for (const boost::json::value& pair : headers.as_array()) {
        response.headers.add(std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string()));
    }
    response.headers.add("Idempotency-Replayed", "true");
    return response;
}

class SqlCommands : public Commands {
public:
    SqlCommands(Database& database, Clock& clock, Vault& vault) : database_(database), clock_(clock), vault_(vault) {}

    Result<Response> run(Agency agency, const CommandKey& key, const Work& work) override
    {
        if (key.key.size() > key_bytes_max) return Error(journal_problem::key_too_long);
        std::optional<Response> answer;
        const auto unit = [&](Sql& sql) { return run_in(sql, agency, key, work, answer); };
        try {
            TRY(database_.write(agency, unit));
        } catch (const UniqueViolation&) {
            // Another node ran the same key at the same moment and stored its answer first: now we find it.
            if (key.key.empty()) throw;
            TRY(database_.write(agency, unit));
        }
        return std::move(*answer);
    }

    Result<std::optional<Response>> find(Agency agency, const CommandKey& key) override
    {
        std::optional<Response> answer;
        if (key.key.empty()) return answer;
        if (key.key.size() > key_bytes_max) return Error(journal_problem::key_too_long);
        TRY(database_.read([&](Sql& sql) -> Result<void> {
            answer = TRY(stored(sql, agency, key));
            return {};
        }));
        return answer;
    }

    int purge(Agency agency, Millis before, int rows_max) override
    {
        int gone = 0;
        const Result<void> done = database_.write(agency, [&](Sql& sql) -> Result<void> {
            gone = static_cast<int>(
                sql.query(sql::command_purge, {std::int64_t{agency}, std::int64_t{before}, std::int64_t{rows_max}})
                    .size());
            return {};
        });
        TONGBAN_ASSERT(done.has_value());
        return gone;
    }

private:
    // Looked up inside the unit: two calls with one key are in the same lane, so the second one finds the answer.
    Result<void> run_in(Sql& sql, Agency agency, const CommandKey& key, const Work& work,
                        std::optional<Response>& answer)
    {
        answer.reset();
        if (key.key.empty()) {
            answer = TRY(work(sql));
            return {};
        }
        answer = TRY(stored(sql, agency, key));
        if (answer) return {};
        Result<Response> made = work(sql);
        if (!made) {
            // Another node may have done just this while we waited for a row: then its answer is ours.
            if (TRY(stored(sql, agency, key))) throw LostRace("the same key was answered by another node meanwhile");
            return made.error();
        }
        answer = std::move(*made);
        TONGBAN_ASSERT(!answer->stream);  // a stream cannot be given twice
        // Queued, not asked: what another node stored meanwhile shows as UniqueViolation without a round trip here.
        sql.execute(sql::command_add,
                    {std::int64_t{agency}, key.key, key.account, key.body_digest, std::int64_t{answer->status},
                     headers_text(answer->headers), vault_.seal(agency, answer->body), std::int64_t{clock_.now()}});
        return {};
    }

    Result<std::optional<Response>> stored(Sql& sql, Agency agency, const CommandKey& key)
    {
        std::optional<Response> answer;
        if (auto known = sql.find(sql::command_find, {std::int64_t{agency}, key.account, key.key})) {
            if (known->text(0) != key.body_digest) return Error(journal_problem::key_reused);
            answer = stored_response(*known, vault_.open(agency, known->text(3)));
        }
        return answer;
    }

    Database& database_;
    Clock& clock_;
    Vault& vault_;
};

}  // namespace

std::unique_ptr<Commands> make_commands(Database& database, Clock& clock, Vault& vault)
{
    return std::make_unique<SqlCommands>(database, clock, vault);
}

}  // namespace tongban
