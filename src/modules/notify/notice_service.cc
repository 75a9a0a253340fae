#include "modules/notify/notice_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "sql/notice_sql.h"

namespace tongban {
namespace {

constexpr Millis lease_lasts = 120'000;  // longer than a batch with its time-outs may take
constexpr Millis first_pause = 10'000;   // doubled after every attempt
constexpr Millis pause_max = 600'000;
constexpr int batch_max = 50;
constexpr auto round_pause = std::chrono::milliseconds(500);
constexpr auto outage_pause = std::chrono::seconds(10);

struct Leased {
    std::string id;
    std::string phone;
    std::string text;
    std::int64_t attempts = 0;
    Millis expires_at = 0;
};

Millis pause_after(std::int64_t attempts)
{
    return attempts >= 6 ? pause_max : std::min(first_pause << attempts, pause_max);
}

enum class Outcome { sent, failed, expired, unanswered, untried };

Outcome try_to_send(const Leased& notice, Agency agency, Vault& vault, SmsPort& port, Millis now)
{
    if (notice.expires_at > 0 && notice.expires_at <= now) return Outcome::expired;
    std::string phone, text;
    try {
        phone = vault.open(agency, notice.phone);
        text = vault.open(agency, notice.text);
    } catch (const std::exception&) {
        return Outcome::failed;  // it will never be readable; those behind it are
    }
    try {
        return port.send(notice.id, phone, text) == SmsAnswer::taken ? Outcome::sent : Outcome::failed;
    } catch (const Unreachable&) {
        return Outcome::unanswered;
    }
}

void note(Sql& sql, Agency agency, const Leased& notice, Outcome outcome, Millis at)
{
    switch (outcome) {
    case Outcome::sent: sql.execute(sql::notice_sent, {std::int64_t{agency}, notice.id, at}); break;
    case Outcome::failed: sql.execute(sql::notice_failed, {std::int64_t{agency}, notice.id, at}); break;
    case Outcome::expired: sql.execute(sql::notice_expired, {std::int64_t{agency}, notice.id, at}); break;
    case Outcome::unanswered:
        sql.execute(sql::notice_later, {std::int64_t{agency}, notice.id, at + pause_after(notice.attempts)});
        break;
    case Outcome::untried: sql.execute(sql::notice_untried, {std::int64_t{agency}, notice.id}); break;
    }
}

void count(Deliveries& done, Outcome outcome)
{
    switch (outcome) {
    case Outcome::sent: ++done.sent; break;
    case Outcome::failed: ++done.failed; break;
    case Outcome::expired: ++done.expired; break;
    case Outcome::unanswered:
    case Outcome::untried: ++done.postponed; break;
    }
}

}  // namespace

SmsAnswer HttpSmsPort::send(const std::string& id, const std::string& phone, const std::string& text)
{
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("Idempotency-Key", id);
    const std::string body = boost::json::serialize(boost::json::object{
        {"id",    id   },
        {"phone", phone},
        {"text",  text }
    });
    const Response response = client_.send(Method::post, url_ + "/messages", headers, body);
    if (response.status == 202) return SmsAnswer::taken;
    if (response.status == 400 || response.status == 422) return SmsAnswer::refused;
    throw Unreachable(fmt::format("sms answered with status {}", response.status));
}

void NoticeQueue::queue(Sql& sql, Agency agency, std::string_view phone_sealed, NoticeKind kind,
                        const NoticeValues& values, std::string_view about)
{
    TONGBAN_ASSERT(!phone_sealed.empty());
    const Millis now = clock_.now();
    // The text may hold a tracking code, so it is sealed like the phone.
    sql.execute(sql::notice_add, {std::int64_t{agency}, ids_.next(), std::string(to_text(kind)), std::string(about),
                                  std::string(phone_sealed), vault_.seal(agency, notice_text(kind, values)), now,
                                  is_code(kind) ? now + tracking_code_lasts : Millis{0}});
}

Deliveries deliver_due(Database& database, Clock& clock, Vault& vault, SmsPort& port, Agency agency, int messages_max)
{
    std::vector<Leased> batch;
    const Millis now = clock.now();
    const auto leased = database.write(agency, [&](Sql& sql) -> Result<void> {
        batch.clear();
        for (SqlRow& row :
             sql.query(sql::notice_lease, {std::int64_t{agency}, now, now + lease_lasts, std::int64_t{messages_max}})) {
            batch.push_back({row.take_text(0), row.take_text(2), row.take_text(3), row.integer(4), row.integer(5)});
        }
        return {};
    });
    TONGBAN_ASSERT(leased.has_value());
    std::ranges::sort(batch, {}, &Leased::id);  // ids are ordered by time: earlier news first

    Deliveries done;
    for (const Leased& notice : batch) {
        const Outcome outcome =
            done.reachable ? try_to_send(notice, agency, vault, port, clock.now()) : Outcome::untried;
        if (outcome == Outcome::unanswered) done.reachable = false;
        const auto noted = database.write(agency, [&](Sql& sql) -> Result<void> {
            note(sql, agency, notice, outcome, clock.now());
            return {};
        });
        TONGBAN_ASSERT(noted.has_value());
        count(done, outcome);
    }
    return done;
}

std::vector<Agency> agencies_with_notices(Database& database, Millis now)
{
    std::vector<Agency> agencies;
    const auto read = database.read([&](Sql& sql) -> Result<void> {
        agencies.clear();
        for (const SqlRow& row : sql.query(sql::report_notice_agencies, {now})) {
            agencies.push_back(static_cast<Agency>(row.integer(0)));
        }
        return {};
    });
    TONGBAN_ASSERT(read.has_value());
    return agencies;
}

NoticeService::NoticeService(Database& database, Clock& clock, IdSource& ids, Vault& vault, HttpClient& client,
                             std::string sms_url, std::function<void(std::string_view)> log)
    : NoticeQueue(clock, ids, vault),
      database_(database),
      clock_(clock),
      vault_(vault),
      port_(client, std::move(sms_url)),
      log_(std::move(log))
{
}

NoticeService::~NoticeService()
{
    stop();
}

void NoticeService::start()
{
    TONGBAN_ASSERT(!thread_.joinable());
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
}

void NoticeService::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void NoticeService::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        bool reachable = true;
        try {
            reachable = sweep();
        } catch (const std::exception& error) {
            // The database is away or we broke: the messages wait, the next round tries again.
            if (log_) log_(fmt::format("notices: {}", error.what()));
        }
        lock.lock();
        const std::chrono::milliseconds pause = reachable ? round_pause : outage_pause;
        wake_.wait_for(lock, pause, [this] { return stopping_; });
    }
}

bool NoticeService::sweep()
{
    for (const Agency agency : agencies_with_notices(database_, clock_.now())) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return true;
        }
        const Deliveries done = deliver_due(database_, clock_, vault_, port_, agency, batch_max);
        if (log_ && (done.failed > 0 || done.expired > 0 || done.postponed > 0)) {
            log_(fmt::format("notices of {}: {} sent, {} failed, {} expired, {} postponed", agency, done.sent,
                             done.failed, done.expired, done.postponed));
        }
        // The gateway is the same for all: the others would only wait for the same time-out.
        if (!done.reachable) return false;
    }
    return true;
}

}  // namespace tongban
