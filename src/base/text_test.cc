#include "base/text.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

std::string_view fault(std::string_view text, Lines lines = Lines::one)
{
    const auto found = text_fault(text, lines);
    return found ? found->code : "";
}

TEST(Text, AcceptsEveryHanCharacter)
{
    for (std::string_view text :
         {"王小明", "欧阳娜娜", "𠮷田", "㐱", "𬎆", "JOHN SMITH", "阿依古丽·买买提", "", "﨑"}) {
        EXPECT_EQ(fault(text), "") << text;
    }
}

TEST(Text, RefusesWhatCannotBeStoredOrPrinted)
{
    EXPECT_EQ(fault("\xFF"), "invalid_utf8");
    EXPECT_EQ(fault("\xC0\xAF"), "invalid_utf8");          // overlong
    EXPECT_EQ(fault("\xED\xA0\x80"), "invalid_utf8");      // surrogate
    EXPECT_EQ(fault("\xF5\x80\x80\x80"), "invalid_utf8");  // beyond Unicode
    EXPECT_EQ(fault("王\xE5\xB0"), "invalid_utf8");        // cut
    EXPECT_EQ(fault(std::string_view("a\0b", 3)), "control_character");
    EXPECT_EQ(fault("第一行\n第二行"), "control_character");
    EXPECT_EQ(fault("第一行\n第二行", Lines::many), "");
    EXPECT_EQ(fault("第一行\r\n第二行", Lines::many), "control_character");
    EXPECT_EQ(fault("王\u202E明"), "control_character");  // right-to-left override
    EXPECT_EQ(fault("王\u200B明"), "control_character");
    EXPECT_EQ(fault("\uE000"), "private_use");
    EXPECT_EQ(fault("\uF9DC"), "not_nfc");      // 隆, compatibility form
    EXPECT_EQ(fault("\U0002F81A"), "not_nfc");  // 冬, compatibility form
    EXPECT_EQ(fault("e\u0301"), "not_nfc");
}

TEST(Text, CountsTrimsAndNarrows)
{
    EXPECT_EQ(character_count("𠮷田a"), 3U);
    EXPECT_EQ(trimmed(" \u3000 王 小明\u3000\n"), "王 小明");
    EXPECT_EQ(trimmed("\u3000 "), "");
    EXPECT_EQ(half_width("（２０２６）Ａ　王"), "(2026)A 王");
}

TEST(Text, CharactersComeBack)
{
    std::string out;
    const std::string_view text = "aß王𠮷";
    for (std::size_t at = 0; at < text.size();) append_character(out, next_character(text, at));
    EXPECT_EQ(out, text);
}

}  // namespace
}  // namespace tongban
