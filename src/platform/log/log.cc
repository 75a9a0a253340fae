#include "platform/log/log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>

#include "base/clock.h"

namespace tongban {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level)
{
    switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
    case LogLevel::off: return spdlog::level::off;
    }
    return spdlog::level::info;
}

std::shared_ptr<spdlog::logger> make_logger(const LogOptions& options)
{
    std::shared_ptr<spdlog::sinks::sink> sink;
    if (options.file.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
        try {
            sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
        } catch (const spdlog::spdlog_ex& e) {
            throw std::runtime_error(e.what());
        }
    }
    auto logger = std::make_shared<spdlog::logger>("tongban", std::move(sink));
    logger->set_pattern("%v");  // the line is complete when it gets here
    logger->set_level(spdlog_level(options.level));
    // Every line at once: a buffered sink would write half lines between those of the one that replaces it.
    logger->flush_on(spdlog::level::trace);
    return logger;
}

// Replaced while other threads log, hence shared and atomic: a thread finishes its line on the old one.
std::atomic<std::shared_ptr<spdlog::logger>>& current()
{
    static std::atomic<std::shared_ptr<spdlog::logger>> logger{make_logger({})};
    return logger;
}

void append_escaped(std::string& out, std::string_view text)
{
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20 || byte == 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
            out.push_back(c);
        }
    }
}

Millis system_now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

std::string_view to_text(LogLevel level)
{
    switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    case LogLevel::off: return "off";
    }
    return "info";
}

std::optional<LogLevel> log_level_from_text(std::string_view text)
{
    for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error, LogLevel::off})
        if (to_text(level) == text) return level;
    return std::nullopt;
}

void start_log(const LogOptions& options)
{
    auto previous = current().exchange(make_logger(options));
    previous->flush();
}

void flush_log()
{
    current().load()->flush();
}

bool log_wants(LogLevel level)
{
    return current().load()->should_log(spdlog_level(level));
}

LogLine::LogLine(LogLevel level, std::string_view event) : level_(level), wanted_(log_wants(level))
{
    if (!wanted_) return;
    line_.reserve(256);
    fmt::format_to(std::back_inserter(line_), R"({{"at":"{}","level":"{}","event":")", utc_text(system_now()),
                   to_text(level));
    append_escaped(line_, event);
    line_.push_back('"');
}

LogLine::~LogLine()
{
    if (!wanted_) return;
    line_.push_back('}');
    current().load()->log(spdlog_level(level_), spdlog::string_view_t(line_.data(), line_.size()));
}

LogLine& LogLine::text(std::string_view name, std::string_view value)
{
    if (!wanted_) return *this;
    line_.append(",\"").append(name).append("\":\"");
    append_escaped(line_, value);
    line_.push_back('"');
    return *this;
}

LogLine& LogLine::number(std::string_view name, std::int64_t value)
{
    if (!wanted_) return *this;
    line_.append(",\"").append(name).append("\":");
    fmt::format_to(std::back_inserter(line_), "{}", value);
    return *this;
}

}  // namespace tongban
