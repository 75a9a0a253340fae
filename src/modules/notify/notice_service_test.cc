#include "modules/notify/notice_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "sql/notice_sql.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
constexpr Millis second = 1000;

class PlainVault : public Vault {
public:
    std::string seal(Agency, std::string_view plain) override { return "sealed " + std::string(plain); }
    std::string open(Agency, std::string_view sealed) override
    {
        if (sealed == unreadable) throw std::runtime_error("another key");
        return std::string(sealed.substr(7));
    }
    std::string unreadable;
    std::string digest(Agency, std::string_view plain) override { return std::string(plain); }
};

class ScriptedSms : public SmsPort {
public:
    SmsAnswer send(const std::string& id, const std::string& phone, const std::string& text) override
    {
        asked.push_back(id.substr(id.size() - 2) + " " + phone);
        last_text = text;
        if (const auto act = during) act();  // a copy: it may replace itself
        if (dead) throw Unreachable("down");
        return refuse == phone ? SmsAnswer::refused : SmsAnswer::taken;
    }
    std::vector<std::string> asked;
    std::string last_text;
    std::string refuse;
    bool dead = false;
    std::function<void()> during;
};

class NoticeTest : public DatabaseTest {
protected:
    void queue(const std::string& phone, Agency agency = lixia)
    {
        const auto done = write(agency, [&](Sql& sql) -> Result<void> {
            queue_.queue(sql, agency, vault_.seal(agency, phone), NoticeKind::case_paid,
                         {
                             {"home",      "历下"},
                             {"case_tail", "000001"}
            },
                         "TB1");
            return {};
        });
        ASSERT_TRUE(done);
    }
    std::string deliver(int messages_max = 50)
    {
        const Deliveries done = deliver_due(database(), clock_, vault_, sms_, lixia, messages_max);
        return std::to_string(done.sent) + " " + std::to_string(done.failed) + " " + std::to_string(done.postponed);
    }
    std::string states()
    {
        return column([](const SqlRow& row) { return row.text(2); });
    }
    std::string attempts()
    {
        return column([](const SqlRow& row) { return std::to_string(row.integer(3)); });
    }
    std::string column(const std::function<std::string(const SqlRow&)>& of)
    {
        std::string text;
        const auto done = read([&](Sql& sql) -> Result<void> {
            for (const SqlRow& row : sql.query(sql::notices_about, {std::int64_t{lixia}, std::string("TB1")}))
                text += of(row) + " ";
            return {};
        });
        EXPECT_TRUE(done);
        return text;
    }
    PlainVault vault_;
    ScriptedSms sms_;
    NoticeQueue queue_{clock_, ids_, vault_};
};
TONGBAN_ON_EACH_ENGINE(NoticeTest);

TEST_P(NoticeTest, SendsOnceInOrder)
{
    queue("13800000001");
    queue("13800000002");
    EXPECT_EQ(agencies_with_notices(database(), clock_.now()), std::vector{lixia});
    EXPECT_EQ(deliver(), "2 0 0");
    EXPECT_THAT(sms_.asked, ::testing::ElementsAre("01 13800000001", "02 13800000002"));
    EXPECT_THAT(sms_.last_text, ::testing::HasSubstr("尾号 000001"));
    EXPECT_EQ(deliver(), "0 0 0");
    EXPECT_EQ(states(), "sent sent ");
    EXPECT_TRUE(agencies_with_notices(database(), clock_.now()).empty());
}

TEST_P(NoticeTest, DisappearsWithTheUnitThatFailed)
{
    const auto done = write(lixia, [&](Sql& sql) -> Result<void> {
        queue_.queue(sql, lixia, "sealed 138", NoticeKind::case_paid,
                     {
                         {"home",      "历下"},
                         {"case_tail", "000001"}
        },
                     "TB1");
        return Error{base_problem::internal};
    });
    EXPECT_FALSE(done);
    EXPECT_EQ(deliver(), "0 0 0");
}

TEST_P(NoticeTest, WaitsLongerAndLongerForADeadGatewayButNeverGivesUp)
{
    queue("13800000001");
    sms_.dead = true;
    Millis waited = 0;
    for (const Millis pause : {10, 20, 40, 80, 160, 320, 600, 600, 600, 600, 600, 600}) {
        EXPECT_EQ(deliver(), "0 0 1");
        clock_.advance(pause * second - 1);
        EXPECT_EQ(deliver(), "0 0 0") << pause;
        EXPECT_TRUE(agencies_with_notices(database(), clock_.now()).empty());
        clock_.advance(1);
        EXPECT_EQ(agencies_with_notices(database(), clock_.now()), std::vector{lixia});
        waited += pause;
    }
    EXPECT_GT(waited, 60 * 60);
    sms_.dead = false;
    EXPECT_EQ(deliver(), "1 0 0");
    EXPECT_EQ(states(), "sent ");
}

TEST_P(NoticeTest, WhatWasNotTriedIsNotCountedAndGoesAtOnce)
{
    queue("13800000001");
    queue("13800000002");
    queue("13800000003");
    sms_.dead = true;
    EXPECT_EQ(deliver(), "0 0 3");
    EXPECT_EQ(sms_.asked.size(), 1U);
    EXPECT_EQ(attempts(), "1 0 0 ");
    sms_.dead = false;
    EXPECT_EQ(deliver(), "2 0 0");  // the first still waits out its pause
    EXPECT_EQ(states(), "waiting sent sent ");
    EXPECT_EQ(attempts(), "1 1 1 ");
}

TEST_P(NoticeTest, ACodeIsNotDeliveredStale)
{
    const auto done = write(lixia, [&](Sql& sql) -> Result<void> {
        queue_.queue(sql, lixia, vault_.seal(lixia, "13800000001"), NoticeKind::tracking_code,
                     {
                         {"code",    "123456"},
                         {"minutes", "10"    }
        },
                     "TB1");
        return {};
    });
    ASSERT_TRUE(done);
    queue("13800000002");
    clock_.advance(tracking_code_lasts);
    EXPECT_EQ(deliver(), "1 0 0");
    EXPECT_THAT(sms_.asked, ::testing::ElementsAre("02 13800000002"));
    EXPECT_EQ(states(), "expired sent ");
}

TEST_P(NoticeTest, AMessageThatCannotBeReadHoldsUpNobody)
{
    queue("13800000001");
    queue("13800000002");
    vault_.unreadable = "sealed 13800000001";
    EXPECT_EQ(deliver(), "1 1 0");
    EXPECT_EQ(states(), "failed sent ");
}

TEST_P(NoticeTest, ASweepEndsAtTheFirstTimeOut)
{
    class Silent : public HttpClient {
    public:
        Response send(Method, const std::string&, const Headers&, std::string) override
        {
            ++calls;
            throw Unreachable("nobody there");
        }
        std::atomic<int> calls = 0;
    } client;
    queue("13800000001");
    queue("13800000002", 370103);
    {
        NoticeService service(database(), clock_, ids_, vault_, client, "u", {});
        service.start();
        for (int i = 0; i < 500 && client.calls < 1; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::this_thread::sleep_for(std::chrono::milliseconds(700));  // more than the pause of a good round
    }
    EXPECT_EQ(client.calls, 1);
}

TEST_P(NoticeTest, ARefusedMessageHoldsUpNobody)
{
    sms_.refuse = "13800000001";
    queue("13800000001");
    queue("13800000002");
    EXPECT_EQ(deliver(), "1 1 0");
    EXPECT_EQ(states(), "failed sent ");
}

TEST_P(NoticeTest, IsLeasedToOneWorkerAndComesBackWhenItDies)
{
    queue("13800000001");
    std::string other;
    sms_.during = [&] {
        sms_.during = nullptr;
        other = deliver();  // a second worker while the first is sending
        clock_.advance(121 * second);
        sms_.during = [] { throw std::runtime_error("killed"); };
        other += "; ";
        EXPECT_THROW((void)deliver(), std::runtime_error);  // the lease has run out: a third takes it and dies
        sms_.during = nullptr;
    };
    EXPECT_EQ(deliver(), "1 0 0");
    EXPECT_EQ(other, "0 0 0; ");
    EXPECT_EQ(states(), "sent ");
}

TEST_P(NoticeTest, IsSentByTheWorkerAndAfterARestart)
{
    class Client : public HttpClient {
    public:
        Response send(Method, const std::string&, const Headers&, std::string) override
        {
            ++calls;
            if (calls == 1) throw std::runtime_error("an accident");
            Response response;
            response.status = 202;
            return response;
        }
        std::atomic<int> calls = 0;
    } client;
    queue("13800000001");
    clock_.advance(1);
    std::string logged;
    {
        NoticeService service(database(), clock_, ids_, vault_, client, "u",
                              [&](std::string_view line) { logged = line; });
        service.start();
        for (int i = 0; i < 500 && client.calls < 1; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        service.stop();
    }
    EXPECT_EQ(client.calls, 1);
    EXPECT_THAT(logged, ::testing::HasSubstr("an accident"));
    EXPECT_EQ(states(), "waiting ");
    clock_.advance(121 * second);
    {
        NoticeService service(database(), clock_, ids_, vault_, client, "u", {});
        service.start();
        for (int i = 0; i < 500 && states() != "sent "; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(states(), "sent ");
    EXPECT_EQ(client.calls, 2);
}

TEST_P(NoticeTest, TakesNoMoreThanAsked)
{
    for (int i = 0; i < 5; ++i) queue("1380000000" + std::to_string(i));
    EXPECT_EQ(deliver(2), "2 0 0");
    EXPECT_EQ(deliver(2), "2 0 0");
    EXPECT_EQ(deliver(2), "1 0 0");
}

class ScriptedClient : public HttpClient {
public:
    Response send(Method, const std::string& url, const Headers& headers, std::string body) override
    {
        asked = url + " " + std::string(headers.find("Idempotency-Key")) + " " + body;
        Response response;
        response.status = status;
        return response;
    }
    std::string asked;
    int status = 202;
};

TEST(HttpSmsPort, SpeaksTheAgreedForm)
{
    ScriptedClient client;
    HttpSmsPort port(client, "http://127.0.0.1:1/sms");
    EXPECT_EQ(port.send("id-1", "13800138000", "文"), SmsAnswer::taken);
    EXPECT_EQ(client.asked, R"(http://127.0.0.1:1/sms/messages id-1 {"id":"id-1","phone":"13800138000","text":"文"})");
    client.status = 422;
    EXPECT_EQ(port.send("id-1", "1", "文"), SmsAnswer::refused);
    for (int status : {200, 404, 429, 500, 503}) {
        client.status = status;
        EXPECT_THROW(port.send("id-1", "1", "文"), Unreachable) << status;
    }
}

}  // namespace
}  // namespace tongban
