#pragma once
// The queue of short messages and its worker. A message is written in the transaction of the act it tells of; the
// worker leases what is due, sends it through the port and notes the result. At least once: a worker that dies between
// sending and noting sends again with the same id, which the other side's Idempotency-Key makes harmless.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/http.h"
#include "base/sql.h"
#include "modules/notify/core/notices.h"

namespace tongban {

enum class SmsAnswer { taken, refused };

class SmsPort {
public:
    virtual ~SmsPort() = default;
    // Throws Unreachable when there was no usable answer: then the message is tried again later.
    virtual SmsAnswer send(const std::string& id, const std::string& phone, const std::string& text) = 0;
};

// POST <url>/messages, docs/ports.md.
class HttpSmsPort : public SmsPort {
public:
    HttpSmsPort(HttpClient& client, std::string url) : client_(client), url_(std::move(url)) {}
    SmsAnswer send(const std::string& id, const std::string& phone, const std::string& text) override;

private:
    HttpClient& client_;
    const std::string url_;
};

// Thread-safe: keeps no state between calls.
class NoticeQueue : public Notices {
public:
    NoticeQueue(Clock& clock, IdSource& ids, Vault& vault) : clock_(clock), ids_(ids), vault_(vault) {}
    void queue(Sql& sql, Agency agency, std::string_view phone_sealed, NoticeKind kind, const NoticeValues& values,
               std::string_view about) override;

private:
    Clock& clock_;
    IdSource& ids_;
    Vault& vault_;
};

struct Deliveries {
    int sent = 0;
    int failed = 0;     // refused, or not readable
    int expired = 0;    // worth nothing any more: not sent
    int postponed = 0;  // no answer, or not asked because there was none for another: tried again later
    bool reachable = true;
};

// Sends what is due at `agency`, at most `messages_max`. Blocks; several workers and nodes may call it at once. When
// the port gives no answer the rest of the batch is given back unasked, so that a dead gateway costs one time-out a
// round. Only an answer ends a message: an outage, however long, loses none.
Deliveries deliver_due(Database& database, Clock& clock, Vault& vault, SmsPort& port, Agency agency,
                       int messages_max = 50);

// Registries with messages that are due at `now`: what the worker goes through.
std::vector<Agency> agencies_with_notices(Database& database, Millis now);

// Queue and worker in one: a thread that goes round every half second, and every ten seconds while the gateway is away.
class NoticeService : public NoticeQueue {
public:
    // `log` takes a line without personal data about what went wrong; may be empty.
    NoticeService(Database& database, Clock& clock, IdSource& ids, Vault& vault, HttpClient& client,
                  std::string sms_url, std::function<void(std::string_view)> log = {});
    ~NoticeService();

    void start();
    void stop();  // waits for the message being sent; may be called again

private:
    void run();
    bool sweep();  // false: the gateway does not answer

    Database& database_;
    Clock& clock_;
    Vault& vault_;
    HttpSmsPort port_;
    const std::function<void(std::string_view)> log_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tongban
