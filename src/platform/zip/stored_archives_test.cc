#include "platform/zip/stored_archives.h"

#include <gtest/gtest.h>

#include <random>

#include "base/result.h"
#include "platform/zip/zip_reader.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

const std::unique_ptr<StoredArchives> archives = make_stored_archives();

// Gives its bytes in small pieces, as an object store might.
class Pieces : public BodySource {
public:
    explicit Pieces(std::string bytes) : bytes_(std::move(bytes)) {}
    std::size_t read(char* to, std::size_t room) override
    {
        const std::size_t given = bytes_.copy(to, std::min<std::size_t>(room, 7), at_);
        at_ += given;
        return given;
    }

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

StoredFile streamed(std::string path, const std::string& content, std::uint64_t said)
{
    StoredFile file;
    file.path = std::move(path);
    file.size = said;
    file.crc32 = archives->crc32(content.substr(3), archives->crc32(content.substr(0, 3)));
    file.open = [content] { return std::make_unique<Pieces>(content); };
    return file;
}

std::string drained(BodySource& source, std::size_t room)
{
    std::string bytes;
    std::string chunk(room, '\0');
    while (const std::size_t got = source.read(chunk.data(), room)) bytes.append(chunk, 0, got);
    return bytes;
}

std::vector<StoredFile> files()
{
    return {archives->held("capsule.note", "statement\n"), archives->held("empty", ""),
            streamed("pages/扫描件", "a page as it was scanned", 24)};
}

std::string sample(std::size_t room = 11)
{
    return drained(*archives->container(files()), room);
}

TEST(StoredArchives, GiveBackWhatWasPutIn)
{
    const std::string bytes = sample();
    EXPECT_EQ(bytes.size(), archives->container_bytes(files()));
    EXPECT_EQ(bytes, sample(1)) << "however it is pulled";
    const auto read = archives->read(bytes);
    ASSERT_TRUE(read.has_value());
    EXPECT_TRUE(read->is_whole);
    ASSERT_EQ(read->entries.size(), 3U);
    EXPECT_EQ(read->find("pages/扫描件")->content, "a page as it was scanned");
    EXPECT_EQ(read->find("pages"), nullptr);
    // The writer and the reader of other containers agree with it.
    ZipWriter writer;
    for (const StoredEntry& entry : read->entries) writer.add(std::string(entry.path), entry.content, Packing::stored);
    EXPECT_EQ(writer.finish(), bytes);
    EXPECT_TRUE(ZipReader::open(bytes)->is_canonical());
    EXPECT_TRUE(archives->read(drained(*archives->container({}), 8))->is_whole);
}

TEST(StoredArchives, NoticeEveryChangedBit)
{
    const std::string good = sample();
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
            const auto read = archives->read(bad);
            EXPECT_FALSE(read && read->is_whole) << at;
        }
    }
    for (std::size_t cut = 0; cut < good.size(); ++cut)
        EXPECT_FALSE(archives->read(std::string_view(good).substr(0, cut)).has_value()) << cut;
    EXPECT_FALSE(archives->read(good + good).has_value());
    EXPECT_FALSE(archives->read("x" + good).has_value());
}

TEST(StoredArchives, RefuseWhatLeadsElsewhereOrIsPacked)
{
    const auto refused = [](const std::string& path, Packing packing = Packing::stored) {
        ZipWriter writer;
        writer.add("capsule.note", "x", Packing::stored);
        writer.add(path, std::string(100, 'x'), packing);
        return !archives->read(writer.finish()).has_value();
    };
    EXPECT_FALSE(refused("pages/1"));
    EXPECT_TRUE(refused("pages/1", Packing::deflated)) << "nothing of a capsule is packed, so nothing can be a bomb";
    for (const char* path : {"../x", "/x", "a/../b", "a\\b", "a//b", "c:x", "", ".", "a/", "capsule.note", "a\nb"})
        EXPECT_TRUE(refused(path)) << path;
    EXPECT_THROW(archives->container({archives->held("../x", "")}), BrokenInvariant);
}

TEST(StoredArchives, AFileThatGivesTooLittleIsNoContainer)
{
    const auto source = archives->container({streamed("short", "four", 5)});
    EXPECT_THROW(drained(*source, 64), BrokenInvariant);
}

}  // namespace
}  // namespace tongban
