// The outbox, the inbox and the way between them, without the flows that speak over it.
#include "modules/exchange/exchange_worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency window = 370202;
constexpr Agency home = 370102;

class PlainSigner : public AgencySigner {
public:
    std::string sign(Agency agency, std::string_view bytes) override
    {
        return sm3_hex(std::to_string(agency) + ":" + std::string(bytes));
    }
    bool verify(Agency agency, std::string_view bytes, std::string_view signature) override
    {
        return !broken && sign(agency, bytes) == signature;
    }
    std::string sign_pdf(Agency, std::string pdf) override { return pdf; }
    bool broken = false;
};

class ExchangeWorkerTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        worker_.emplace(database(), clock_, ids_, signer_, [this](std::string_view line) { log_ += line; });
        worker_->handle("note", [this](Sql& sql, const Message& message) -> Result<void> {
            if (unavailable_) throw DatabaseUnavailable("gone");
            if (message.body == "answer, then refuse" || message.body == "answer") {
                worker_->post(sql, message.to, message.from, "reply", "{}", clock_.now());
            }
            if (message.body == "throw") throw std::runtime_error("340101199001010012");
            if (refuse_ && message.body.ends_with("refuse")) return Error{exchange_problem::body_wrong, "缺少材料"};
            taken_.push_back(message.body);
            return {};
        });
        worker_->handle("reply", [this](Sql&, const Message& message) -> Result<void> {
            EXPECT_EQ(message.from, home);
            ++replies_;
            return {};
        });
    }
    std::string post(const std::string& body, std::string_view kind = "note")
    {
        return write(window,
                     [&](Sql& sql) -> Result<std::string> {
                         return worker_->post(sql, window, home, kind, body, clock_.now());
                     })
            .value();
    }
    ExchangeWorker::Standing standing(const std::string& id) { return worker_->standing(window, id).value(); }

    PlainSigner signer_;
    std::optional<ExchangeWorker> worker_;
    std::vector<std::string> taken_;
    int replies_ = 0;
    bool refuse_ = true;
    bool unavailable_ = false;
    std::string log_;
};
TONGBAN_ON_EACH_ENGINE(ExchangeWorkerTest);

TEST_P(ExchangeWorkerTest, APostedMessageIsTakenOnceAndInOrder)
{
    const std::string first = post("1");
    const std::string second = post("2");
    EXPECT_EQ(standing(first).state, "waiting");
    EXPECT_EQ(worker_->deliver_due(), 2U);
    EXPECT_EQ(taken_, (std::vector<std::string>{"1", "2"}));
    for (const std::string& id : {first, second}) {
        EXPECT_EQ(standing(id).state, "delivered");
        EXPECT_EQ(standing(id).attempts, 1);
    }
    EXPECT_EQ(worker_->deliver_due(), 0U);
    EXPECT_FALSE(worker_->standing(home, first).has_value()) << "it stands in the sender's outbox only";
}

TEST_P(ExchangeWorkerTest, AUnitThatFailsSendsNothing)
{
    const Result<void> failed = write(window, [&](Sql& sql) -> Result<void> {
        worker_->post(sql, window, home, "note", "1", clock_.now());
        return Error{exchange_problem::body_wrong};
    });
    EXPECT_FALSE(failed.has_value());
    EXPECT_EQ(worker_->deliver_due(), 0U);
}

TEST_P(ExchangeWorkerTest, ARefusedMessageWaitsLongerEachTimeAndThenGoes)
{
    const std::string id = post("refuse");
    Millis expected = 1000;
    for (int attempt = 1; attempt <= 11; ++attempt) {
        ASSERT_EQ(worker_->deliver_due(), 1U) << attempt;
        const ExchangeWorker::Standing waits = standing(id);
        EXPECT_EQ(waits.state, "waiting");
        EXPECT_EQ(waits.attempts, attempt);
        EXPECT_EQ(waits.next_at - clock_.now(), expected);
        EXPECT_NE(waits.reason.find("缺少材料（exchange.body_wrong）"), std::string::npos) << waits.reason;
        clock_.advance(expected - 1);
        EXPECT_EQ(worker_->deliver_due(), 0U) << "not before its time";
        clock_.advance(1);
        expected = std::min<Millis>(expected * 2, 300'000);
    }
    EXPECT_TRUE(taken_.empty());
    refuse_ = false;
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_EQ(standing(id).state, "delivered");
    EXPECT_EQ(standing(id).reason, "");
}

TEST_P(ExchangeWorkerTest, OneRefusedMessageHoldsUpNoOtherAndLeavesNothing)
{
    const std::string good = post("1");
    const std::string bad = post("answer, then refuse");
    const std::string after = post("answer");
    EXPECT_EQ(worker_->deliver_due(), 3U);
    EXPECT_EQ(standing(good).state, "delivered");
    EXPECT_EQ(standing(bad).state, "waiting");
    EXPECT_EQ(standing(after).state, "delivered");
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_EQ(replies_, 1) << "the answer of the refused one was rolled back with it";
}

TEST_P(ExchangeWorkerTest, WhatAHandlerThrowsIsTriedAgainAndNotShown)
{
    const std::string id = post("throw");
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_EQ(standing(id).state, "waiting");
    EXPECT_EQ(standing(id).reason, "处理失败，稍后重试");
}

TEST_P(ExchangeWorkerTest, AWorkerThatFellLeavesItsMessagesToTheNextAfterTheLease)
{
    const std::string id = post("1");
    unavailable_ = true;
    EXPECT_THROW(worker_->deliver_due(), DatabaseUnavailable);
    unavailable_ = false;
    EXPECT_EQ(worker_->deliver_due(), 0U) << "another worker may still have it";
    clock_.advance(30'000);
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_EQ(standing(id).state, "delivered");
    EXPECT_EQ(taken_.size(), 1U);
}

TEST_P(ExchangeWorkerTest, AMessageTakenBeforeHasNoSecondEffect)
{
    // Taken and answered, but the sender's note of it was lost: the receiver's row is there, the message still waits.
    const std::string id = post("1");
    write(home, [&](Sql& sql) -> Result<void> {
        sql.execute(Statement{"exchange_test_taken",
                              "insert into exchange_inbox (agency, sender, id, kind, digest, received_at)"
                              " values ($1, $2, $3, 'note', 'd', 0)"},
                    {home, window, id});
        return {};
    }).value();
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_TRUE(taken_.empty());
    EXPECT_EQ(standing(id).state, "delivered");
}

TEST_P(ExchangeWorkerTest, AForgedOrUnknownMessageIsRefused)
{
    const std::string unknown = post("1", "no.such.kind");
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_NE(standing(unknown).reason.find("exchange.kind_unknown"), std::string::npos);

    const std::string changed = post("1");
    write(window, [&](Sql& sql) -> Result<void> {
        sql.execute(
            Statement{"exchange_test_change", "update exchange_outbox set body = '2' where agency = $1 and id = $2"},
            {window, changed});
        return {};
    }).value();
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_NE(standing(changed).reason.find("exchange.signature_wrong"), std::string::npos);

    signer_.broken = true;
    const std::string forged = post("3");
    EXPECT_EQ(worker_->deliver_due(), 1U);
    EXPECT_NE(standing(forged).reason.find("exchange.signature_wrong"), std::string::npos);
    EXPECT_TRUE(taken_.empty());
}

TEST_P(ExchangeWorkerTest, AQuestionIsAnsweredAtOnceWhenItIsSignedAndKnown)
{
    worker_->answer("ask", [](const Message& question) -> Result<std::string> { return "to " + question.body; });
    EXPECT_EQ(worker_->ask(window, home, "ask", "1").value(), "to 1");
    EXPECT_EQ(worker_->ask(window, home, "other", "1").error().code(), "exchange.kind_unknown");
    signer_.broken = true;
    EXPECT_EQ(worker_->ask(window, home, "ask", "1").error().code(), "exchange.signature_wrong");
}

TEST(Message, NoTwoReadAlike)
{
    Message one;
    one.kind = "ab";
    one.id = "c";
    Message other;
    other.kind = "a";
    other.id = "bc";
    EXPECT_NE(message_bytes(one), message_bytes(other));
}

}  // namespace
}  // namespace tongban
