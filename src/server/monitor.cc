// monitor: follows all logs of a platform from outside, over its public routes.

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "base/json.h"
#include "base/record.h"
#include "modules/journal/core/log_monitor.h"
#include "platform/clock/system_clock.h"
#include "platform/crypto/signature_judge.h"
#include "platform/http/http_client.h"
#include "server/subcommands.h"
#include "server/until_stopped.h"

namespace tongban {
namespace {

std::string read_text(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path);
    return std::move(out).str();
}

// Complete or not at all: a monitor that lost its memory could be told anything.
void write_text(const std::string& path, const std::string& text)
{
    const std::string temporary = path + ".new";
    {
        std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
        out << text;
        out.flush();
        if (!out) throw std::runtime_error("cannot write " + temporary);
    }
    std::filesystem::rename(temporary, path);
}

class HttpLogSource final : public LogSource {
public:
    HttpLogSource(std::string url, Clock& clock) : url_(std::move(url)), clock_(clock) {}

    std::vector<LogListing> logs() override
    {
        std::vector<LogListing> all;
        const json::value body = parsed(get(""));
        try {
            for (const json::value& log : body.at("logs").as_array()) {
                LogListing one;
                one.agency = static_cast<Agency>(std::stoi(std::string(log.at("agency").as_string())));
                one.is_shorter = log.at("is_shorter").as_bool();
                const std::int64_t waiting = log.at("waiting_ms").as_int64();
                if (waiting > 0) one.waiting_since = clock_.now() - waiting;
                if (log.at("size").as_int64() > 0 || one.is_shorter || one.waiting_since != 0) all.push_back(one);
            }
        } catch (const std::exception&) {
            throw SourceFailed("the list of logs has another form");
        }
        return all;
    }
    std::string checkpoint(Agency agency) override { return get(fmt::format("/{}/checkpoint", agency)); }
    std::string certificate(Agency agency) override { return get(fmt::format("/{}/certificate.pem", agency)); }
    std::string tile(Agency agency, TileName name, std::uint64_t width) override
    {
        return get(fmt::format("/{}/tiles/{}/{}?width={}", agency, name.level, name.index, width));
    }
    merkle::Proof consistency(Agency agency, std::uint64_t from, std::uint64_t size) override
    {
        const json::value body = parsed(get(fmt::format("/{}/consistency?from={}&size={}", agency, from, size)));
        merkle::Proof proof;
        try {
            for (const json::value& hash : body.at("proof").as_array())
                proof.push_back(bytes_of_hex(std::string(hash.as_string())).value_or(std::string{}));
        } catch (const std::exception&) {
            throw SourceFailed("a proof has another form");
        }
        return proof;
    }

private:
    std::string get(const std::string& path)
    {
        Response answer;
        try {
            answer = client_.send(Method::get, url_ + "/api/v1/public/logs" + path, {}, {});
        } catch (const Unreachable& failed) {
            throw SourceFailed(failed.what());
        }
        if (answer.status != 200) throw SourceFailed(fmt::format("{}: HTTP {}", path, answer.status));
        return std::move(answer.body);
    }
    static json::value parsed(const std::string& text)
    {
        auto value = parse_json(text);
        if (!value) throw SourceFailed("an answer is not JSON");
        return std::move(*value);
    }

    const std::string url_;
    Clock& clock_;
    PlainHttpClient client_;
};

// Both notes beside each other: whoever signed them cannot take them back.
void keep_evidence(const std::string& state_file, const MonitorFinding& finding, Millis now)
{
    if (finding.note.empty() || finding.note == finding.seen_note) return;
    const std::string file = fmt::format("{}.{}-{}-{}.txt", state_file, finding.agency, to_text(finding.fault), now);
    write_text(file, finding.seen_note + "\n=====\n" + finding.note);
}

}  // namespace

int monitor_logs(const MonitorChoice& choice)
{
    const StopSignals signals;
    const auto judge = make_signature_judge({read_text(choice.root)});
    SystemClock clock;
    HttpLogSource source(choice.url, clock);
    MonitorState state;
    if (std::filesystem::exists(choice.state)) state = record_from_text<MonitorState>(read_text(choice.state));
    bool is_fine = true;
    do {
        const Millis now = clock.now();
        const MonitorRound round =
            follow_logs(source, state, *judge, {.now = now, .stale_after = choice.stale_seconds * 1000});
        for (const MonitorFinding& finding : round.findings) {
            is_fine = false;
            fmt::print("{}  {}  {}  {}{}{}\n", china_date_time(now), finding.agency, to_text(finding.fault),
                       chinese(finding.fault), finding.detail.empty() ? "" : "：", finding.detail);
            keep_evidence(choice.state, finding, now);
        }
        if (round.findings.empty())
            fmt::print("{}  {} 份日志，新增 {} 条事件，均一致\n", china_date_time(now), round.logs, round.events);
        std::fflush(stdout);
        write_text(choice.state, record_text(state));
    } while (choice.every_seconds > 0 && !signals.wait_for(std::chrono::seconds(choice.every_seconds)));
    return is_fine ? 0 : 1;
}

}  // namespace tongban
