#pragma once
// The exchange inside one platform: outbox and inbox are tables of the same database, delivery is a hand-over by a
// worker thread, woken right after a commit and sweeping every second (so a crash between commit and delivery loses
// nothing).

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "modules/exchange/core/exchange.h"

namespace tongban {

class ExchangeWorker : public Exchange {
public:
    using Log = std::function<void(std::string_view)>;  // one English line for the operator; no personal data

    // All references must outlive it. Messages flow only after start().
    ExchangeWorker(Database& database, Clock& clock, IdSource& ids, AgencySigner& signer, Log log = {});
    ~ExchangeWorker() override;

    std::string post(Sql& sql, Agency from, Agency to, std::string_view kind, std::string body, Millis now) override;
    void wake() override;
    void handle(std::string kind, MessageHandler handler) override;
    void answer(std::string kind, QuestionHandler handler) override;
    Result<std::string> ask(Agency from, Agency to, std::string_view kind, std::string body) override;

    void start();
    void stop();  // returns when the message in hand is done; a second call does nothing

    // Delivers what is due, once, on the calling thread. Gives how many messages were tried.
    std::size_t deliver_due();

    // What stands in the outbox about a message; for operators and tests.
    struct Standing {
        std::string state;  // waiting, delivered
        std::int64_t attempts = 0;
        Millis next_at = 0;
        std::string reason;  // Chinese, why the last attempt failed
    };
    std::optional<Standing> standing(Agency from, const std::string& id);

private:
    struct Attempt {
        Message message;
        std::int64_t attempts = 0;
        std::optional<std::string> failure;
    };
    std::vector<Attempt> lease(Agency from, const std::vector<std::string>& ids);
    void deliver(std::vector<Attempt>& attempts);
    void examine(Attempt& attempt);
    bool deliver_together(std::span<Attempt* const> group);
    void deliver_alone(Attempt& attempt);
    Result<void> take(Sql& sql, const Message& message);
    void settle(Agency from, const std::vector<Attempt>& attempts);
    Result<void> check_signature(const Message& message);
    void run();
    void log(std::string_view line);

    Database& database_;
    Clock& clock_;
    IdSource& ids_;
    AgencySigner& signer_;
    Log log_;
    std::map<std::string, MessageHandler, std::less<>> handlers_;
    std::map<std::string, QuestionHandler, std::less<>> answers_;

    std::mutex mutex_;
    std::condition_variable woken_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tongban
