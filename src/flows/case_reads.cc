#include "flows/case_reads.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "modules/cases/core/cases_problems.h"
#include "sql/case_reads_sql.h"

namespace tongban {
namespace {

namespace json = boost::json;

constexpr std::size_t gathered_max = 10'000;

// Whose work is here, also while the case waits for somebody outside.
bool is_at_own_desk(const Actor& actor, CaseState state)
{
    switch (queue_of(state)) {
    case CaseQueue::collecting:
    case CaseQueue::acceptance:
    case CaseQueue::supplement: return actor.holds(Duty::acceptor);
    case CaseQueue::review:
    case CaseQueue::suspended: return actor.holds(Duty::reviewer);
    case CaseQueue::payment: return actor.holds(Duty::acceptor) || actor.holds(Duty::reviewer);
    case CaseQueue::registration: return actor.holds(Duty::registrar);
    case CaseQueue::none:
    case CaseQueue::done: return false;
    }
    throw BrokenInvariant("a queue nobody reads");
}

std::string duty_text(const Actor& actor)
{
    return actor.duties.empty() ? std::string{} : std::string(chinese(actor.duties.front()));
}

}  // namespace

Result<std::string> purpose_of_reading(const Actor& actor, CaseState state, const std::vector<std::string>& workers,
                                       const std::string& reason)
{
    if (is_at_own_desk(actor, state)) return "办理（" + std::string(chinese(state)) + "）";
    if (std::ranges::find(workers, actor.account) != workers.end()) return std::string("查看本人办理过的办件");
    const std::string given{trimmed(reason)};
    if (!text_fault(given) && character_count(given) >= 2 && character_count(given) <= 100) return given;
    return Error{cases_problem::read_reason_needed};
}

void CaseReads::merge(std::map<Key, CaseRead>& into, const Key& key, const CaseRead& read)
{
    const auto [place, added] = into.emplace(key, read);
    if (added) return;
    place->second.times += read.times;
    place->second.first_at = std::min(place->second.first_at, read.first_at);
    place->second.last_at = std::max(place->second.last_at, read.last_at);
}

void CaseReads::note(const Actor& actor, const std::string& number, const std::string& purpose)
{
    const Millis now = clock_.now();
    bool full = false;
    {
        const std::lock_guard lock(mutex_);
        merge(gathered_, {actor.agency, number, china_date(now), actor.account, purpose},
              {actor.account, actor.name, duty_text(actor), purpose, 1, now, now});
        full = gathered_.size() >= gathered_max;
    }
    if (full) flush();  // who looks faster than we write waits
}

void CaseReads::flush()
{
    std::map<Key, CaseRead> batch;
    {
        const std::lock_guard lock(mutex_);
        batch.swap(gathered_);
    }
    while (!batch.empty()) {
        const Agency agency = std::get<0>(batch.begin()->first);
        const auto end = std::ranges::find_if(batch, [&](const auto& one) { return std::get<0>(one.first) != agency; });
        try {
            const auto written = database_.write(agency, [&](Sql& sql) -> Result<void> {
                for (auto one = batch.begin(); one != end; ++one) {
                    const auto& [of, number, day, account, purpose] = one->first;
                    const CaseRead& read = one->second;
                    sql.execute(sql::case_read_add, {of, number, day, account, purpose, read.name, read.duty,
                                                     read.times, read.first_at, read.last_at});
                }
                return {};
            });
            TONGBAN_ASSERT(written.has_value());
        } catch (...) {
            const std::lock_guard lock(mutex_);
            for (const auto& [key, read] : batch) merge(gathered_, key, read);
            throw;
        }
        batch.erase(batch.begin(), end);
    }
}

bool CaseReads::has_looked_today(Sql& sql, const Actor& actor, const std::string& number)
{
    const std::string today = china_date(clock_.now());
    {
        const std::lock_guard lock(mutex_);
        const auto first = gathered_.lower_bound({actor.agency, number, today, actor.account, ""});
        if (first != gathered_.end() && std::get<1>(first->first) == number && std::get<2>(first->first) == today &&
            std::get<3>(first->first) == actor.account)
            return true;
    }
    return sql.query(sql::case_read_today, {actor.agency, number, today, actor.account}).at(0).integer(0) > 0;
}

std::vector<CaseRead> CaseReads::list(Sql& sql, Agency agency, const std::string& number)
{
    std::vector<CaseRead> reads;
    for (SqlRow& row : sql.query(sql::case_reads_of, {agency, number})) {
        reads.push_back({row.take_text(0), row.take_text(1), row.take_text(2), row.take_text(3), row.integer(4),
                         row.integer(5), row.integer(6)});
    }
    return reads;
}

void add_read_routes(Api& api, Database& database, CaseReads& reads, std::function<std::string(Agency)> name_of)
{
    const auto answer = [&database, &reads, name_of](Agency agency, const std::string& number,
                                                     bool named) -> Result<Response> {
        reads.flush();
        std::vector<CaseRead> found;
        TRY(database.read([&](Sql& sql) -> Result<void> {
            found = reads.list(sql, agency, number);
            return {};
        }));
        json::array rows;
        for (const CaseRead& read : found) {
            json::object one{
                {"registry", name_of(agency)        },
                {"duty",     read.duty              },
                {"purpose",  read.purpose           },
                {"times",    read.times             },
                {"first_at", utc_text(read.first_at)},
                {"last_at",  utc_text(read.last_at) }
            };
            if (named) one["name"] = read.name;
            rows.push_back(std::move(one));
        }
        return Response::json(200, json::serialize(json::object{
                                       {"reads", std::move(rows)}
        }));
    };
    api.add(Method::get, "/api/v1/cases/{number}/reads", Action::read_journal,
            [answer](ApiRequest& request) -> Result<Response> {
                TRY(authorise(request.actor, Action::read_journal, request.actor.agency));
                return answer(request.actor.agency, request.path("number"), true);
            });
    api.add(Method::get, "/api/v1/public/tracked-case/reads", Action::follow_case,
            [answer](ApiRequest& request) -> Result<Response> {
                const Actor& actor = request.actor;
                TRY(authorise(actor, Action::follow_case,
                              Owner{.agency = actor.agency, .account = {}, .case_number = actor.case_number}));
                return answer(actor.agency, actor.case_number, false);
            });
}

}  // namespace tongban
