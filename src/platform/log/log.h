#pragma once
// One JSON object a line, to stderr or a file. A line has an event name for programs ("http.access") and members; it
// never holds personal data, secrets, query strings or the text of what people wrote.
//
//     LogLine(LogLevel::info, "http.access").text("route", pattern).number("status", 200);   // written at the ';'
//
// Thread-safe. Before start_log() lines go to stderr at level info.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongban {

enum class LogLevel { debug, info, warning, error, off };
std::string_view to_text(LogLevel level);
std::optional<LogLevel> log_level_from_text(std::string_view text);

struct LogOptions {
    LogLevel level = LogLevel::info;
    std::string file = {};  // empty: stderr. Reopened by start_log(), which is how rotation works.
};

// Throws std::runtime_error when the file cannot be opened; the previous log then stays in use.
void start_log(const LogOptions& options);
void flush_log();
bool log_wants(LogLevel level);

class LogLine {
public:
    LogLine(LogLevel level, std::string_view event);
    ~LogLine();
    LogLine(const LogLine&) = delete;
    LogLine& operator=(const LogLine&) = delete;

    LogLine& text(std::string_view name, std::string_view value);
    LogLine& number(std::string_view name, std::int64_t value);

private:
    LogLevel level_;
    bool wanted_;
    std::string line_;
};

}  // namespace tongban
