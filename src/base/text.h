#pragma once
// What text from outside may contain. Stored text is UTF-8 in NFC. We carry no normalisation tables; instead of
// changing a person's name silently, characters that NFC would rewrite are refused with a reason: the CJK compatibility
// ideographs (which look like ordinary characters but compare unequal), the singletons, and combining marks and jamo
// that could compose. Every Han character of the unified blocks, non-BMP included, is welcome.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tongban {

// Why a text or number is not acceptable: both go into a FieldError. Static lifetime.
struct Fault {
    std::string_view code;    // "control_character" …
    std::string_view detail;  // Chinese, for people
};

enum class Lines { one, many };  // many: line feed and tab are allowed

// Nothing when the text is fine. Codes: invalid_utf8, control_character (also direction marks, which can make a
// document read differently from what it says), not_nfc, private_use (no font prints those).
std::optional<Fault> text_fault(std::string_view text, Lines lines = Lines::one);

// Code points of valid UTF-8.
std::size_t character_count(std::string_view text);
std::string head(std::string_view text, std::size_t count);  // the first `count` code points
// A name for those who only need to recognise it: 王**, 演示银行****支行
std::string masked_name(std::string_view name);

// Without blanks at both ends (ASCII blanks, line ends, and the ideographic space).
std::string_view trimmed(std::string_view text);

// Full-width digits, Latin letters and punctuation of the block U+FF01…FF5E as their ASCII forms, U+3000 as a blank.
std::string half_width(std::string_view text);

// Reads one code point at `at` and moves on. 0xFFFFFFFF for anything that is not well-formed UTF-8.
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& to, char32_t c);

}  // namespace tongban
