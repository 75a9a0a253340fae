#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "platform/documents/press.h"
#include "platform/documents/samples.h"
#include "platform/documents/typesetting.h"
#include "platform/images/vips_start.h"

namespace tongban {
namespace {

using namespace documents;
using testing::HasSubstr;
using testing::Not;

std::filesystem::path font_cache()
{
    return std::filesystem::temp_directory_path() / "tongban-fonts";
}

// Loading takes some seconds the very first time; the tests share one press.
DocumentPress& press()
{
    static const auto shared = make_document_press(font_cache(), PressMode::demo);
    return *shared;
}

// What a tool prints, both streams.
std::string output_of(const std::string& command)
{
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return "popen failed";
    std::string text;
    std::array<char, 4096> part{};
    while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), n);
    ::pclose(pipe);
    return text;
}

std::string without_blanks(std::string text)
{
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

class Scratch : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string saved(std::string_view name, std::string_view bytes) const
    {
        const auto file = folder_ / name;
        std::ofstream(file, std::ios::binary) << bytes;
        return file.string();
    }

    std::string text_of(const Result<std::string>& pdf) const
    {
        if (!pdf) return std::string(pdf.error().code());
        return output_of("pdftotext -raw " + saved("text.pdf", *pdf) + " -");
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / fmt::format("tongban-documents-test-{}", ::getpid());
};

class Documents : public Scratch {
protected:
    // Independent readers find nothing wrong, and all fonts are embedded subsets with a way back to Unicode.
    void expect_sound(const Result<std::string>& pdf)
    {
        ASSERT_TRUE(pdf) << pdf.error().code() << " " << pdf.error().detail;
        const std::string file = saved("sound.pdf", *pdf);
        EXPECT_THAT(output_of("qpdf --check " + file), HasSubstr("No syntax or stream encoding errors found"));
        EXPECT_EQ(output_of("pdftotext " + file + " /dev/null"), "") << "poppler complains";
        const std::string fonts = output_of("pdffonts " + file);
        EXPECT_THAT(fonts, HasSubstr("CID TrueType"));
        EXPECT_THAT(fonts, HasSubstr("yes yes yes"));
        EXPECT_THAT(fonts, Not(HasSubstr(" no ")));
        EXPECT_LT(pdf->size(), 120'000U);
    }
};

TEST_F(Documents, AreSoundAndSayWhatTheyMust)
{
    const auto receipt = press().print(sample_collection_receipt());
    expect_sound(receipt);
    const std::string text = without_blanks(text_of(receipt));
    for (const char* part :
         {"申请人联", "存档联", "异地代收材料清单", "DS370202202611230007", "本清单为收取材料的凭证，不是受理凭证",
          "66c7f0f462eeedd9", "身份证背面.jpg", "赵䶮", "𠮷田淼", "370***********1237", "异地代收专用章"})
        EXPECT_THAT(text, HasSubstr(part));

    const auto acceptance = press().print(sample_acceptance_receipt());
    expect_sound(acceptance);
    EXPECT_THAT(without_blanks(text_of(acceptance)), HasSubstr("予以受理。承诺办结日期为2026年11月25日"));

    const auto notice = press().print(sample_notice());
    expect_sound(notice);
    EXPECT_THAT(without_blanks(text_of(notice)), HasSubstr("抵押合同第4页缺少抵押人签名"));

    const auto interview = press().print(sample_interview());
    expect_sound(interview);
    EXPECT_THAT(without_blanks(text_of(interview)), HasSubstr("答：一致，八十六万元，二十年。"));

    const auto proof = press().print(sample_proof());
    expect_sound(proof);
    const std::string proof_text = without_blanks(text_of(proof));
    for (const char* part : {"鲁(2026)历下区不动产证明第0000001号", "370102001001GB00001F00030171", "核验码7Q4K-9M2P",
                             "2026年11月23日", "演示环境出具，不具有法律效力"})
        EXPECT_THAT(proof_text, HasSubstr(part));

    const auto title = press().print(sample_title());
    expect_sound(title);
    const std::string title_text = without_blanks(text_of(title));
    for (const char* part : {"不动产权证书", "鲁(2026)历下区不动产权第0000001号", "按份共有（赵䶮2/3，钱示例1/3）",
                             "国有建设用地使用权/房屋（构筑物）所有权", "扫描二维码核验本证书"})
        EXPECT_THAT(title_text, HasSubstr(part));
}

TEST_F(Documents, AreTheSameBytesForTheSameTexts)
{
    const auto first = press().print(sample_proof());
    const auto second = make_document_press(font_cache(), PressMode::demo)->print(sample_proof());
    EXPECT_EQ(*first, *second);
    RegistrationProof other = sample_proof();
    other.code = "7Q4K-9M2R";
    EXPECT_NE(*first, *press().print(other));
}

TEST_F(Documents, SayDemonstrationOnlyWhenTheyAre)
{
    const auto live = make_document_press(font_cache(), PressMode::live)->print(sample_notice());
    EXPECT_THAT(text_of(live), Not(HasSubstr("演示")));
}

TEST_F(Documents, PrintRareCharactersAndRefuseUnknownOnes)
{
    Notice notice = sample_notice();
    const std::string rare =
        "䶮龑淼喆堃翀赟彧曌犇骉昇甯媖珺旻昱昳玥垚燊翾鄀镕㛃䒟㐂𠅤𫖯𬘫𫞩𬱖𪤗𬭊"
        "𫍯";
    notice.addressee = rare;
    const auto printed = press().print(notice);
    expect_sound(printed);
    EXPECT_THAT(without_blanks(text_of(printed)), HasSubstr(rare));

    notice.addressee = "名\xCD\xB8";  // U+0378: no character at all
    const auto refused = press().print(notice);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "documents.character_missing");
    EXPECT_THAT(refused.error().detail, HasSubstr("U+0378"));
    for (const char* bad : {"\xFF", "\xE4\xB8", "a\tb", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
        notice.addressee = bad;
        EXPECT_EQ(press().print(notice).error().code(), "documents.text_malformed");
    }
}

TEST_F(Documents, ShrinkLongFieldsAndRefuseEndlessOnes)
{
    RegistrationProof proof = sample_proof();
    for (int i = 0; i < 30; ++i) proof.notes += "附记说明文字";
    const auto printed = press().print(proof);
    ASSERT_TRUE(printed) << printed.error().code();
    std::string wanted;
    for (int i = 0; i < 30; ++i) wanted += "附记说明文字";
    EXPECT_THAT(without_blanks(text_of(printed)), HasSubstr(wanted)) << "nothing may be cut off";
    for (int i = 0; i < 3000; ++i) proof.notes += "附记";
    EXPECT_EQ(press().print(proof).error().code(), "documents.text_too_long");
    proof = sample_proof();
    proof.head.qr = std::string(4000, 'x');
    EXPECT_EQ(press().print(proof).error().code(), "documents.text_too_long");
}

TEST_F(Documents, RunOverAsManyPagesAsNeeded)
{
    CollectionReceipt receipt = sample_collection_receipt();
    for (int i = 0; i < 200; ++i)
        receipt.materials[5].taken.push_back({fmt::format("第{}页.jpg", i), std::string(64, 'a'), "2026-11-23 14:02"});
    const auto pdf = press().print(receipt);
    ASSERT_TRUE(pdf);
    const std::string text = without_blanks(text_of(pdf));
    for (int i = 0; i < 200; i += 13) EXPECT_TRUE(text.find(fmt::format("第{}页.jpg", i)) != text.npos) << i;
    EXPECT_TRUE(text.find("申请人联第1页共6页") != text.npos);
    EXPECT_TRUE(text.find("存档联第6页共6页") != text.npos);
}

TEST_F(Documents, ShowDrawnSignatures)
{
    images::start_vips();
    const images::Picture canvas([] {
        VipsImage* made = nullptr;
        EXPECT_EQ(vips_black(&made, 300, 100, "bands", 4, nullptr), 0);
        VipsImage* held = vips_image_copy_memory(made);
        g_object_unref(made);
        double black[] = {0, 0, 0, 255};
        for (int i = 0; i < 6; ++i) EXPECT_EQ(vips_draw_line(held, black, 4, 10, 10 + i, 280, 80 + i, nullptr), 0);
        return held;
    }());
    void* data = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(vips_pngsave_buffer(canvas.get(), &data, &size, nullptr), 0);
    InterviewRecord record = sample_interview();
    record.signatures[0].png.assign(static_cast<const char*>(data), size);
    g_free(data);
    const auto pdf = press().print(record);
    expect_sound(pdf);
    EXPECT_THAT(output_of("pdfimages -list " + saved("signed.pdf", *pdf)), HasSubstr("smask"));
    record.signatures[0].png = "no picture";
    EXPECT_EQ(press().print(record).error().code(), "documents.bad_picture");
}

class Typesetting : public testing::Test {
protected:
    std::vector<std::string> lines(std::string_view text, double width)
    {
        static const FontBook fonts(font_cache());
        std::vector<std::string> texts;
        const auto broken = break_lines(fonts, Style::serif, text, width);
        for (const Line& line : *broken) {
            std::string one;
            for (const Glyph& glyph : line.glyphs) {
                const auto c = static_cast<std::uint32_t>(glyph.character);
                if (c < 0x80)
                    one += static_cast<char>(c);
                else
                    one += {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)),
                            static_cast<char>(0x80 | (c & 63))};
            }
            texts.push_back(one);
        }
        return texts;
    }
};

TEST_F(Typesetting, KeepsMarksWhereTheyBelong)
{
    using testing::ElementsAre;
    EXPECT_THAT(lines("一二三四五", 3), ElementsAre("一二三", "四五"));
    EXPECT_THAT(lines("一二三，四五", 3), ElementsAre("一二", "三，四", "五"));
    EXPECT_THAT(lines("一二《三四五", 3), ElementsAre("一二", "《三四", "五"));
    EXPECT_THAT(lines("一\n二", 3), ElementsAre("一", "二"));
    EXPECT_THAT(lines("", 3), ElementsAre(""));
    EXPECT_THAT(lines("编号370102号", 4.5), ElementsAre("编号", "370102号"));
}

}  // namespace
}  // namespace tongban
