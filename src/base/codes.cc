#include "base/codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace tongban {
namespace {

constexpr Fault wrong_length{"length", "位数不正确"};
constexpr Fault wrong_characters{"characters", "含有不允许的字符"};
constexpr Fault wrong_check{"check_digit", "校验码不正确，请逐位核对"};
constexpr Fault wrong_date{"date", "其中的日期不存在"};
constexpr Fault wrong_structure{"structure", "编号结构不正确"};

CheckedCode wrong(const Fault& fault)
{
    return {{}, fault};
}
CheckedCode right(std::string value)
{
    return {std::move(value), std::nullopt};
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool all_digits(std::string_view text)
{
    return std::ranges::all_of(text, is_digit);
}

// Half-width, upper case, without blanks.
std::string squeezed(std::string_view typed)
{
    std::string out = half_width(typed);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t'; });
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

int number_of(std::string_view digits)
{
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool date_exists(std::string_view eight_digits)
{
    namespace chrono = std::chrono;
    const chrono::year_month_day day{chrono::year{number_of(eight_digits.substr(0, 4))},
                                     chrono::month{static_cast<unsigned>(number_of(eight_digits.substr(4, 2)))},
                                     chrono::day{static_cast<unsigned>(number_of(eight_digits.substr(6, 2)))}};
    return day.ok() && day.year() >= chrono::year{1800} && day.year() <= chrono::year{2200};
}

char citizen_check(std::string_view seventeen)
{
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (seventeen[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

int value_36(char c)
{
    return is_digit(c) ? c - '0' : c - 'A' + 10;
}

std::string compact_date(std::string_view date)
{
    TONGBAN_ASSERT(is_date(date));
    return fmt::format("{}{}{}", date.substr(0, 4), date.substr(5, 2), date.substr(8, 2));
}

}  // namespace

bool is_date(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const std::string digits = fmt::format("{}{}{}", text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
    return all_digits(digits) && date_exists(digits);
}

CheckedCode check_citizen_number(std::string_view typed)
{
    std::string number = squeezed(typed);
    if (number.size() == 15 && all_digits(number)) {
        // First-generation cards: two-digit year of the 20th century, no check character.
        number.insert(6, "19");
        number.push_back(citizen_check(number));
    }
    if (number.size() != 18) return wrong(wrong_length);
    if (!all_digits(std::string_view(number).substr(0, 17)) || !(is_digit(number[17]) || number[17] == 'X')) {
        return wrong(wrong_characters);
    }
    if (citizen_check(number) != number[17]) return wrong(wrong_check);
    if (!date_exists(std::string_view(number).substr(6, 8))) return wrong(wrong_date);
    return right(std::move(number));
}

std::string citizen_birth_date(std::string_view number)
{
    TONGBAN_ASSERT(number.size() == 18);
    return fmt::format("{}-{}-{}", number.substr(6, 4), number.substr(10, 2), number.substr(12, 2));
}

bool citizen_is_male(std::string_view number)
{
    TONGBAN_ASSERT(number.size() == 18);
    return (number[16] - '0') % 2 == 1;
}

char organisation_check_character(std::string_view first_eight)
{
    constexpr std::array weights{3, 7, 9, 10, 5, 8, 4, 2};
    if (first_eight.size() != weights.size()) return '\0';
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!is_digit(first_eight[i]) && !is_capital(first_eight[i])) return '\0';
        sum += value_36(first_eight[i]) * weights[i];
    }
    const int rest = 11 - sum % 11;
    return rest == 10 ? 'X' : rest == 11 ? '0' : static_cast<char>('0' + rest);
}

CheckedCode check_credit_code(std::string_view typed)
{
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    constexpr std::array weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    std::string code = squeezed(typed);
    if (code.size() != 18) return wrong(wrong_length);
    if (code.find_first_not_of(alphabet) != std::string::npos) return wrong(wrong_characters);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += alphabet.find(code[i]) * static_cast<std::size_t>(weights[i]);
    }
    // The outer mod: a remainder of 0 means the character 0, not a 31st character.
    if (alphabet[(31 - sum % 31) % 31] != code[17]) return wrong(wrong_check);
    return right(std::move(code));
}

CheckedCode check_unit_number(std::string_view typed)
{
    std::string unit = squeezed(typed);
    if (unit.size() != 28) return wrong(wrong_length);
    const std::string_view text = unit;
    if (!std::ranges::all_of(text, [](char c) { return is_digit(c) || is_capital(c); })) return wrong(wrong_characters);
    // The letters are a little wider than today's table, for codes of older surveys (domain.md 3.1).
    const bool structure = all_digits(text.substr(0, 12)) &&
                           std::string_view("GJZ").find(unit[12]) != std::string::npos &&
                           std::string_view("ABSXCDEFHGWYLN").find(unit[13]) != std::string::npos &&
                           all_digits(text.substr(14, 5)) && text.substr(14, 5) != "00000" &&
                           std::string_view("FLQW").find(unit[19]) != std::string::npos && all_digits(text.substr(20));
    if (!structure) return wrong(wrong_structure);
    // W: the parcel itself is the unit, so there is no building or flat to number.
    if (unit[19] == 'W' && text.substr(20) != "00000000") return wrong(wrong_structure);
    return right(std::move(unit));
}

Agency unit_division(std::string_view unit)
{
    return number_of(unit.substr(0, 6));
}

std::string unit_parcel(std::string_view unit)
{
    return std::string(unit.substr(0, 19));
}

std::string unit_in_blocks(std::string_view unit)
{
    TONGBAN_ASSERT(unit.size() == 28);
    return fmt::format("{} {} {} {}", unit.substr(0, 6), unit.substr(6, 6), unit.substr(12, 7), unit.substr(19));
}

char mod_37_36_check(std::string_view body)
{
    if (body.empty()) return '\0';
    int product = 36;
    for (char c : body) {
        if (!is_digit(c) && !is_capital(c)) return '\0';
        int sum = (product + value_36(c)) % 36;
        if (sum == 0) sum = 36;
        product = 2 * sum % 37;
    }
    const int check = (37 - product) % 36;
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[check];
}

CheckedCode check_certificate_identifier(std::string_view typed)
{
    constexpr std::string_view root = "1.2.156.3005.2.";
    const std::string whole = squeezed(typed);
    std::string_view rest = whole;
    if (rest.starts_with(root)) rest.remove_prefix(root.size());
    std::array<std::string_view, 5> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t dot = rest.find('.');
        parts[i] = rest.substr(0, dot);
        if ((dot == std::string_view::npos) != (i + 1 == parts.size())) return wrong(wrong_structure);
        if (dot != std::string_view::npos) rest.remove_prefix(dot + 1);
    }
    const auto [type, issuer, serial, version, check] = parts;
    if (type.size() != 21 || (issuer.size() != 18 && issuer.size() != 6) || serial.empty() || serial.size() > 32 ||
        version.size() != 3 || !all_digits(version) || check.size() != 1) {
        return wrong(wrong_structure);
    }
    const char expected = mod_37_36_check(fmt::format("{}{}{}{}", type, issuer, serial, version));
    if (expected == '\0') return wrong(wrong_characters);
    if (expected != check[0]) return wrong(wrong_check);
    return right(fmt::format("{}{}.{}.{}.{}.{}", root, type, issuer, serial, version, check));
}

std::string make_collection_number(Agency collecting, std::string_view date, std::int64_t serial)
{
    TONGBAN_ASSERT(serial >= 1 && serial <= 99'999);
    const std::string body = fmt::format("DS{:06}{}{:05}", collecting, compact_date(date), serial);
    return body + mod_37_36_check(body);
}

std::string make_case_number(Agency home, std::string_view date, std::int64_t serial)
{
    TONGBAN_ASSERT(serial >= 1 && serial <= 999'999);
    return fmt::format("TB{:06}{}{:06}", home, compact_date(date), serial);
}

CheckedCode check_collection_number(std::string_view typed)
{
    std::string number = squeezed(typed);
    const std::string_view text = number;
    if (number.size() != 22) return wrong(wrong_length);
    if (!text.starts_with("DS") || !all_digits(text.substr(2, 19))) return wrong(wrong_structure);
    if (mod_37_36_check(text.substr(0, 21)) != number[21]) return wrong(wrong_check);
    if (!date_exists(text.substr(8, 8))) return wrong(wrong_date);
    return right(std::move(number));
}

CheckedCode check_case_number(std::string_view typed)
{
    std::string number = squeezed(typed);
    const std::string_view text = number;
    if (number.size() != 22) return wrong(wrong_length);
    if (!text.starts_with("TB") || !all_digits(text.substr(2))) return wrong(wrong_structure);
    if (!date_exists(text.substr(8, 8))) return wrong(wrong_date);
    return right(std::move(number));
}

Agency agency_of_number(std::string_view number)
{
    TONGBAN_ASSERT(number.size() == 22);
    return number_of(number.substr(2, 6));
}

std::string make_certificate_number(std::string_view province_short, int year, std::string_view place,
                                    std::string_view kind, std::int64_t serial)
{
    TONGBAN_ASSERT(serial >= 1 && serial <= 9'999'999);
    return fmt::format("{}({:04}){}{}第{:07}号", province_short, year, place, kind, serial);
}

CheckedCode check_certificate_number(std::string_view typed)
{
    std::string number = squeezed(typed);
    const std::string_view text = number;
    if (text.size() > 200 || text_fault(text)) return wrong(wrong_characters);
    const std::size_t open = text.find('(');
    constexpr std::string_view end = "号";
    const std::size_t ordinal = text.rfind("第");
    if (open == std::string_view::npos || character_count(text.substr(0, open)) != 1 || open != 3 ||
        text.size() < open + 6 || text[open + 5] != ')' || !all_digits(text.substr(open + 1, 4)) ||
        !text.ends_with(end) || ordinal == std::string_view::npos || ordinal < open + 6) {
        return wrong(wrong_structure);
    }
    const std::string_view middle = text.substr(open + 6, ordinal - open - 6);
    const std::string_view serial = text.substr(ordinal + 3, text.size() - ordinal - 3 - end.size());
    bool kind = false;
    for (std::string_view word : {"不动产权", "不动产证明"})
        kind |= middle.ends_with(word) && middle.size() > word.size();
    // Shanghai prints 沪(2018)徐字不动产权第…: any place text before the kind is fine.
    const bool serial_fine = !serial.empty() && serial.size() <= 20 &&
                             std::ranges::all_of(serial, [](char c) { return is_digit(c) || is_capital(c); });
    if (!kind || !serial_fine) return wrong(wrong_structure);
    return right(std::move(number));
}

CheckedCode check_mobile(std::string_view typed)
{
    std::string phone = squeezed(typed);
    std::erase(phone, '-');
    if (phone.starts_with("+86")) phone.erase(0, 3);
    if (phone.size() != 11) return wrong(wrong_length);
    if (!all_digits(phone)) return wrong(wrong_characters);
    if (phone[0] != '1' || phone[1] < '3') return wrong(wrong_structure);
    return right(std::move(phone));
}

std::string masked_number(std::string_view number)
{
    // Passports may carry letters of any script: count characters only where it is plain ASCII.
    if (number.size() == 18) return fmt::format("{}********{}", number.substr(0, 6), number.substr(14));
    if (number.size() < 6) return std::string(number.size(), '*');
    return fmt::format("{}{}{}", number.substr(0, 2), std::string(number.size() - 4, '*'),
                       number.substr(number.size() - 2));
}

std::string masked_phone(std::string_view phone)
{
    if (phone.size() != 11) return std::string(phone.size(), '*');
    return fmt::format("{}****{}", phone.substr(0, 3), phone.substr(7));
}

}  // namespace tongban
