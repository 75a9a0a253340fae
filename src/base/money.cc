#include "base/money.h"

#include <fmt/format.h>

#include <array>

#include "base/result.h"

namespace tongban {
namespace {

constexpr std::array<std::string_view, 10> figures{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

// Writes 0 … 9999 without leading zeros; 零 stands once for any run of zeros between figures.
std::string chinese_group(int group)
{
    constexpr std::array<std::string_view, 4> places{"仟", "佰", "拾", ""};
    constexpr std::array divisors{1000, 100, 10, 1};
    std::string out;
    bool zero = false;
    for (std::size_t i = 0; i < 4; ++i) {
        const int figure = group / divisors[i] % 10;
        if (figure == 0) {
            zero = !out.empty();
            continue;
        }
        if (zero) out += figures[0];
        zero = false;
        out += figures[static_cast<std::size_t>(figure)];
        out += places[i];
    }
    return out;
}

// 亿 and 万 each split a number into a higher part, spoken like a number of its own, and a lower one.
std::string chinese_yuan(std::int64_t yuan)
{
    if (yuan < 10'000) return chinese_group(static_cast<int>(yuan));
    const std::int64_t unit = yuan >= 100'000'000 ? 100'000'000 : 10'000;
    const std::int64_t low = yuan % unit;
    std::string out = chinese_yuan(yuan / unit) + (unit == 10'000 ? "万" : "亿");
    if (low > 0 && low < unit / 10) out += figures[0];
    return low > 0 ? out + chinese_yuan(low) : out;
}

}  // namespace

std::string money_text(Fen amount)
{
    const Fen size = amount < 0 ? -amount : amount;
    return fmt::format("{}{}.{:02}", amount < 0 ? "-" : "", size / 100, size % 100);
}

std::string money_chinese(Fen amount)
{
    TONGBAN_ASSERT(amount >= -money_max && amount <= money_max);
    if (amount == 0) return "零元整";
    const Fen size = amount < 0 ? -amount : amount;
    const auto jiao = static_cast<std::size_t>(size / 10 % 10);
    const auto fen = static_cast<std::size_t>(size % 10);
    std::string out = amount < 0 ? "负" : "";
    if (size >= 100) out += chinese_yuan(size / 100) + "元";
    if (jiao == 0 && fen == 0) return out + "整";
    if (jiao != 0) {
        out += figures[jiao];
        out += "角";
    } else if (size >= 100) {
        out += figures[0];
    }
    if (fen == 0) return out + "整";
    out += figures[fen];
    return out + "分";
}

std::optional<Fen> parse_money(std::string_view text)
{
    const std::size_t dot = text.find('.');
    std::string whole(text.substr(0, dot));
    std::string decimals(dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1));
    if (whole.find(',') != std::string::npos) {
        // Separators only where they belong: 1,234,567.
        if (whole.find(',') > 3) return std::nullopt;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            if ((whole[i] == ',') != ((whole.size() - i) % 4 == 0 && i != 0)) return std::nullopt;
        }
        std::erase(whole, ',');
    }
    if (whole.empty() || whole.size() > 15 || decimals.size() > 2) return std::nullopt;
    if (dot != std::string_view::npos && decimals.empty()) return std::nullopt;
    decimals.resize(2, '0');
    Fen value = 0;
    for (char c : whole + decimals) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > money_max) return std::nullopt;
    return value;
}

}  // namespace tongban
