#include "modules/journal/core/log_monitor.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text_table.h"

namespace tongban {
namespace {

using enum LogFault;

constexpr TextTable<LogFault, 10> fault_texts{{{{fork, "fork"},
                                                {rollback, "rollback"},
                                                {inconsistent, "inconsistent"},
                                                {bad_signature, "bad_signature"},
                                                {unknown_root, "unknown_root"},
                                                {malformed, "malformed"},
                                                {vanished, "vanished"},
                                                {stale, "stale"},
                                                {shorter, "shorter"},
                                                {unreachable, "unreachable"}}}};
constexpr TextTable<LogFault, 10> fault_names{{{{fork, "日志分叉：同一位置给出过不同的内容"},
                                                {rollback, "日志回退：给出的检查点早于已见过的"},
                                                {inconsistent, "一致性证明不成立"},
                                                {bad_signature, "检查点不是该登记机构的签名"},
                                                {unknown_root, "签名证书不在所信任的根证书之下"},
                                                {malformed, "检查点格式不正确"},
                                                {vanished, "日志不见了"},
                                                {stale, "有事件长时间没有封存"},
                                                {shorter, "日志短于已封存的部分"},
                                                {unreachable, "无法读取"}}}};

class Follower {
public:
    Follower(LogSource& source, MonitorState& state, SignatureJudge& judge, const MonitorOptions& options)
        : source_(source), state_(state), judge_(judge), options_(options)
    {
    }

    MonitorRound run()
    {
        std::vector<LogListing> listed;
        try {
            listed = source_.logs();
        } catch (const SourceFailed& failed) {
            round_.findings.push_back({0, unreachable, failed.what(), {}, {}});
            return std::move(round_);
        }
        for (const LogListing& log : listed) look_at(log);
        for (const FollowedLog& known : state_.logs) {
            const bool is_there =
                std::ranges::any_of(listed, [&](const LogListing& log) { return log.agency == known.agency; });
            if (!is_there) round_.findings.push_back({known.agency, vanished, {}, {}, known.note});
        }
        return std::move(round_);
    }

private:
    void look_at(const LogListing& log)
    {
        ++round_.logs;
        agency_ = log.agency;
        const auto known = std::ranges::find(state_.logs, agency_, &FollowedLog::agency);
        seen_ = known == state_.logs.end() ? FollowedLog{} : *known;
        seen_.agency = agency_;
        note_.clear();
        if (log.is_shorter) raise(shorter);
        if (log.waiting_since != 0 && options_.now > log.waiting_since + options_.stale_after)
            raise(stale, "自 " + china_date_time(log.waiting_since));
        try {
            if (!follow()) return;
        } catch (const SourceFailed& failed) {
            return raise(unreachable, failed.what());
        }
        if (known == state_.logs.end()) {
            state_.logs.push_back(seen_);
        } else {
            *known = seen_;
        }
    }

    // True: seen_ is the new state.
    bool follow()
    {
        note_ = source_.checkpoint(agency_);
        const CheckpointVerdict verdict = judge_checkpoint(note_, {source_.certificate(agency_)}, judge_);
        if (!verdict.checkpoint || verdict.checkpoint->agency != agency_) return no(malformed);
        if (!verdict.is_signed) return no(bad_signature);
        if (!verdict.is_trusted) return no(unknown_root);
        const Checkpoint& now = *verdict.checkpoint;
        std::vector<merkle::Hash> hashes;
        for (const std::string& hex : seen_.edge) hashes.push_back(bytes_of_hex(hex).value_or(std::string{}));
        auto edge = merkle::Edge::of(static_cast<std::uint64_t>(seen_.size), std::move(hashes));
        if (!edge) throw SourceFailed("the state file does not fit together");
        if (now.size < edge->size()) return no(rollback, text_of(now.size) + " < " + text_of(edge->size()));
        if (now.size == edge->size() && now.root != edge->root()) return no(fork, text_of(now.size));
        if (edge->size() > 0) {
            const merkle::Proof proof = source_.consistency(agency_, edge->size(), now.size);
            if (!merkle::proves_consistency(edge->size(), edge->root(), now.size, now.root, proof))
                return no(inconsistent, text_of(edge->size()) + " → " + text_of(now.size));
        }
        const std::uint64_t before = edge->size();
        extend(*edge, now.size);
        if (edge->root() != now.root) return no(fork, text_of(now.size));
        round_.events += now.size - before;
        keep(*edge);
        return true;
    }

    // By leaves, so that every event's hash was seen by somebody outside.
    void extend(merkle::Edge& edge, std::uint64_t size)
    {
        while (edge.size() < size) {
            const std::uint64_t index = edge.size() / tile_width;
            const std::uint64_t width = std::min(tile_width, size - index * tile_width);
            const std::string tile = source_.tile(agency_, {0, index}, width);
            if (tile.size() != width * merkle::hash_bytes) throw SourceFailed("a tile has another size");
            for (std::uint64_t i = edge.size() % tile_width; i < width; ++i)
                edge.append(tile.substr(i * merkle::hash_bytes, merkle::hash_bytes));
        }
    }

    void keep(const merkle::Edge& edge)
    {
        seen_.size = static_cast<std::int64_t>(edge.size());
        seen_.edge.clear();
        for (const merkle::Hash& hash : edge.hashes()) seen_.edge.push_back(hex_of(hash));
        seen_.note = note_;
        seen_.seen_at = options_.now;
    }

    static std::string text_of(std::uint64_t size) { return std::to_string(size); }
    void raise(LogFault fault, std::string detail = {})
    {
        round_.findings.push_back({agency_, fault, std::move(detail), note_, seen_.note});
    }
    bool no(LogFault fault, std::string detail = {})
    {
        raise(fault, std::move(detail));
        return false;
    }

    LogSource& source_;
    MonitorState& state_;
    SignatureJudge& judge_;
    const MonitorOptions options_;
    MonitorRound round_;
    Agency agency_ = 0;
    FollowedLog seen_;
    std::string note_;
};

}  // namespace

std::string_view to_text(LogFault fault)
{
    return fault_texts.text(fault);
}

std::string_view chinese(LogFault fault)
{
    return fault_names.text(fault);
}

MonitorRound follow_logs(LogSource& source, MonitorState& state, SignatureJudge& judge, const MonitorOptions& options)
{
    return Follower(source, state, judge, options).run();
}

}  // namespace tongban
