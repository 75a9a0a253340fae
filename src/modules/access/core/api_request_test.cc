#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "modules/access/core/api.h"
#include "modules/access/core/throttle.h"

namespace tongban {
namespace {

TEST(Etag, RoundTrip)
{
    EXPECT_EQ(etag(7), "\"v7\"");
    EXPECT_EQ(version_of_etag("\"v7\""), 7);
    EXPECT_EQ(version_of_etag("W/\"v12\""), 12);
    for (std::string_view text : {"", "*", "v7", "\"7\"", "\"v\"", "\"v-1\"", "\"v7", "\"v7x\"",
                                  "\"v99999999999999999999\"", "\"v7\", \"v8\""}) {
        EXPECT_EQ(version_of_etag(text), std::nullopt) << text;
    }
}

std::string page_of(const std::string& query)
{
    Request http;
    http.query = query;
    const ApiRequest request{.http = http, .actor = {}, .idempotency_key = {}, .body_digest = {}, .if_match = {}};
    const auto page = request.page();
    return page ? std::to_string(page->limit) + " " + page->cursor : std::string(page.error().code());
}

TEST(Page, IsBounded)
{
    EXPECT_EQ(page_of(""), "50 ");
    EXPECT_EQ(page_of("limit=100&cursor=abc"), "100 abc");
    for (const char* query : {"limit=0", "limit=101", "limit=x", "limit=-1", "limit=1.5", "limit="}) {
        EXPECT_EQ(page_of(query), "access.page_invalid") << query;
    }
    EXPECT_EQ(page_of("cursor=" + std::string(201, 'a')), "access.page_invalid");
}

TEST(ApiRequest, AbsentBodyIsAnEmptyObject)
{
    Request http;
    const ApiRequest request{.http = http, .actor = {}, .idempotency_key = {}, .body_digest = {}, .if_match = {}};
    EXPECT_TRUE(request.json()->as_object().empty());
    http.body = "[";
    EXPECT_EQ(request.json().error().code(), "base.malformed_json");
    EXPECT_THROW(request.path("number"), BrokenInvariant);
    EXPECT_THROW(request.version(), BrokenInvariant);
}

TEST(Throttle, StopsAfterFiveAndForgetsAfterTheWindow)
{
    Throttle throttle({.failures_max = 5, .window = 1000, .keys_max = 10});
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(throttle.wait("a", 100 + i), 0);
        throttle.failed("a", 100 + i);
    }
    EXPECT_EQ(throttle.wait("a", 200), 900);
    EXPECT_EQ(throttle.wait("b", 200), 0);
    EXPECT_EQ(throttle.wait("a", 1100), 0);
    throttle.failed("a", 1100);
    throttle.succeeded("a");
    for (int i = 0; i < 4; ++i) throttle.failed("a", 1200);
    EXPECT_EQ(throttle.wait("a", 1200), 0);
}

TEST(Throttle, CountsAnAttemptBeforeItsOutcomeIsKnown)
{
    Throttle throttle({.failures_max = 2, .window = 1000});
    EXPECT_EQ(throttle.attempt("a", 10), 0);
    EXPECT_EQ(throttle.attempt("a", 10), 0);
    EXPECT_EQ(throttle.attempt("a", 20), 990);
    throttle.undo("a");  // one went well
    EXPECT_EQ(throttle.attempt("a", 20), 0);
    EXPECT_EQ(throttle.attempt("a", 20), 990);
}

TEST(Throttle, MakesTheWaitGrow)
{
    Throttle throttle({.failures_max = 1, .window = 1000, .keys_max = 10, .wait_first = 100});
    EXPECT_EQ(throttle.attempt("a", 0), 0);
    Millis now = 0;
    for (const Millis wait : {100, 200, 400, 800}) {
        EXPECT_EQ(throttle.attempt("a", now), wait);
        now += wait;
        EXPECT_EQ(throttle.attempt("a", now), 0);
    }
    EXPECT_EQ(throttle.attempt("a", now), 1000);
    EXPECT_EQ(throttle.attempt("a", now + 999), 1);
    now += 1000;  // forgotten after a quiet window
    EXPECT_EQ(throttle.attempt("a", now), 0);
    EXPECT_EQ(throttle.attempt("a", now), 100);
}

TEST(Throttle, StaysBoundedAndKeepsTheNewest)
{
    Throttle throttle({.failures_max = 1, .window = 1'000'000, .keys_max = 100});
    for (int i = 0; i < 10'000; ++i) throttle.failed("key" + std::to_string(i), i);
    EXPECT_GT(throttle.wait("key9999", 10'000), 0);
    EXPECT_EQ(throttle.wait("key0", 10'000), 0);
}

}  // namespace
}  // namespace tongban
