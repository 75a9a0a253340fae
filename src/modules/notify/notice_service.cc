#include "modules/notify/notice_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "sql/notice_sql.h"

namespace tongban {
namespace {

constexpr Millis lease_lasts = 120'000;  // longer than a batch with its time-outs may take
constexpr Millis first_pause = 10'000;   // doubled after every attempt: 10 s … 21 min
constexpr int attempts_max = 8;
constexpr int batch_max = 50;
constexpr auto round_pause = std::chrono::milliseconds(500);

struct Leased {
    std::string id;
    std::string phone;
    std::string text;
    int attempts = 0;
};

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
    // The text may hold a tracking code, so it is sealed like the phone.
    sql.execute(sql::notice_add,
                {std::int64_t{agency}, ids_.next(), std::string(to_text(kind)), std::string(about),
                 std::string(phone_sealed), vault_.seal(agency, notice_text(kind, values)), clock_.now()});
}

Deliveries deliver_due(Database& database, Clock& clock, Vault& vault, SmsPort& port, Agency agency, int messages_max)
{
    std::vector<Leased> batch;
    const Millis now = clock.now();
    const auto leased = database.write(agency, [&](Sql& sql) -> Result<void> {
        batch.clear();
        for (SqlRow& row :
             sql.query(sql::notice_lease, {std::int64_t{agency}, now, now + lease_lasts, std::int64_t{messages_max}})) {
            batch.push_back({row.take_text(0), row.take_text(2), row.take_text(3), static_cast<int>(row.integer(4))});
        }
        return {};
    });
    TONGBAN_ASSERT(leased.has_value());
    std::ranges::sort(batch, {}, &Leased::id);  // ids are ordered by time: earlier news first

    Deliveries done;
    bool answers = true;
    for (const Leased& notice : batch) {
        std::optional<SmsAnswer> answer;
        if (answers) {
            try {
                answer = port.send(notice.id, vault.open(agency, notice.phone), vault.open(agency, notice.text));
            } catch (const Unreachable&) {
                answers = false;
            }
        }
        const bool give_up = !answer && notice.attempts >= attempts_max;
        const auto noted = database.write(agency, [&](Sql& sql) -> Result<void> {
            const Millis at = clock.now();
            if (answer == SmsAnswer::taken) {
                sql.execute(sql::notice_sent, {std::int64_t{agency}, notice.id, at});
            } else if (answer == SmsAnswer::refused || give_up) {
                sql.execute(sql::notice_failed, {std::int64_t{agency}, notice.id, at});
            } else {
                sql.execute(sql::notice_later,
                            {std::int64_t{agency}, notice.id, at + (first_pause << (notice.attempts - 1))});
            }
            return {};
        });
        TONGBAN_ASSERT(noted.has_value());
        if (answer == SmsAnswer::taken) {
            ++done.sent;
        } else if (answer == SmsAnswer::refused || give_up) {
            ++done.failed;
        } else {
            ++done.postponed;
        }
    }
    return done;
}

std::vector<Agency> agencies_with_notices(Database& database)
{
    std::vector<Agency> agencies;
    const auto read = database.read([&](Sql& sql) -> Result<void> {
        agencies.clear();
        for (const SqlRow& row : sql.query(sql::report_notice_agencies, {})) {
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
        try {
            sweep();
        } catch (const std::exception& error) {
            // The database is away or we broke: the messages wait, the next round tries again.
            if (log_) log_(fmt::format("notices: {}", error.what()));
        }
        lock.lock();
        wake_.wait_for(lock, round_pause, [this] { return stopping_; });
    }
}

void NoticeService::sweep()
{
    for (const Agency agency : agencies_with_notices(database_)) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
        }
        const Deliveries done = deliver_due(database_, clock_, vault_, port_, agency, batch_max);
        if (log_ && (done.failed > 0 || done.postponed > 0)) {
            log_(fmt::format("notices of {}: {} sent, {} failed, {} postponed", agency, done.sent, done.failed,
                             done.postponed));
        }
    }
}

}  // namespace tongban
