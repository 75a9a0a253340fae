#pragma once
// Money is an integer number of fen 分; nothing else is ever added up.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongban {

using Fen = std::int64_t;

inline constexpr Fen money_max = 9'999'999'999'999'99;  // 999…9 yuan up to 万亿: more is a typing error

std::string money_text(Fen amount);     // 80.00
std::string money_chinese(Fen amount);  // 捌拾元整; 壹仟零伍元零叁分; 负… for negative amounts
// "80", "80.0", "80.00", also with , between thousands. Nothing for signs, exponents, a third decimal, too much.
std::optional<Fen> parse_money(std::string_view text);

}  // namespace tongban
