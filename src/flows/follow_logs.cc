#include "flows/follow_logs.h"

#include <charconv>

#include "base/bytes.h"
#include "base/json.h"
#include "flows/seal_logs.h"
#include "modules/journal/journal_problems.h"

namespace tongban {
namespace {

constexpr int alarms_max = 100;

Result<std::uint64_t> number_of(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = failed == std::errc{} && end == text.data() + text.size();
    if (!is_number || number > (std::uint64_t{1} << 53)) return Error{journal_problem::log_range};
    return number;
}

Result<std::uint64_t> query_number(const ApiRequest& request, std::string_view name, std::uint64_t otherwise)
{
    const auto text = request.http.query_value(name);
    return text ? number_of(*text) : Result<std::uint64_t>(otherwise);
}

Result<Agency> agency_of(const ApiRequest& request)
{
    const std::uint64_t code = TRY(number_of(request.path("agency")));
    if (code < 100000 || code > 999999) return Error{catalog_problem::registry_not_found};
    return static_cast<Agency>(code);
}

Response plain(std::string type, std::string body, std::string_view keep)
{
    Response answer{.status = 200, .headers = {}, .body = std::move(body), .stream = {}, .stream_bytes = {}};
    answer.headers.set("Content-Type", std::move(type));
    answer.headers.set("Cache-Control", std::string(keep));
    return answer;
}

Response proof_answer(const merkle::Proof& proof)
{
    json::array hashes;
    for (const merkle::Hash& hash : proof) hashes.emplace_back(hex_of(hash));
    return Response::json(200, json::serialize(json::object{
                                   {"proof", std::move(hashes)}
    }));
}

json::value time_or_null(Millis at)
{
    return at == 0 ? json::value(nullptr) : json::value(utc_text(at));
}

}  // namespace

Result<Response> FollowLogs::list(ApiRequest&)
{
    const Millis now = parts_.clock.now();
    json::array logs;
    for (const LogStanding& log : parts_.log.standings()) {
        const Registry* registry = parts_.catalog.find_registry(log.agency);
        const bool is_late = log.waiting_since != 0 && now > log.waiting_since + SealLogs::waiting_max;
        logs.push_back(json::object{
            {"agency",        std::to_string(log.agency)                           },
            {"name",          registry == nullptr ? std::string{} : registry->name },
            {"size",          log.sealed                                           },
            {"sealed_at",     time_or_null(log.sealed_at)                          },
            {"waiting",       log.events > log.sealed ? log.events - log.sealed : 0},
            {"waiting_since", time_or_null(log.waiting_since)                      },
            {"waiting_ms",    log.waiting_since == 0 ? 0 : now - log.waiting_since },
            {"is_late",       is_late                                              },
            {"is_shorter",    log.is_shorter()                                     }
        });
    }
    json::array alarms;
    for (const LogAlarm& alarm : parts_.log.alarms(alarms_max)) {
        alarms.push_back(json::object{
            {"log",     std::to_string(alarm.log)    },
            {"witness", std::to_string(alarm.witness)},
            {"kind",    alarm.kind                   },
            {"size",    alarm.size                   },
            {"at",      utc_text(alarm.at)           }
        });
    }
    Response answer = Response::json(200, json::serialize(json::object{
                                              {"logs",   std::move(logs)  },
                                              {"alarms", std::move(alarms)}
    }));
    answer.headers.set("Cache-Control", "no-store");
    return answer;
}

Result<Response> FollowLogs::checkpoint(ApiRequest& request)
{
    const Agency agency = TRY(agency_of(request));
    const std::uint64_t size = TRY(query_number(request, "size", 0));
    std::string note;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        note = TRY(parts_.log.checkpoint(sql, agency, size));
        return {};
    }));
    return plain("text/plain; charset=utf-8", std::move(note), "no-store");
}

// Only for who has a log: asking must not make keys.
Result<Response> FollowLogs::certificate(ApiRequest& request)
{
    const Agency agency = TRY(agency_of(request));
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        TRY(parts_.log.checkpoint(sql, agency, 0));
        return {};
    }));
    return plain("application/x-pem-file", parts_.certificates.pem(agency), "no-store");
}

Result<Response> FollowLogs::tile(ApiRequest& request)
{
    const Agency agency = TRY(agency_of(request));
    const std::uint64_t level = TRY(number_of(request.path("level")));
    const std::uint64_t index = TRY(number_of(request.path("tile")));
    const std::uint64_t width = TRY(query_number(request, "width", tile_width));
    if (level > tile_level_max || width == 0 || width > tile_width) return Error{journal_problem::log_range};
    std::string hashes;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        hashes = parts_.log.tile(sql, agency, {static_cast<int>(level), index});
        return {};
    }));
    if (hashes.empty() || (request.http.query_value("width") && hashes.size() < width * merkle::hash_bytes))
        return Error{journal_problem::log_range};
    hashes.resize(std::min<std::size_t>(hashes.size(), width * merkle::hash_bytes));
    const bool is_full = hashes.size() == tile_width * merkle::hash_bytes;
    return plain("application/octet-stream", std::move(hashes),
                 is_full ? "public, max-age=31536000, immutable" : "no-store");
}

Result<Response> FollowLogs::inclusion(ApiRequest& request)
{
    const Agency agency = TRY(agency_of(request));
    const std::uint64_t seq = TRY(query_number(request, "seq", 0));
    const std::uint64_t size = TRY(query_number(request, "size", 0));
    merkle::Proof proof;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        proof = TRY(parts_.log.inclusion(sql, agency, seq, size));
        return {};
    }));
    return proof_answer(proof);
}

Result<Response> FollowLogs::consistency(ApiRequest& request)
{
    const Agency agency = TRY(agency_of(request));
    const std::uint64_t from = TRY(query_number(request, "from", 0));
    const std::uint64_t size = TRY(query_number(request, "size", 0));
    merkle::Proof proof;
    TRY(parts_.database.read([&](Sql& sql) -> Result<void> {
        proof = TRY(parts_.log.consistency(sql, agency, from, size));
        return {};
    }));
    return proof_answer(proof);
}

void add_log_routes(Api& api, FollowLogs& flow)
{
    using Call = Result<Response> (FollowLogs::*)(ApiRequest&);
    const auto add = [&](std::string pattern, Call call) {
        api.add(Method::get, "/api/v1/public/logs" + pattern, Action::read_public,
                [&flow, call](ApiRequest& request) { return (flow.*call)(request); });
    };
    add("", &FollowLogs::list);
    add("/{agency}/checkpoint", &FollowLogs::checkpoint);
    add("/{agency}/certificate.pem", &FollowLogs::certificate);
    add("/{agency}/tiles/{level}/{tile}", &FollowLogs::tile);
    add("/{agency}/inclusion", &FollowLogs::inclusion);
    add("/{agency}/consistency", &FollowLogs::consistency);
}

}  // namespace tongban
