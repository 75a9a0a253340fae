#include "platform/images/upload_gate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "platform/images/image_samples_test.h"
#include "platform/images/ink.h"
#include "platform/images/vips_start.h"

namespace tongban {
namespace {

using namespace samples;
using images::Picture;

std::string_view verdict(Result<FileFacts> result)
{
    return result ? to_text(result->kind) : result.error().code();
}

class ImagingTest : public testing::Test {
protected:
    std::unique_ptr<Imaging> imaging_ = make_imaging();
    const std::string jpeg_ = jpeg_of(noise(120, 80, 3).get());
    const std::string png_ = png_of(noise(90, 60, 4).get());
};

TEST_F(ImagingTest, AcceptsTheThreeKinds)
{
    const auto jpeg = imaging_->inspect(jpeg_);
    ASSERT_TRUE(jpeg);
    EXPECT_EQ(jpeg->kind, FileKind::jpeg);
    EXPECT_EQ(jpeg->width, 120);
    EXPECT_EQ(jpeg->height, 80);
    EXPECT_EQ(verdict(imaging_->inspect(png_)), "png");
    const auto pdf = imaging_->inspect(pdf_of(3));
    ASSERT_TRUE(pdf);
    EXPECT_EQ(pdf->kind, FileKind::pdf);
    EXPECT_EQ(pdf->pages, 3);
    EXPECT_EQ(pdf->width, 200);
    EXPECT_EQ(pdf->height, 100);
}

TEST_F(ImagingTest, RefusesWhatIsNeither)
{
    for (const std::string& bytes : {std::string(), std::string("GIF89a"), std::string("MZ"), std::string("<html>"),
                                     std::string(100, '\0'), std::string("\xFF\xD8"), "x" + jpeg_})
        EXPECT_EQ(verdict(imaging_->inspect(bytes)), "imaging.unsupported");
    EXPECT_EQ(verdict(imaging_->inspect(jpeg_ + std::string(64UL * 1024 * 1024, 'x'))), "imaging.too_large");
}

TEST_F(ImagingTest, SeesEveryTruncation)
{
    const std::string pdf = pdf_of(1);
    for (std::size_t percent = 1; percent < 100; percent += 3) {
        const auto cut = [&](const std::string& whole) {
            return std::string(
                verdict(imaging_->inspect(std::string_view(whole).substr(0, whole.size() * percent / 100))));
        };
        const std::string jpeg = cut(jpeg_);
        EXPECT_TRUE(jpeg == "imaging.truncated" || jpeg == "imaging.damaged" || jpeg == "imaging.unsupported")
            << jpeg << percent;
        const std::string png = cut(png_);
        EXPECT_TRUE(png == "imaging.truncated" || png == "imaging.unsupported") << png << percent;
        const std::string cut_pdf = cut(pdf);
        EXPECT_TRUE(cut_pdf == "imaging.truncated" || cut_pdf == "imaging.unsupported") << cut_pdf << percent;
    }
    EXPECT_EQ(verdict(imaging_->inspect(std::string_view(jpeg_).substr(0, jpeg_.size() / 2))), "imaging.truncated");
}

TEST_F(ImagingTest, SeesDamage)
{
    int refused = 0;
    for (std::size_t at = 700; at + 700 < png_.size(); at += png_.size() / 40) {
        std::string bad = png_;
        bad[at] = static_cast<char>(bad[at] ^ 0x55);
        EXPECT_FALSE(imaging_->inspect(bad)) << at;
        ++refused;
    }
    EXPECT_GT(refused, 20);
    std::string bad = jpeg_;
    bad[jpeg_.size() / 2] = '\xFF';  // a marker where there is none
    bad[jpeg_.size() / 2 + 1] = '\xC4';
    EXPECT_FALSE(imaging_->inspect(bad));
    std::string broken = pdf_of(1);
    broken.replace(broken.find("startxref"), 12, "startxref\n77");
    EXPECT_EQ(verdict(imaging_->inspect(broken)), "imaging.damaged");
    EXPECT_EQ(verdict(imaging_->inspect("%PDF-1.7\nnothing\n%%EOF\n")), "imaging.damaged");
}

TEST_F(ImagingTest, StopsAtThePixelLimitBeforeDecoding)
{
    std::string bomb = png_;
    bomb.replace(16, 8, std::string("\0\0\x75\x30\0\0\x75\x30", 8));  // 30000 × 30000
    EXPECT_EQ(verdict(imaging_->inspect(bomb)), "imaging.too_many_pixels");
}

TEST_F(ImagingTest, RefusesPdfThatActsOrHides)
{
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"))),
              "imaging.active_content");
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "/OpenAction<</S/J#61vaScript/#4aS(app.alert(1))>>"))),
              "imaging.active_content");
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "/Names<</EmbeddedFiles<</Names[]>>>>"))), "imaging.active_content");
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "/X[[<</S/Launch/F(cmd.exe)>>]]"))), "imaging.active_content");
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "/OpenAction[0/Fit]"))), "pdf") << "only says which page to show";
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "", Lock::user_password))), "imaging.encrypted");
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(1, "", Lock::owner_password))), "imaging.encrypted");
    EXPECT_EQ(verdict(imaging_->inspect(pdf_of(501))), "imaging.too_many_pages");
}

TEST_F(ImagingTest, PreviewsAreSmallTurnedAndClean)
{
    const std::string carrier = jpeg_ + "PK\x03\x04 appended payload";
    const auto upright = imaging_->preview(carrier, FileKind::jpeg, 1, 60, Rotation::none);
    ASSERT_TRUE(upright);
    EXPECT_EQ(upright->find("payload"), std::string::npos);
    EXPECT_EQ(imaging_->inspect(*upright)->width, 60);
    EXPECT_EQ(imaging_->inspect(*upright)->height, 40);
    const auto turned = imaging_->preview(jpeg_, FileKind::jpeg, 1, 60, Rotation::right);
    ASSERT_TRUE(turned);
    EXPECT_EQ(imaging_->inspect(*turned)->width, 40);
    EXPECT_EQ(imaging_->inspect(*turned)->height, 60);
    EXPECT_EQ(imaging_->inspect(*imaging_->preview(png_, FileKind::png, 1, 2000, Rotation::half))->width, 90)
        << "never enlarged";
}

TEST_F(ImagingTest, PreviewsPagesOfPdf)
{
    const std::string pdf = pdf_of(2);
    const auto second = imaging_->preview(pdf, FileKind::pdf, 2, 400, Rotation::left);
    ASSERT_TRUE(second) << second.error().code();
    EXPECT_EQ(imaging_->inspect(*second)->width, 200);
    EXPECT_EQ(imaging_->inspect(*second)->height, 400);
    EXPECT_EQ(imaging_->preview(pdf, FileKind::pdf, 3, 400, Rotation::none).error().code(), "imaging.no_such_page");
    EXPECT_EQ(imaging_->preview(pdf, FileKind::pdf, 0, 400, Rotation::none).error().code(), "imaging.no_such_page");
    EXPECT_EQ(imaging_->preview(jpeg_, FileKind::jpeg, 2, 400, Rotation::none).error().code(), "imaging.no_such_page");
    EXPECT_EQ(imaging_->preview(jpeg_, FileKind::pdf, 1, 400, Rotation::none).error().code(), "imaging.damaged");
    EXPECT_EQ(imaging_->preview(pdf, FileKind::pdf, 1, 5, Rotation::none).error().code(), "base.invalid_fields");
}

TEST(Ink, FindsTheStrokesOnAnyGround)
{
    images::start_vips();
    for (const bool transparent : {true, false}) {
        std::string rgba;
        for (int y = 0; y < 50; ++y)
            for (int x = 0; x < 100; ++x) {
                const bool stroke = x >= 20 && x < 60 && y >= 10 && y < 14;
                rgba += stroke        ? std::string("\0\0\0\xFF", 4)
                        : transparent ? std::string(4, '\0')
                                      : std::string(4, '\xFF');
            }
        const Picture picture(vips_image_new_from_memory_copy(rgba.data(), rgba.size(), 100, 50, 4, VIPS_FORMAT_UCHAR));
        const auto ink = images::read_ink(png_of(picture.get()));
        ASSERT_TRUE(ink) << ink.error().code();
        EXPECT_EQ(ink->width, 40);
        EXPECT_EQ(ink->height, 4);
        EXPECT_EQ(ink->coverage, std::string(160, '\xFF'));
    }
    EXPECT_FALSE(images::read_ink("not a png"));
}

TEST(Imaging, TextsAndRotations)
{
    EXPECT_EQ(*file_kind_from_text("png"), FileKind::png);
    EXPECT_FALSE(file_kind_from_text("gif"));
    EXPECT_EQ(*rotation_from_degrees(270), Rotation::left);
    EXPECT_FALSE(rotation_from_degrees(45));
    EXPECT_EQ(media_type(FileKind::pdf), "application/pdf");
}

}  // namespace
}  // namespace tongban
