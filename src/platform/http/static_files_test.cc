#include "platform/http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tongban {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public ::testing::Test {
protected:
    StaticFilesTest()
    {
        char name[] = "/tmp/tongban-static-XXXXXX";
        folder = ::mkdtemp(name);
        fs::create_directories(folder + "/web/assets");
        put("web/index.html", "<html>");
        put("web/assets/app-1f3a.js", "plain");
        put("web/assets/app-1f3a.js.br", "br");
        put("web/assets/app-1f3a.js.gz", "gz");
        put("web/.hidden", "secret");
        put("secret.txt", "secret");
        put("web/large.bin", std::string(5 << 20, 'l'));
    }
    ~StaticFilesTest() override { fs::remove_all(folder); }
    void put(const std::string& name, const std::string& bytes) const
    {
        std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
    }
    std::optional<Response> get(std::string path, std::string encoding = {}, std::string etag = {},
                                Method method = Method::get) const
    {
        Request request;
        request.method = method;
        request.path = std::move(path);
        if (!encoding.empty()) request.headers.add("Accept-Encoding", std::move(encoding));
        if (!etag.empty()) request.headers.add("If-None-Match", std::move(etag));
        return StaticFiles(folder + "/web").answer(request);
    }

    std::string folder;
};

TEST_F(StaticFilesTest, ServesTheApplicationAtEveryAddressOfIts)
{
    for (const char* path : {"/", "/index.html", "/cases/7", "/cases/", "/assets"}) {
        const auto r = get(path);
        ASSERT_TRUE(r) << path;
        EXPECT_EQ(r->body, "<html>");
        EXPECT_EQ(r->headers.find("Content-Type"), "text/html; charset=utf-8");
        EXPECT_EQ(r->headers.find("Cache-Control"), "no-cache");
        EXPECT_NE(r->headers.find("Content-Security-Policy").find("frame-ancestors 'none'"), std::string_view::npos);
    }
}

TEST_F(StaticFilesTest, ServesNothingElse)
{
    for (const char* path : {"/api", "/api/v1/cases", "/missing.js", "/../secret.txt", "/assets/../../secret.txt",
                             "/.hidden", "//secret.txt", "/..\\secret.txt"})
        EXPECT_FALSE(get(path)) << path;
    EXPECT_FALSE(get("/", {}, {}, Method::post));
    EXPECT_FALSE(StaticFiles("").answer(Request{}));
}

TEST_F(StaticFilesTest, ChoosesThePackedSibling)
{
    EXPECT_EQ(get("/assets/app-1f3a.js")->body, "plain");
    EXPECT_EQ(get("/assets/app-1f3a.js", "gzip")->body, "gz");
    EXPECT_EQ(get("/assets/app-1f3a.js", "gzip, deflate, br")->body, "br");
    EXPECT_EQ(get("/assets/app-1f3a.js", "br;q=0, gzip")->body, "gz");
    const auto packed = get("/assets/app-1f3a.js", "br");
    EXPECT_EQ(packed->headers.find("Content-Encoding"), "br");
    EXPECT_EQ(packed->headers.find("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(packed->headers.find("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(packed->headers.find("Vary"), "Accept-Encoding");
}

TEST_F(StaticFilesTest, ValidatorsTellFilesAndCodingsApart)
{
    const std::string plain(get("/assets/app-1f3a.js")->headers.find("ETag"));
    const std::string packed(get("/assets/app-1f3a.js", "br")->headers.find("ETag"));
    EXPECT_NE(plain, packed);
    EXPECT_EQ(get("/assets/app-1f3a.js", {}, plain)->status, 304);
    EXPECT_EQ(get("/assets/app-1f3a.js", "br", "W/\"x\", " + packed)->status, 304);
    EXPECT_EQ(get("/assets/app-1f3a.js", {}, packed)->status, 200);
}

TEST_F(StaticFilesTest, StreamsLargeFiles)
{
    const auto r = get("/large.bin");
    ASSERT_TRUE(r && r->stream);
    EXPECT_EQ(r->stream_bytes, 5U << 20);
    std::string all(6 << 20, '\0');
    std::size_t size = 0;
    while (const std::size_t got = r->stream->read(all.data() + size, all.size() - size)) size += got;
    EXPECT_EQ(size, 5U << 20);
}

}  // namespace
}  // namespace tongban
