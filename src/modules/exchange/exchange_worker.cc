#include "modules/exchange/exchange_worker.h"

#include <algorithm>
#include <chrono>

#include "sql/exchange_sql.h"

namespace tongban {
namespace {

constexpr Millis lease_time = 30'000;
constexpr Millis back_off_max = 300'000;
constexpr std::int64_t batch = 400;
constexpr std::size_t together_max = 40;  // messages in one unit of work: bounds how long the receiver's lane is taken
constexpr std::chrono::seconds sweep_every{1};

// 1 s, 2 s, 4 s … five minutes.
Millis back_off(std::int64_t attempts)
{
    const std::int64_t doublings = std::clamp<std::int64_t>(attempts - 1, 0, 10);
    return std::min<Millis>(back_off_max, Millis{1000} << doublings);
}

std::string reason_of(const Error& error)
{
    std::string reason{error.problem->title};
    if (!error.detail.empty()) reason += "：" + error.detail;
    return reason + "（" + std::string(error.code()) + "）";
}

}  // namespace

ExchangeWorker::ExchangeWorker(Database& database, Clock& clock, IdSource& ids, AgencySigner& signer, Log log)
    : database_(database), clock_(clock), ids_(ids), signer_(signer), log_(std::move(log))
{
}

ExchangeWorker::~ExchangeWorker()
{
    stop();
}

void ExchangeWorker::log(std::string_view line)
{
    if (log_) log_(line);
}

std::string ExchangeWorker::post(Sql& sql, Agency from, Agency to, std::string_view kind, std::string body, Millis now)
{
    Message message;
    message.id = ids_.next();
    message.from = from;
    message.to = to;
    message.kind = kind;
    message.body = std::move(body);
    message.digest = sm3_hex(message.body);
    message.sent_at = now;
    message.signature = signer_.sign(from, message_bytes(message));
    sql.execute(sql::exchange_post,
                {from, message.id, to, message.kind, message.body, message.digest, message.signature, message.sent_at});
    return message.id;
}

void ExchangeWorker::handle(std::string kind, MessageHandler handler)
{
    TONGBAN_ASSERT(!thread_.joinable());
    handlers_[std::move(kind)] = std::move(handler);
}

void ExchangeWorker::answer(std::string kind, QuestionHandler handler)
{
    TONGBAN_ASSERT(!thread_.joinable());
    answers_[std::move(kind)] = std::move(handler);
}

Result<void> ExchangeWorker::check_signature(const Message& message)
{
    if (sm3_hex(message.body) != message.digest) return Error{exchange_problem::signature_wrong, "内容与摘要不一致"};
    if (!signer_.verify(message.from, message_bytes(message), message.signature)) {
        return Error{exchange_problem::signature_wrong};
    }
    return {};
}

Result<std::string> ExchangeWorker::ask(Agency from, Agency to, std::string_view kind, std::string body)
{
    // The same signed form as a message, so that a registry on another platform can be asked in the same way.
    Message question;
    question.id = ids_.next();
    question.from = from;
    question.to = to;
    question.kind = kind;
    question.body = std::move(body);
    question.digest = sm3_hex(question.body);
    question.sent_at = clock_.now();
    question.signature = signer_.sign(from, message_bytes(question));
    const auto found = answers_.find(kind);
    if (found == answers_.end()) return Error{exchange_problem::kind_unknown, question.kind};
    TRY(check_signature(question));
    return found->second(question);
}

std::vector<ExchangeWorker::Attempt> ExchangeWorker::lease(Agency from, const std::vector<std::string>& ids)
{
    std::vector<Attempt> attempts;
    const Millis now = clock_.now();
    const Result<void> leased = database_.write(from, [&](Sql& sql) -> Result<void> {
        std::vector<Attempt> taken;
        for (const std::string& id : ids) {
            SqlRows rows = sql.query(sql::exchange_lease, {from, id, now, now + lease_time});
            if (rows.empty()) continue;
            SqlRow& row = rows.front();
            Attempt attempt;
            attempt.message.id = id;
            attempt.message.from = from;
            attempt.message.to = static_cast<Agency>(row.integer(0));
            attempt.message.kind = row.take_text(1);
            attempt.message.body = row.take_text(2);
            attempt.message.digest = row.take_text(3);
            attempt.message.signature = row.take_text(4);
            attempt.message.sent_at = row.integer(5);
            attempt.attempts = row.integer(6);
            taken.push_back(std::move(attempt));
        }
        attempts = std::move(taken);
        return {};
    });
    TONGBAN_ASSERT(leased.has_value());
    return attempts;
}

Result<void> ExchangeWorker::take(Sql& sql, const Message& message)
{
    const SqlRows fresh = sql.query(sql::exchange_take,
                                    {message.to, message.from, message.id, message.kind, message.digest, clock_.now()});
    if (fresh.empty()) return {};  // we did it before, and only failed to note it at the sender's
    return handlers_.find(message.kind)->second(sql, message);
}

void ExchangeWorker::examine(Attempt& attempt)
{
    const Result<void> genuine = check_signature(attempt.message);
    if (!genuine) {
        attempt.failure = reason_of(genuine.error());
    } else if (!handlers_.contains(attempt.message.kind)) {
        attempt.failure = reason_of(Error{exchange_problem::kind_unknown, attempt.message.kind});
    }
}

// One commit for all of them. False: nothing was taken, because of at least one of them.
bool ExchangeWorker::deliver_together(std::span<Attempt* const> group)
{
    try {
        const Result<void> taken = database_.write(group.front()->message.to, [&](Sql& sql) -> Result<void> {
            for (const Attempt* attempt : group) TRY(take(sql, attempt->message));
            return {};
        });
        return taken.has_value();
    } catch (const DatabaseUnavailable&) {
        throw;  // nothing else will work either: the sweep tries again
    } catch (const std::exception&) {
        return false;  // whose fault it is and what to say of it shows when each is delivered alone
    }
}

void ExchangeWorker::deliver_alone(Attempt& attempt)
{
    const Message& message = attempt.message;
    try {
        const Result<void> taken = database_.write(message.to, [&](Sql& sql) { return take(sql, message); });
        if (!taken) attempt.failure = reason_of(taken.error());
    } catch (const DatabaseUnavailable&) {
        throw;
    } catch (const std::exception& broken) {
        attempt.failure = "处理失败，稍后重试";
        log("exchange: handling " + message.kind + " " + message.id + " failed: " + broken.what());
    }
}

// In the order of sending for each receiver. A commit for each message would be slower than the windows send.
void ExchangeWorker::deliver(std::vector<Attempt>& attempts)
{
    std::map<Agency, std::vector<Attempt*>> by_receiver;
    for (Attempt& attempt : attempts) {
        examine(attempt);
        if (!attempt.failure) by_receiver[attempt.message.to].push_back(&attempt);
    }
    for (const auto& [to, all] : by_receiver) {
        for (std::span<Attempt* const> rest = all; !rest.empty();) {
            const auto group = rest.first(std::min(rest.size(), together_max));
            rest = rest.subspan(group.size());
            if (group.size() > 1 && deliver_together(group)) continue;
            for (Attempt* attempt : group) deliver_alone(*attempt);
        }
    }
    for (const Attempt& attempt : attempts) {
        if (!attempt.failure) continue;
        log("exchange: " + attempt.message.kind + " " + attempt.message.id + " was not taken: " + *attempt.failure);
    }
}

void ExchangeWorker::settle(Agency from, const std::vector<Attempt>& attempts)
{
    const Millis now = clock_.now();
    const Result<void> settled = database_.write(from, [&](Sql& sql) -> Result<void> {
        for (const Attempt& attempt : attempts) {
            if (attempt.failure) {
                sql.execute(sql::exchange_failed,
                            {from, attempt.message.id, now + back_off(attempt.attempts), *attempt.failure});
            } else {
                sql.execute(sql::exchange_delivered, {from, attempt.message.id, now});
            }
        }
        return {};
    });
    TONGBAN_ASSERT(settled.has_value());
}

std::size_t ExchangeWorker::deliver_due()
{
    std::vector<std::pair<Agency, std::vector<std::string>>> due;  // by sender, each in the order of sending
    const Result<void> read = database_.read([&](Sql& sql) -> Result<void> {
        due.clear();
        for (SqlRow& row : sql.query(sql::report_exchange_due, {clock_.now(), batch})) {
            const auto from = static_cast<Agency>(row.integer(0));
            auto sender = std::ranges::find(due, from, [](const auto& pair) { return pair.first; });
            if (sender == due.end()) sender = due.insert(due.end(), {from, {}});
            sender->second.push_back(row.take_text(1));
        }
        return {};
    });
    TONGBAN_ASSERT(read.has_value());
    std::size_t tried = 0;
    for (const auto& [from, ids] : due) {
        std::vector<Attempt> attempts = lease(from, ids);
        deliver(attempts);
        if (!attempts.empty()) settle(from, attempts);
        tried += attempts.size();
    }
    return tried;
}

std::optional<ExchangeWorker::Standing> ExchangeWorker::standing(Agency from, const std::string& id)
{
    std::optional<Standing> found;
    const Result<void> read = database_.read([&](Sql& sql) -> Result<void> {
        if (auto row = sql.find(sql::exchange_state, {from, id})) {
            found = Standing{row->take_text(0), row->integer(1), row->integer(2), row->take_text(3)};
        }
        return {};
    });
    TONGBAN_ASSERT(read.has_value());
    return found;
}

void ExchangeWorker::wake()
{
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
    }
    woken_.notify_one();
}

void ExchangeWorker::start()
{
    TONGBAN_ASSERT(!thread_.joinable());
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
}

void ExchangeWorker::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void ExchangeWorker::run()
{
    for (;;) {
        try {
            // A handler's own answers are due at once.
            while (deliver_due() > 0) {
                const std::lock_guard lock(mutex_);
                if (stopping_) return;
            }
        } catch (const std::exception& failed) {
            log(std::string("exchange: sweep failed: ") + failed.what());
        }
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, sweep_every, [this] { return wanted_ || stopping_; });
        wanted_ = false;
        if (stopping_) return;
    }
}

}  // namespace tongban
