#include <gtest/gtest.h>

#include <random>

#include "platform/zip/deflate.h"
#include "platform/zip/zip_reader.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

std::string sample()
{
    ZipWriter writer;
    writer.add("OFD.xml", std::string(5000, 'x') + "<end/>", Packing::deflated);
    writer.add("Doc_0/名称.png", "\x89PNG not really", Packing::stored);
    writer.add("empty", "", Packing::deflated);
    return writer.finish();
}

std::string_view code_of(const Result<ZipReader>& opened)
{
    return opened ? std::string_view{} : opened.error().code();
}

TEST(Zip, GivesBackWhatWasPutIn)
{
    const std::string bytes = sample();
    const auto reader = ZipReader::open(bytes);
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->entries().size(), 3U);
    EXPECT_EQ(ZipReader::content(*reader->find("OFD.xml")), std::string(5000, 'x') + "<end/>");
    EXPECT_EQ(ZipReader::content(*reader->find("Doc_0/名称.png")), "\x89PNG not really");
    EXPECT_EQ(ZipReader::content(*reader->find("empty")), "");
    EXPECT_EQ(reader->find("OFD"), nullptr);
    EXPECT_TRUE(reader->is_canonical());
    EXPECT_EQ(bytes, sample()) << "the same bytes again";
}

TEST(Zip, NoticesEveryChangedBit)
{
    const std::string good = sample();
    for (std::size_t at = 0; at < good.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
            const auto reader = ZipReader::open(bad);
            EXPECT_FALSE(reader && reader->is_canonical()) << at << "." << bit;
        }
    EXPECT_FALSE(ZipReader::open(good.substr(0, good.size() - 1)));
    EXPECT_FALSE(ZipReader::open("x" + good)) << "something in front";
    EXPECT_FALSE(ZipReader::open(good + "x")) << "something behind";
}

TEST(Zip, RefusesUnsafePathsBombsAndOverlaps)
{
    for (const char* path : {"../up", "/root", "a/../b", "a//b", "a\\b", "c:/x", "a/", "./a", "a/.", "..", ""}) {
        ZipWriter writer;
        writer.add(path, "x", Packing::stored);
        EXPECT_EQ(code_of(ZipReader::open(writer.finish())), "archive.unsafe_path") << path;
    }
    ZipWriter bomb;
    bomb.add("zeros", std::string(8 << 20, '\0'), Packing::deflated);
    EXPECT_EQ(code_of(ZipReader::open(bomb.finish())), "archive.too_large");
    ZipWriter many;
    for (int i = 0; i < 1001; ++i) many.add("f" + std::to_string(i), "", Packing::stored);
    EXPECT_EQ(code_of(ZipReader::open(many.finish())), "archive.too_large");
    ZipWriter twice;
    twice.add("a", "1", Packing::stored);
    twice.add("a", "2", Packing::stored);
    EXPECT_EQ(code_of(ZipReader::open(twice.finish())), "archive.malformed");
    // The second entry's directory line points at the first one's data.
    ZipWriter both;
    both.add("a", "111", Packing::stored);
    both.add("b", "111", Packing::stored);
    std::string overlap = both.finish();
    const std::size_t second = overlap.rfind("PK\x01\x02");
    overlap.replace(second + 42, 4, std::string(4, '\0'));
    EXPECT_EQ(code_of(ZipReader::open(overlap)), "archive.malformed");
    EXPECT_EQ(code_of(ZipReader::open("no zip at all")), "archive.malformed");
}

TEST(Deflate, FitsZlibToo)
{
    const Deflated packed = deflate("hello hello hello");
    EXPECT_EQ(inflate(packed.bytes, 17), "hello hello hello");
    EXPECT_FALSE(inflate(packed.bytes, 16));
    EXPECT_FALSE(inflate(packed.bytes, 18));
    EXPECT_FALSE(inflate(packed.bytes + "x", 17));
    const std::string framed = zlib_frame(packed);
    EXPECT_EQ(framed.size(), packed.bytes.size() + 6);
    EXPECT_EQ((static_cast<unsigned char>(framed[0]) * 256 + static_cast<unsigned char>(framed[1])) % 31, 0);
}

}  // namespace
}  // namespace tongban
