// The gates see a file while it arrives: what they say must not depend on how the network cut it, nor what they hold on
// how long it is.
#include "platform/images/gate.h"

#include <zlib.h>

#include <map>

#include "platform/images/image_samples_test.h"

namespace tongban {
namespace {

using namespace samples;

std::string verdict(const Result<FileFacts>& result)
{
    if (!result) return std::string(result.error().code());
    return fmt::format("{} {} {}x{}", to_text(result->kind), result->pages, result->width, result->height);
}

// Like HeldBytes, but counts what is asked for.
class CountedBytes final : public ByteRanges {
public:
    explicit CountedBytes(std::string_view bytes) : held_(bytes) {}
    std::uint64_t size() const override { return held_.size(); }
    std::size_t read(std::uint64_t offset, char* to, std::size_t room) override
    {
        const std::size_t got = held_.read(offset, to, room);
        read_ += got;
        largest = std::max(largest, got);
        return got;
    }
    std::size_t read_bytes() const { return read_; }
    std::size_t largest = 0;

private:
    HeldBytes held_;
    std::size_t read_ = 0;
};

Result<FileFacts> inspect(std::string_view bytes, std::size_t piece, ByteRanges& all)
{
    const auto gate = images::make_gate();
    for (std::size_t at = 0; at < bytes.size(); at += piece) TRY(gate->write(bytes.substr(at, piece)));
    return gate->finish(all);
}

std::string inspect(std::string_view bytes, std::size_t piece = 512 * 1024)
{
    HeldBytes all(bytes);
    return verdict(inspect(bytes, piece, all));
}

std::string four(std::uint32_t v)
{
    return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)};
}

std::string png_chunk(const std::string& type, const std::string& body)
{
    const std::string summed = type + body;
    const uLong sum = crc32(0, reinterpret_cast<const Bytef*>(summed.data()), static_cast<uInt>(summed.size()));
    return four(static_cast<std::uint32_t>(body.size())) + summed + four(static_cast<std::uint32_t>(sum));
}

constexpr std::size_t behind_ihdr = 33;

class GateTest : public testing::Test {
protected:
    const std::map<std::string, std::string> files_{
        {"jpeg 1 120x80",    jpeg_of(noise(120, 80, 3).get())},
        {"jpeg 1 121x80",         jpeg_of(noise(121,                          80, 3).get(), true)},
        {"png 1 90x60",png_of(noise(90,60, 4).get())},
        {"png 1 91x60",             png_of(noise(91,                              60, 3).get(), true)},
        {"pdf 3 200x100",           pdf_of(3)                                           },
        {"imaging.active_content",                  pdf_of(1,                       "/Names<</JS 1>>")},
        {"imaging.unsupported",                "just words, neither nor"},
    };
};

TEST_F(GateTest, SaysTheSameHoweverTheFileIsCut)
{
    for (const auto& [expected, bytes] : files_)
        for (const std::size_t piece : {1UL, 2UL, 7UL, 100UL, 4096UL, 1UL << 20U})
            EXPECT_EQ(inspect(bytes, piece), expected) << piece;
}

TEST_F(GateTest, SeesEveryTruncationHoweverTheFileIsCut)
{
    for (const auto& [expected, bytes] : files_) {
        if (expected.starts_with("imaging")) continue;
        // qpdf needs nothing behind %%EOF, not even the end of that line.
        const std::size_t whole = expected.starts_with("pdf") ? bytes.rfind("%%EOF") + 5 : bytes.size();
        for (std::size_t size = 10; size < whole; size += std::max<std::size_t>(1, (whole - 11) / 40))
            for (const std::size_t piece : {3UL, 1000UL, 1UL << 20U})
                EXPECT_EQ(inspect(std::string_view(bytes).substr(0, size), piece), "imaging.truncated")
                    << expected << " " << size << " of " << bytes.size();
        EXPECT_EQ(inspect(std::string_view(bytes).substr(0, whole - 1)), "imaging.truncated") << expected;
    }
}

TEST_F(GateTest, RefusesBeforeTheLastByteWhatCannotBecomeGood)
{
    const auto gate = images::make_gate();
    EXPECT_TRUE(gate->write("GIF8"));
    EXPECT_EQ(gate->write("9a and so on").error().code(), "imaging.unsupported");
    std::string bomb = files_.at("png 1 90x60");
    bomb.replace(16, 8, four(30'000) + four(30'000));
    const auto png = images::make_gate();
    EXPECT_EQ(png->write(std::string_view(bomb).substr(0, behind_ihdr)).error().code(), "imaging.too_many_pixels");
    // Few pixels, but rows so long that those which libpng holds would be the memory of an upload.
    bomb.replace(16, 8, four(65'536) + four(1));
    const auto strip = images::make_gate();
    EXPECT_EQ(strip->write(std::string_view(bomb).substr(0, behind_ihdr)).error().code(), "imaging.too_many_pixels");
}

TEST_F(GateTest, SeesDamageInProgressiveAndInterlacedPictures)
{
    std::string jpeg = files_.at("jpeg 1 121x80");
    jpeg.replace(jpeg.size() / 2, 2, "\xFF\xC4");
    EXPECT_EQ(inspect(jpeg), "imaging.damaged");
    const std::string good = files_.at("png 1 91x60");
    for (std::size_t at = 100; at + 50 < good.size(); at += good.size() / 30) {
        std::string png = good;
        png[at] = static_cast<char>(png[at] ^ 0x10);
        EXPECT_EQ(inspect(png, 1000), "imaging.damaged") << at;
    }
}

TEST_F(GateTest, PassesOverWhatIsNotThePicture)
{
    const std::string& png = files_.at("png 1 90x60");
    const std::string text = png_chunk("tEXt", "Comment" + std::string(3 << 20, 'x'));
    EXPECT_EQ(inspect(png.substr(0, behind_ihdr) + text + png.substr(behind_ihdr), 10'000), "png 1 90x60");
    std::string torn = text;
    torn[1000] = 'y';
    EXPECT_EQ(inspect(png.substr(0, behind_ihdr) + torn + png.substr(behind_ihdr), 10'000), "imaging.damaged");
    EXPECT_EQ(inspect(png + text), "png 1 90x60") << "what comes behind the end";
    EXPECT_EQ(inspect(png.substr(0, behind_ihdr) + png_chunk("ABCD", "") + png.substr(behind_ihdr)), "imaging.damaged")
        << "a critical chunk nobody knows";
    EXPECT_EQ(inspect(png.substr(0, 8) + png.substr(behind_ihdr)), "imaging.damaged") << "no IHDR";

    const std::string& jpeg = files_.at("jpeg 1 120x80");
    std::string comments;
    for (int i = 0; i < 50; ++i) comments += "\xFF\xFE\xFF\xFF" + std::string(0xFFFD, 'c');
    EXPECT_EQ(inspect(jpeg.substr(0, 2) + comments + jpeg.substr(2), 10'000), "jpeg 1 120x80");
    EXPECT_EQ(inspect(jpeg.substr(0, 2) + std::string(4 << 20, '\xFF') + jpeg.substr(2)), "imaging.damaged")
        << "filling without end is not held";
}

TEST_F(GateTest, DoesNotTakePixelsApartByAForeignChunk)
{
    const auto png = [](const std::string& between) {
        const std::string row("\0\1", 2);
        std::string packed(100, '\0');
        uLongf size = packed.size();
        compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(row.data()),
                 row.size());
        packed.resize(size);
        return "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", four(1) + four(1) + std::string("\x08\0\0\0\0", 5)) +
               png_chunk("IDAT", packed.substr(0, 3)) + between + png_chunk("IDAT", packed.substr(3)) +
               png_chunk("IEND", "");
    };
    EXPECT_EQ(inspect(png("")), "png 1 1x1");
    EXPECT_EQ(inspect(png(png_chunk("tEXt", "a"))), "imaging.damaged");
}

// 24 MB of picture, a few KB of structure: as from a scanner.
TEST_F(GateTest, ReadsBackOnlyTheStructureOfAPdf)
{
    const std::string pixels(24 << 20, 'p');
    std::string pdf = "%PDF-1.4\n";
    std::vector<std::size_t> offsets;
    const auto object = [&](const std::string& body) {
        offsets.push_back(pdf.size());
        pdf += fmt::format("{} 0 obj\n{}\nendobj\n", offsets.size(), body);
    };
    object("<</Type/Catalog/Pages 2 0 R>>");
    object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>");
    object(
        fmt::format("<</Type/XObject/Subtype/Image/Width 4096/Height 6144/ColorSpace/DeviceGray/BitsPerComponent 8"
                    "/Length {}>>\nstream\n{}\nendstream",
                    pixels.size(), pixels));
    const std::size_t index = pdf.size();
    pdf += "xref\n0 5\n0000000000 65535 f \n";
    for (const std::size_t at : offsets) pdf += fmt::format("{:010} 00000 n \n", at);
    pdf += fmt::format("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", index);
    CountedBytes all(pdf);
    EXPECT_EQ(verdict(inspect(pdf, 512 * 1024, all)), "pdf 1 595x842");
    EXPECT_LT(all.read_bytes(), 200U * 1024);
    EXPECT_LE(all.largest, 64U * 1024);
}

TEST_F(GateTest, ReadsAProgressiveJpegBackInPieces)
{
    const std::string jpeg = jpeg_of(noise(900, 900, 3).get(), true);
    CountedBytes all(jpeg);
    EXPECT_EQ(verdict(inspect(jpeg, 100'000, all)), "jpeg 1 900x900");
    EXPECT_LE(all.read_bytes(), jpeg.size());
    EXPECT_LE(all.largest, 64U * 1024);
    const std::string baseline = jpeg_of(noise(900, 900, 3).get());
    CountedBytes none(baseline);
    EXPECT_EQ(verdict(inspect(baseline, 100'000, none)), "jpeg 1 900x900");
    EXPECT_EQ(none.read_bytes(), 0U);
}

TEST_F(GateTest, RefusesPdfThatIsMuchLargerUnpacked)
{
    const std::string bomb = pdf_of(1, "/X(" + std::string(20 << 20, 'a') + ")");
    ASSERT_LT(bomb.size(), 1U << 20U);
    EXPECT_EQ(inspect(bomb), "imaging.too_complex");
}

TEST_F(GateTest, FailureToReadBackIsNotTheFilesFault)
{
    class Broken final : public ByteRanges {
    public:
        explicit Broken(std::string_view bytes) : held_(bytes) {}
        std::uint64_t size() const override { return held_.size(); }
        std::size_t read(std::uint64_t offset, char* to, std::size_t room) override
        {
            if (offset < 1000 && ++reads_ > 1) throw std::runtime_error("disk");
            return held_.read(offset, to, room);
        }

    private:
        HeldBytes held_;
        int reads_ = 0;
    };
    const std::string pdf = pdf_of(40);
    Broken all(pdf);
    EXPECT_THROW((void)inspect(pdf, 1000, all), std::runtime_error);
}

}  // namespace
}  // namespace tongban
