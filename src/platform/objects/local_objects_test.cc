#include "platform/objects/local_objects.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <system_error>
#include <thread>

#include "platform/objects/chunk_window.h"
#include "platform/objects/object_cipher.h"

namespace tongban {
namespace {

namespace fs = std::filesystem;

class FailingDisk : public Disk {
public:
    ssize_t write(int fd, const char* bytes, std::size_t count) override
    {
        if (write_error != 0 && writes++ >= fail_write_at) {
            errno = write_error;
            return -1;
        }
        return Disk::write(fd, bytes, short_writes ? std::min<std::size_t>(count, 1000) : count);
    }
    int sync(int fd) override
    {
        ++syncs;
        if (sync_error == 0 || syncs != fail_sync_at) return Disk::sync(fd);
        errno = sync_error;
        return -1;
    }
    int rename(const std::string& from, const std::string& to) override
    {
        if (rename_error == 0) return Disk::rename(from, to);
        errno = rename_error;
        return -1;
    }
    std::uint64_t free_bytes(const std::string& folder) override { return free ? *free : Disk::free_bytes(folder); }

    int write_error = 0;
    int fail_write_at = 0;
    std::atomic<int> writes = 0;
    bool short_writes = false;
    int sync_error = 0;
    int fail_sync_at = 1;
    std::atomic<int> syncs = 0;
    int rename_error = 0;
    std::optional<std::uint64_t> free;
};

class LocalObjectsTest : public ::testing::Test {
protected:
    LocalObjectsTest()
    {
        char name[] = "/tmp/tongban-objects-XXXXXX";
        folder = ::mkdtemp(name);
        options = {.folder = folder + "/objects", .master_key = std::string(32, 'k')};
    }
    ~LocalObjectsTest() override { fs::remove_all(folder); }

    LocalObjects store() { return LocalObjects(options, &disk); }
    std::size_t files(const std::string& below = "")
    {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(options.folder + below))
            count += entry.is_regular_file();
        return count;
    }
    std::string path_of(const std::string& digest)
    {
        return options.folder + "/" + digest.substr(0, 2) + "/" + digest.substr(2, 2) + "/" + digest;
    }

    std::string folder;
    LocalObjectsOptions options;
    FailingDisk disk;
};

std::string bytes_of(std::size_t count)
{
    std::string bytes(count, '\0');
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(i * 31 % 253);
    return bytes;
}

std::string slurp(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void spit(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST_F(LocalObjectsTest, ShowsWhatWasWrittenBeforeItIsKept)
{
    auto s = store();
    for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 131'072UL, 3'000'001UL}) {
        const std::string bytes = bytes_of(size);
        auto writer = *s.create(size);
        for (std::size_t at = 0; at < size; at += 100'003)
            ASSERT_TRUE(writer->write(std::string_view(bytes).substr(at, 100'003)));
        const auto written = writer->written();
        EXPECT_EQ(written->size(), size);
        std::string piece(70'000, '\0');
        for (std::uint64_t at = size + 10; at > 0; at = at > 40'000 ? at - 40'000 : 0) {  // from the end, as qpdf does
            const std::size_t got = written->read(at, piece.data(), piece.size());
            EXPECT_EQ(piece.substr(0, got), at < size ? bytes.substr(at, piece.size()) : "") << size << " " << at;
        }
        EXPECT_EQ(files("/tmp"), 1U);
        const auto stored = writer->commit();
        ASSERT_TRUE(stored);
        EXPECT_EQ(*s.read(stored->digest, size), bytes);
    }
}

TEST_F(LocalObjectsTest, HasOnlyCipherOnDiskWhileAFileIsLookedInto)
{
    auto s = store();
    auto writer = *s.create(4 << 20);
    ASSERT_TRUE(writer->write(std::string(3 << 20, 'p')));
    std::string piece(1000, '\0');
    EXPECT_EQ(writer->written()->read(2'000'000, piece.data(), piece.size()), 1000U);
    EXPECT_EQ(piece, std::string(1000, 'p'));
    for (const auto& entry : fs::directory_iterator(options.folder + "/tmp"))
        EXPECT_EQ(slurp(entry.path()).find("pppppppp"), std::string::npos);
    writer.reset();
    EXPECT_EQ(files(), 0U);
}

TEST_F(LocalObjectsTest, SeesAFileThatChangesUnderIt)
{
    auto s = store();
    auto writer = *s.create(4 << 20);
    ASSERT_TRUE(writer->write(bytes_of(3 << 20)));
    const std::string path = fs::directory_iterator(options.folder + "/tmp")->path();
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(100'000).write("torn", 4);
    char byte = 0;
    EXPECT_EQ(writer->written()->read(0, &byte, 1), 1U);
    EXPECT_THROW((void)writer->written()->read(70'000, &byte, 1), std::runtime_error);
}

TEST(ChunkWindow, HoldsAFewChunksHoweverManyAreRead)
{
    std::size_t loads = 0;
    ChunkWindow window(1000 * object_chunk_bytes, [&](std::uint64_t index) {
        ++loads;
        return std::string(object_chunk_bytes, static_cast<char>(index));
    });
    char byte = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        ASSERT_EQ(window.read(i * object_chunk_bytes + 5, &byte, 1), 1U);
        ASSERT_EQ(byte, static_cast<char>(i));
        ASSERT_EQ(window.read(5, &byte, 1), 1U);  // used again and again: stays
        ASSERT_LE(window.chunks_held(), ChunkWindow::chunks_held_max);
    }
    EXPECT_EQ(loads, 1000U);
}

TEST_F(LocalObjectsTest, NamesAnObjectByItsSm3)
{
    auto s = store();
    const auto stored = store_bytes(s, "abc");  // the example of GB/T 32905
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->digest, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    EXPECT_EQ(stored->bytes, 3U);
    EXPECT_TRUE(s.exists(stored->digest));
    EXPECT_EQ(*s.read(stored->digest, 100), "abc");
}

TEST_F(LocalObjectsTest, GivesBackWhatItGotWhateverTheSize)
{
    auto s = store();
    disk.short_writes = true;
    for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 131'072UL, 3'000'001UL}) {
        const std::string bytes = bytes_of(size);
        auto writer = *s.create(size);
        for (std::size_t at = 0; at < size; at += 100'003)
            ASSERT_TRUE(writer->write(std::string_view(bytes).substr(at, 100'003)));
        const auto stored = writer->commit();
        ASSERT_TRUE(stored);
        EXPECT_EQ(fs::file_size(path_of(stored->digest)), object_file_bytes(size));
        EXPECT_EQ(*s.read(stored->digest, size), bytes);
    }
    EXPECT_EQ(files("/tmp"), 0U);
}

TEST_F(LocalObjectsTest, IsEncryptedAtRest)
{
    auto s = store();
    const std::string secret = "身份证号 370102";
    const auto stored = store_bytes(s, secret);
    EXPECT_EQ(slurp(path_of(stored->digest)).find(secret), std::string::npos);
    options.master_key = std::string(32, 'x');
    auto other = store();
    EXPECT_EQ(other.read(stored->digest, 100).error().code(), "objects.damaged");
}

TEST_F(LocalObjectsTest, StoresTheSameBytesOnce)
{
    auto s = store();
    const std::string bytes = bytes_of(200'000);
    const auto first = store_bytes(s, bytes);
    const auto before = slurp(path_of(first->digest));
    disk.syncs = 0;
    const auto second = store_bytes(s, bytes);
    EXPECT_EQ(first->digest, second->digest);
    EXPECT_EQ(files(), 1U);
    EXPECT_EQ(slurp(path_of(first->digest)), before);
    EXPECT_GE(disk.syncs, 1);
}

TEST_F(LocalObjectsTest, ReplacesADamagedFileByAGoodOne)
{
    auto s = store();
    const std::string bytes = bytes_of(1000);
    const auto stored = store_bytes(s, bytes);
    spit(path_of(stored->digest), "torn");
    EXPECT_EQ(s.open(stored->digest).error().code(), "objects.damaged");
    ASSERT_TRUE(store_bytes(s, bytes));
    EXPECT_EQ(*s.read(stored->digest, 1000), bytes);
}

TEST_F(LocalObjectsTest, DetectsEveryKindOfTampering)
{
    auto s = store();
    const std::string bytes = bytes_of(200'000);  // four chunks
    const auto stored = store_bytes(s, bytes);
    const std::string path = path_of(stored->digest);
    const std::string good = slurp(path);
    constexpr std::size_t whole = object_chunk_bytes + object_tag_bytes;
    const auto reads = [&] {
        try {
            const auto read = s.read(stored->digest, 1'000'000);
            return read && *read == bytes;
        } catch (const std::runtime_error&) {
            return false;
        }
    };
    ASSERT_TRUE(reads());

    const std::pair<const char*, std::function<void(std::string&)>> damages[] = {
        {"magic",        [](std::string& f) { f[0] ^= 1; }                                       },
        {"salt",         [](std::string& f) { f[20] ^= 1; }                                      },
        {"first chunk",  [](std::string& f) { f[object_header_bytes] ^= 1; }                     },
        {"last chunk",   [](std::string& f) { f[object_header_bytes + 3 * whole + 10] ^= 1; }    },
        {"a tag",        [](std::string& f) { f[object_header_bytes + object_chunk_bytes] ^= 1; }},
        {"trailer",      [](std::string& f) { f[f.size() - 20] ^= 1; }                           },
        {"cut",          [](std::string& f) { f.pop_back(); }                                    },
        {"cut to half",  [](std::string& f) { f.resize(f.size() / 2); }                          },
        {"longer",       [](std::string& f) { f.push_back('x'); }                                },
        {"chunk lost",   [](std::string& f) { f.erase(object_header_bytes, whole); }             },
        {"chunks moved",
         [](std::string& f) {
             std::swap_ranges(f.begin() + object_header_bytes, f.begin() + object_header_bytes + whole,
                              f.begin() + object_header_bytes + whole);
         }                                                                                       },
        {"empty",        [](std::string& f) { f.clear(); }                                       },
    };
    for (const auto& [what, damage] : damages) {
        std::string file = good;
        damage(file);
        spit(path, file);
        EXPECT_FALSE(reads()) << what;
    }
    // A valid file under another object's name.
    spit(path, good);
    const auto other = store_bytes(s, "abc");
    fs::copy_file(path_of(other->digest), path, fs::copy_options::overwrite_existing);
    EXPECT_FALSE(reads());
}

TEST_F(LocalObjectsTest, AnAbandonedWriterLeavesNothing)
{
    auto s = store();
    {
        auto writer = *s.create(10'000'000);
        ASSERT_TRUE(writer->write(bytes_of(3'000'000)));
        EXPECT_EQ(files("/tmp"), 1U);
    }
    EXPECT_EQ(files(), 0U);
}

TEST_F(LocalObjectsTest, RefusesWhatIsTooLarge)
{
    auto s = store();
    auto writer = *s.create(100);
    ASSERT_TRUE(writer->write(bytes_of(60)));
    EXPECT_EQ(writer->write(bytes_of(41)).error().code(), "objects.too_large");
    EXPECT_EQ(files(), 0U);
    const auto stored = store_bytes(s, bytes_of(101));
    EXPECT_EQ(s.read(stored->digest, 100).error().code(), "objects.too_large");
}

TEST_F(LocalObjectsTest, AFullDiskIsAnAnswerAndTheStoreGoesOn)
{
    auto s = store();
    for (const int error : {ENOSPC, EDQUOT, EFBIG}) {
        for (const int at : {0, 2}) {
            disk.write_error = error;
            disk.fail_write_at = at;
            disk.writes = 0;
            EXPECT_EQ(store_bytes(s, bytes_of(4'000'000)).error().code(), "objects.storage_full");
            EXPECT_EQ(files(), 0U);
        }
    }
    disk.write_error = 0;
    disk.rename_error = ENOSPC;
    EXPECT_EQ(store_bytes(s, "abc").error().code(), "objects.storage_full");
    disk.rename_error = 0;
    disk.sync_error = ENOSPC;
    disk.syncs = 0;
    EXPECT_EQ(store_bytes(s, "abc").error().code(), "objects.storage_full");
    EXPECT_EQ(files(), 0U);
    disk.sync_error = 0;
    EXPECT_TRUE(store_bytes(s, "abc"));
}

TEST_F(LocalObjectsTest, ABrokenDiskThrowsAndNothingIsAcknowledged)
{
    auto s = store();
    disk.write_error = EIO;
    EXPECT_THROW((void)store_bytes(s, "abc"), std::system_error);
    disk.write_error = 0;
    disk.sync_error = EIO;
    for (int at = 1; at <= 4; ++at) {  // the file, then three folders
        disk.fail_sync_at = at;
        disk.syncs = 0;
        EXPECT_THROW((void)store_bytes(s, "abc" + std::to_string(at)), std::system_error) << at;
    }
    EXPECT_EQ(files("/tmp"), 0U);
    disk.sync_error = 0;
    EXPECT_TRUE(store_bytes(s, "abc"));
}

TEST_F(LocalObjectsTest, KeepsToTheLimitOfAllObjectsTogether)
{
    options.bytes_max_total = 1'000'000;
    auto s = store();
    ASSERT_TRUE(store_bytes(s, bytes_of(400'000)));
    EXPECT_EQ(store_bytes(s, bytes_of(700'000)).error().code(), "objects.storage_full");
    ASSERT_TRUE(store_bytes(s, bytes_of(400'001)));
    const auto total = s.bytes_total();
    EXPECT_EQ(total, object_file_bytes(400'000) + object_file_bytes(400'001));
    ASSERT_TRUE(store_bytes(s, bytes_of(400'000)));  // already there: takes no room
    EXPECT_EQ(s.bytes_total(), total);
    EXPECT_EQ(store().bytes_total(), total);
}

TEST_F(LocalObjectsTest, LeavesTheFileSystemItsReserve)
{
    auto s = store();
    disk.free = options.free_bytes_min - 1;
    EXPECT_EQ(s.create(10).error().code(), "objects.storage_full");
    disk.free = options.free_bytes_min + 10'000'000;
    EXPECT_TRUE(store_bytes(s, bytes_of(100)));
}

TEST_F(LocalObjectsTest, RemovesLeftoversOfACrashButNotOfTheLiving)
{
    auto s = store();
    auto living = *s.create(100);
    spit(options.folder + "/tmp/0123", "torn");
    EXPECT_EQ(files("/tmp"), 2U);
    auto second = store();
    EXPECT_EQ(files("/tmp"), 1U);
    ASSERT_TRUE(living->write("abc"));
    EXPECT_TRUE(living->commit());
}

TEST_F(LocalObjectsTest, OddNamesAreNotFound)
{
    auto s = store();
    for (const std::string& name :
         {std::string("../../etc/passwd"), std::string(), std::string(64, 'A'), std::string(64, 'a')}) {
        EXPECT_EQ(s.open(name).error().code(), "objects.not_found");
        EXPECT_FALSE(s.exists(name));
    }
}

TEST_F(LocalObjectsTest, ManyWritersOfTheSameAndOfDifferentBytes)
{
    auto s = store();
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 10; ++i)
                good += store_bytes(s, bytes_of(50'000 + i)).has_value() &&
                        store_bytes(s, std::to_string(t * 100) + std::to_string(i)).has_value();
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 80);
    EXPECT_EQ(files("/tmp"), 0U);
}

TEST_F(LocalObjectsTest, TheKeyIsMadeOnceAndPrivate)
{
    const std::string path = folder + "/keys/objects.key";
    const std::string key = load_or_create_key(path);
    EXPECT_EQ(key.size(), 32U);
    EXPECT_EQ(load_or_create_key(path), key);
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U);
    spit(path, "short");
    EXPECT_THROW(load_or_create_key(path), std::runtime_error);
}

}  // namespace
}  // namespace tongban
