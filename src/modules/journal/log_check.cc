// Recomputes a log from the journal it was made of.
#include <fmt/format.h>

#include "base/bytes.h"
#include "modules/journal/log_store.h"
#include "sql/log_sql.h"

namespace tongban {
namespace {

constexpr std::int64_t page_rows = 1024;

class LogCheck {
public:
    LogCheck(Sql& sql, Agency agency, AgencyCertificates& certificates, SignatureJudge& judge)
        : sql_(sql), agency_(agency), certificates_{certificates.pem(agency)}, judge_(judge)
    {
    }

    std::optional<std::string> run()
    {
        const auto head = sql_.find(sql::log_head, {agency_});
        if (!head) return std::nullopt;  // nothing was sealed yet
        sealed_ = head->integer(0);
        next_checkpoint();
        while (!fault_ && size_ < sealed_) {
            const SqlRows rows = sql_.query(sql::log_leaves, {agency_, size_, std::min(page_rows, sealed_ - size_)});
            if (rows.empty()) return fmt::format("the journal ends at event {}, {} are sealed", size_, sealed_);
            std::vector<merkle::Hash> leaves;
            for (const SqlRow& row : rows) leaves.push_back(leaf_of(row.text(0)));
            compare_tiles(leaves);
            for (merkle::Hash& leaf : leaves) add(std::move(leaf));
        }
        if (!fault_ && hex_of(edge_.root()) != head->text(1)) fault_ = "the head has another root than the events";
        if (!fault_ && last_checkpoint_ != sealed_) fault_ = "the newest checkpoint is missing";
        return fault_;
    }

private:
    void compare_tiles(const std::vector<merkle::Hash>& leaves)
    {
        const auto kept = [&](TileName name) { return open_tiles_[name]; };
        for (auto& [name, hashes] : grown_tiles(static_cast<std::uint64_t>(size_), leaves, kept)) {
            const bool is_full = hashes.size() == tile_width * merkle::hash_bytes;
            const bool is_last = size_ + static_cast<std::int64_t>(leaves.size()) == sealed_;
            if (is_full || is_last) {
                const auto row = sql_.find(sql::log_tile,
                                           {agency_, std::int64_t{name.level}, static_cast<std::int64_t>(name.index)});
                if (!row || row->text(0) != hex_of(hashes))
                    fail(
                        fmt::format("tile {} of level {} is not made of the journal's events", name.index, name.level));
            }
            if (is_full) {
                open_tiles_.erase(name);
            } else {
                open_tiles_[name] = std::move(hashes);
            }
        }
    }

    void add(merkle::Hash leaf)
    {
        edge_.append(std::move(leaf));
        ++size_;
        while (!fault_ && checkpoint_ && checkpoint_->first == size_) {
            judge(checkpoint_->second);
            last_checkpoint_ = size_;
            next_checkpoint();
        }
    }

    void judge(const std::string& note)
    {
        const CheckpointVerdict verdict = judge_checkpoint(note, certificates_, judge_);
        if (!verdict.is_genuine() || verdict.checkpoint->agency != agency_) {
            fail(fmt::format("the checkpoint of {} events is not signed by the registry", size_));
        } else if (verdict.checkpoint->size != static_cast<std::uint64_t>(size_) ||
                   verdict.checkpoint->root != edge_.root()) {
            fail(fmt::format("the checkpoint of {} events has another root than the journal", size_));
        }
    }

    void next_checkpoint()
    {
        SqlRows rows = sql_.query(sql::log_checkpoint_page, {agency_, last_checkpoint_, std::int64_t{1}});
        checkpoint_.reset();
        if (!rows.empty()) checkpoint_.emplace(rows.front().integer(0), rows.front().take_text(1));
    }

    void fail(std::string what)
    {
        if (!fault_) fault_ = std::move(what);
    }

    Sql& sql_;
    const Agency agency_;
    const std::vector<std::string> certificates_;
    SignatureJudge& judge_;
    std::int64_t sealed_ = 0;
    std::int64_t size_ = 0;
    merkle::Edge edge_;
    std::map<TileName, std::string> open_tiles_;
    std::optional<std::pair<std::int64_t, std::string>> checkpoint_;
    std::int64_t last_checkpoint_ = 0;
    std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> verify_log(Database& database, Agency agency, AgencyCertificates& certificates,
                                      SignatureJudge& judge)
{
    std::optional<std::string> fault;
    const Result<void> done = database.read([&](Sql& sql) -> Result<void> {
        fault = LogCheck(sql, agency, certificates, judge).run();
        return {};
    });
    TONGBAN_ASSERT(done.has_value());
    return fault;
}

}  // namespace tongban
