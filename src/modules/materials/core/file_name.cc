#include "modules/materials/core/file_name.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "base/codes.h"
#include "base/http.h"

namespace tongban {
namespace {

constexpr std::size_t characters_max = 200;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// One character: what it means (its half-width form, a zero byte for what has none) and where it stands in the text.
struct Character {
    char meaning;
    std::size_t start;
};

std::vector<Character> characters_of(std::string_view text)
{
    std::vector<Character> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        next_character(text, at);
        const std::string plain = half_width(text.substr(start, at - start));
        out.push_back({plain.size() == 1 ? plain[0] : '\0', start});
    }
    return out;
}

struct Run {
    std::string digits;  // with the X of a citizen's number
    std::size_t end = 0;
};

Run run_at(const std::vector<Character>& text, std::size_t at)
{
    Run run;
    for (run.end = at; run.end < text.size() && is_digit(text[run.end].meaning); ++run.end) {
        run.digits += text[run.end].meaning;
    }
    return run;
}

bool is_x(const std::vector<Character>& text, std::size_t at)
{
    return at < text.size() && (text[at].meaning == 'X' || text[at].meaning == 'x');
}

// The run at `at`, taken together with the groups after it when all of them have the lengths of a way of writing.
std::optional<Run> grouped_at(const std::vector<Character>& text, std::size_t at, const std::array<std::size_t, 3>& way)
{
    constexpr std::string_view separators = " -_.";
    Run whole;
    for (std::size_t group = 0; group < way.size(); ++group) {
        if (group > 0) {
            if (whole.end >= text.size() || text[whole.end].meaning == '\0') return std::nullopt;
            if (separators.find(text[whole.end].meaning) == std::string_view::npos) return std::nullopt;
            at = whole.end + 1;
        }
        Run part = run_at(text, at);
        if (group == 2 && way[2] == 4 && part.digits.size() == 3 && is_x(text, part.end)) {
            part.digits += 'X';
            ++part.end;
        }
        if (part.digits.size() != way[group]) return std::nullopt;
        whole.digits += part.digits;
        whole.end = part.end;
    }
    return whole;
}

// What is written instead of the run; nothing when it may stay.
std::optional<std::string> hidden(const std::string& digits)
{
    switch (digits.size()) {
    case 11: return masked_phone(digits);
    case 13: return digits.starts_with("861") ? std::optional("86" + masked_phone(digits.substr(2))) : std::nullopt;
    case 15:
    case 18: return masked_number(digits);
    default: return std::nullopt;
    }
}

}  // namespace

std::string masked_file_name(std::string_view name)
{
    const std::vector<Character> text = characters_of(name);
    const auto offset = [&](std::size_t i) { return i < text.size() ? text[i].start : name.size(); };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at].meaning)) {
            out += name.substr(offset(at), offset(at + 1) - offset(at));
            ++at;
            continue;
        }
        Run run = run_at(text, at);
        if (run.digits.size() == 17 && is_x(text, run.end)) {
            run.digits += 'X';
            ++run.end;
        } else if (const std::optional<Run> citizen = grouped_at(text, at, {6, 8, 4})) {
            run = *citizen;
        } else if (const std::optional<Run> mobile = grouped_at(text, at, {3, 4, 4})) {
            run = *mobile;
        }
        const std::optional<std::string> mask = hidden(run.digits);
        out += mask ? *mask : std::string(name.substr(offset(at), offset(run.end) - offset(at)));
        at = run.end;
    }
    return out;
}

FileName read_file_name(std::string_view header)
{
    const bool plain = std::ranges::all_of(header, [](char c) { return c >= 0x20 && c < 0x7F; });
    const std::optional<std::string> decoded = plain ? percent_decode(header) : std::nullopt;
    if (!decoded)
        return {
            {                                                                      },
            Fault{ "encoding", "文件名应以 UTF-8 百分号编码写在请求头 X-File-Name 中"}
        };
    const std::string_view name = trimmed(*decoded);
    if (name.empty())
        return {
            {                                            },
            Fault{ "required", "缺少文件名（请求头 X-File-Name）"}
        };
    if (const std::optional<Fault> fault = text_fault(name)) return {{}, fault};
    if (character_count(name) > characters_max)
        return {
            {                                  },
            Fault{ "too_long", "文件名不能超过 200 个字"}
        };
    return {masked_file_name(name), std::nullopt};
}

}  // namespace tongban
