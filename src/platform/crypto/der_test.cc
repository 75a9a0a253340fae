#include "platform/crypto/der.h"

#include <gtest/gtest.h>

#include "platform/crypto/encoding.h"

namespace tongban::der {
namespace {

using crypto::to_hex;

TEST(Der, BuildsTheShortestForm)
{
    EXPECT_EQ(to_hex(integer(0)), "020100");
    EXPECT_EQ(to_hex(integer(4)), "020104");
    EXPECT_EQ(to_hex(integer(128)), "02020080");
    EXPECT_EQ(to_hex(object("1.2.156.10197.1.501")), "06082a811ccf55018375");
    EXPECT_EQ(to_hex(bits("a")), "03020061");
    EXPECT_EQ(to_hex(time(1795413909000)), "180f" + to_hex("20261123060509Z"));
    EXPECT_EQ(to_hex(octets(std::string(128, 'x'))).substr(0, 6), "048180");
    EXPECT_EQ(to_hex(octets(std::string(300, 'x'))).substr(0, 8), "0482012c");
    EXPECT_EQ(to_hex(sequence({integer(1), ia5("ES")})), "300702010116024553");
}

TEST(Der, ReadsBackAndRefusesEverythingElse)
{
    const std::string bytes = sequence({integer(300), time(1795413909000), octets(std::string(200, 'x'))});
    Reader outer(bytes);
    const auto whole = outer.next(sequence_tag);
    ASSERT_TRUE(whole);
    EXPECT_TRUE(outer.at_end());
    Reader inner(whole->content);
    EXPECT_FALSE(inner.next(utf8_tag)) << "another one comes";
    EXPECT_EQ(integer_of(*inner.next(integer_tag)), 300);
    EXPECT_EQ(time_of(*inner.next(time_tag)), 1795413909000);
    EXPECT_EQ(inner.next()->content.size(), 200U);
    EXPECT_FALSE(inner.next());

    for (const char* bad : {"", "\x30",
                            "\x04\x05"
                            "abc",
                            "\x30\x80", "\x04\x81\x01x", "\x1F\x81\x01x", "\x04\x85\x01\x01\x01\x01\x01"})
        EXPECT_FALSE(Reader(bad).next()) << bad;
    EXPECT_FALSE(integer_of({integer_tag, std::string_view("\x80", 1), {}})) << "negative";
    EXPECT_FALSE(integer_of({integer_tag, std::string_view("\x00\x01", 2), {}})) << "not the shortest form";
    for (const char* text :
         {"20261123060509", "20261323060509Z", "20260230060509Z", "2026112306050-Z", "20261123246009Z"})
        EXPECT_FALSE(time_of({time_tag, text, {}})) << text;
    EXPECT_FALSE(bits_of({bits_tag,
                          std::string_view("\x03"
                                           "a",
                                           2),
                          {}}));
}

TEST(Der, TagsHaveOneForm)
{
    const std::string good =
        sequence({element(set_tag, sequence({integer(1), octets("x")})), element(context_tag, integer(2))});
    EXPECT_TRUE(is_plain(good));
    for (std::size_t at = 0; at < good.size(); ++at) {
        const int tag = static_cast<unsigned char>(good[at]);
        if (tag != sequence_tag && tag != set_tag) continue;
        std::string bad = good;
        bad[at] = static_cast<char>(tag ^ 0x20);
        EXPECT_FALSE(is_plain(bad)) << at;
    }
    EXPECT_FALSE(is_plain(element(octets_tag | 0x20, octets("x")))) << "a string in pieces";
    EXPECT_FALSE(is_plain(good + "\x30"));
    std::string deep;
    for (int i = 0; i < 100; ++i) deep = sequence({deep});
    EXPECT_FALSE(is_plain(deep));
}

}  // namespace
}  // namespace tongban::der
