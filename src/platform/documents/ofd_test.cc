// The OFD twin of a document: built from the same display list, the same bytes every time, readable by others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "platform/documents/compose.h"
#include "platform/documents/ofd_writer.h"
#include "platform/documents/png.h"
#include "platform/documents/press.h"
#include "platform/documents/samples.h"
#include "platform/zip/deflate.h"

namespace tongban {
namespace {

using namespace documents;
using testing::HasSubstr;
using testing::Not;

const FontBook& fonts()
{
    static const FontBook book(std::filesystem::temp_directory_path() / "tongban-fonts");
    return book;
}

OfdPackage package_of(const RegistrationProof& proof)
{
    const auto drawing = compose(fonts(), Marking::demo, proof);
    EXPECT_TRUE(drawing);
    return write_ofd(*drawing, fonts(), make_plates(*drawing, fonts()));
}

std::string content(const OfdPackage& package, std::string_view path)
{
    for (const ArchivePart& part : package.parts)
        if (part.path == path) return part.is_deflated ? inflate(part.packed, part.size).value_or("?") : part.packed;
    return {};
}

TEST(Ofd, HasThePartsOfThePackageInTheirOrder)
{
    const OfdPackage package = package_of(sample_proof());
    std::vector<std::string> paths;
    for (const ArchivePart& part : package.parts) paths.push_back(part.path);
    ASSERT_GE(paths.size(), 5U);
    EXPECT_EQ(paths[0], "OFD.xml");
    EXPECT_EQ(paths[1], "Doc_0/Document.xml");
    EXPECT_EQ(paths[2], "Doc_0/PublicRes.xml");
    EXPECT_EQ(paths[3], "Doc_0/Pages/Page_0/Content.xml");
    EXPECT_EQ(paths[4], "Doc_0/Res/font_1.ttf");
    ASSERT_TRUE(package.stamp);
    EXPECT_NEAR(package.stamp->width, 42, 1e-9);
    const std::string root = content(package, "OFD.xml");
    EXPECT_THAT(root, HasSubstr("<ofd:CustomData Name=\"ZZBS\">" + sample_proof().identifier));
    EXPECT_THAT(root, HasSubstr("<ofd:CustomData Name=\"KZ_BDCDYH\">370102001001GB00001F00030171"));
    EXPECT_THAT(root, HasSubstr("Doc_0/Signs/Signatures.xml"));
}

TEST(Ofd, SaysWhatThePaperSays)
{
    const std::string page = content(package_of(sample_proof()), "Doc_0/Pages/Page_0/Content.xml");
    for (const char* text :
         {"不动产登记证明", "齐鲁示范银行股份有限公司青岛市南支行", "鲁(2026)历下区不动产证明第0000001号",
          "370102001001GB00001F00030171", "演示环境出具，不具有法律效力"})
        EXPECT_THAT(page, HasSubstr(text));
    EXPECT_THAT(page, Not(HasSubstr("不动产登记专用章"))) << "the seal's picture comes with the seal";
}

TEST(Ofd, NamesTheGlyphOfACharacterBeyondTheCommonPlane)
{
    RegistrationProof proof = sample_proof();
    proof.obligor = "𠮷田<淼>&\"";
    const std::string page = content(package_of(proof), "Doc_0/Pages/Page_0/Content.xml");
    const std::size_t at = page.find("𠮷</ofd:TextCode>");
    ASSERT_NE(at, std::string::npos);
    EXPECT_THAT(page.substr(at - 300, 300), HasSubstr("CodeCount=\"2\" GlyphCount=\"1\"><ofd:Glyphs>"));
    EXPECT_THAT(page, HasSubstr("田&lt;淼&gt;&amp;"));
}

TEST(Ofd, IsTheSameBytesForTheSameTexts)
{
    const OfdPackage first = package_of(sample_proof());
    const OfdPackage second = package_of(sample_proof());
    ASSERT_EQ(first.parts.size(), second.parts.size());
    for (std::size_t i = 0; i < first.parts.size(); ++i) {
        EXPECT_EQ(first.parts[i].packed, second.parts[i].packed) << first.parts[i].path;
        EXPECT_EQ(first.parts[i].sm3, second.parts[i].sm3);
    }
    RegistrationProof other = sample_proof();
    other.code = "7Q4K-9M2R";
    EXPECT_NE(content(package_of(other), "OFD.xml"), content(first, "OFD.xml")) << "another document, another DocID";
}

TEST(Ofd, FontsCanBeLoadedByOthers)
{
    // cmap, name, OS/2 and post are there, and the characters are found through cmap.
    const OfdPackage package = package_of(sample_proof());
    const std::string file = content(package, "Doc_0/Res/font_1.ttf");
    const HbBlob blob(
        hb_blob_create(file.data(), static_cast<unsigned>(file.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const HbFace face(hb_face_create(blob.get(), 0));
    const HbFont font(hb_font_create(face.get()));
    for (const char32_t c : U"不动产登记证明")
        if (c != 0) {
            hb_codepoint_t glyph = 0;
            EXPECT_TRUE(hb_font_get_nominal_glyph(font.get(), c, &glyph)) << static_cast<unsigned>(c);
        }
    for (const char* table : {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post"}) {
        const HbBlob found(hb_face_reference_table(face.get(), hb_tag_from_string(table, 4)));
        EXPECT_GT(hb_blob_get_length(found.get()), 0U) << table;
    }
}

TEST(SealPicture, IsASmallPngWithTheInkWhereItBelongs)
{
    const auto press = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
    const auto picture = press->seal_picture("济南市历下区不动产登记中心", "不动产登记专用章");
    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->starts_with("\x89PNG"));
    EXPECT_GT(picture->size(), 4000U);
    EXPECT_LT(picture->size(), 24000U);
    EXPECT_EQ(*picture, *press->seal_picture("济南市历下区不动产登记中心", "不动产登记专用章"));
    EXPECT_NE(*picture, *press->seal_picture("济南市历下区不动产登记中心", "异地代收专用章"));
    EXPECT_EQ(press->seal_picture("名\xCD\xB8", "章").error().code(), "documents.character_missing");
}

}  // namespace
}  // namespace tongban
