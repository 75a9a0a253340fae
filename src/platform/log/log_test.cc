#include "platform/log/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace tongban {
namespace {

class LogTest : public ::testing::Test {
protected:
    LogTest() : path("/tmp/tongban-log-test-" + std::to_string(::getpid())) { ::unlink(path.c_str()); }
    ~LogTest() override
    {
        start_log({});
        ::unlink(path.c_str());
    }
    std::vector<boost::json::object> lines() const
    {
        flush_log();
        std::ifstream in(path);
        std::vector<boost::json::object> all;
        for (std::string line; std::getline(in, line);) all.push_back(boost::json::parse(line).as_object());
        return all;
    }
    std::string path;
};

TEST_F(LogTest, WritesOneJsonObjectALineWhateverTheText)
{
    start_log({LogLevel::info, path});
    LogLine(LogLevel::warning, "test.event").text("what", "a \"quoted\"\nline\\ \x01 王").number("n", -3);
    const auto all = lines();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].at("event"), "test.event");
    EXPECT_EQ(all[0].at("level"), "warning");
    EXPECT_EQ(all[0].at("what"), "a \"quoted\"\nline\\ \x01 王");
    EXPECT_EQ(all[0].at("n"), -3);
    EXPECT_EQ(all[0].at("at").as_string().size(), 24U);
}

TEST_F(LogTest, LeavesOutWhatIsBelowTheLevel)
{
    start_log({LogLevel::error, path});
    LogLine(LogLevel::warning, "test.quiet");
    LogLine(LogLevel::error, "test.loud");
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_FALSE(log_wants(LogLevel::info));
}

TEST_F(LogTest, KeepsLogAndLinesWhenReopenedByManyThreads)
{
    start_log({LogLevel::info, path});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([] {
            for (int i = 0; i < 200; ++i) LogLine(LogLevel::info, "test.event").number("i", i);
        });
    for (int i = 0; i < 5; ++i) start_log({LogLevel::info, path});
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(lines().size(), 800U);
}

TEST_F(LogTest, AFileThatCannotBeOpenedLeavesTheOldLog)
{
    start_log({LogLevel::info, path});
    EXPECT_THROW(start_log({LogLevel::info, "/proc/nothing/log"}), std::runtime_error);
    LogLine(LogLevel::info, "test.event");
    EXPECT_EQ(lines().size(), 1U);
}

TEST(LogLevelText, GoesBothWays)
{
    EXPECT_EQ(log_level_from_text("warning"), LogLevel::warning);
    EXPECT_EQ(log_level_from_text("loud"), std::nullopt);
}

}  // namespace
}  // namespace tongban
