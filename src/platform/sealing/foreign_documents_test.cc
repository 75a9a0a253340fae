// Documents that others wrote, sealed by us: our verifier accepts them, strangers' tools do, and the original is still
// in there.
#include "platform/sealing/foreign_documents.h"

#include "platform/sealing/signed_files_fixture_test.h"
#include "platform/zip/zip_reader.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

using testing::HasSubstr;
using testing::Not;

class ForeignFilesTest : public Signed {
protected:
    // As a stranger would hand it in: without any place for a signature.
    static std::string unsigned_pdf()
    {
        Notice notice;
        notice.head = {"历下告〔2026〕1号", "", files().clock.now(), SignatureHole::none};
        notice.home_name = lixia_name;
        notice.title = "告知书";
        notice.addressee = "张三";
        notice.paragraphs = {"您的申请已收到。"};
        notice.date = "2026年11月28日";
        return files().press->print(notice).value();
    }
    // The certificate's OFD without its mention of signatures.
    static std::string unsigned_ofd()
    {
        ZipWriter zip;
        const std::string closed = closed_ofd(files().pair.ofd);
        const auto reader = ZipReader::open(closed).value();
        for (const ZipReader::Entry& entry : reader.entries()) {
            std::string content = ZipReader::content(entry).value();
            const std::string ours = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>";
            if (const auto at = content.find(ours); at != std::string::npos) content.erase(at, ours.size());
            zip.add(std::string(entry.path), content, Packing::deflated);
        }
        return zip.finish();
    }
    static std::string closed_ofd(const OfdPackage& package)
    {
        ZipWriter zip;
        for (const ArchivePart& part : package.parts) zip.add(part);
        return zip.finish();
    }
    static Result<std::string> sealed_pdf(const std::string& pdf)
    {
        return files().signer->sign_pdf(lixia, TRY(pdf_with_hole(pdf, files().clock.now())));
    }
    // The same document with its cross-reference as a stream, as most writers do it today.
    static std::string with_streams(const std::string& pdf)
    {
        const std::string in = saved("in.pdf", pdf);
        const std::string out = (files().folder / "streams.pdf").string();
        EXPECT_EQ(output_of("qpdf --object-streams=generate " + in + " " + out), "");
        std::ifstream file(out, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(ForeignFilesTest, APdfIsSealedAsAnUpdateThatEverybodyAccepts)
{
    const std::string plain = unsigned_pdf();
    for (const std::string& pdf : {plain, with_streams(plain)}) {
        const auto sealed = sealed_pdf(pdf);
        ASSERT_TRUE(sealed) << sealed.error().code();
        EXPECT_EQ(sealed->substr(0, pdf.size()), pdf);
        const FileVerdict verdict = verdict_on(*sealed);
        EXPECT_TRUE(verdict.is_genuine()) << verdict.reason;
        EXPECT_EQ(verdict.agency, lixia);
        const std::string file = saved("sealed.pdf", *sealed);
        EXPECT_THAT(output_of("qpdf --check " + file), HasSubstr("No syntax or stream encoding errors"));
        EXPECT_EQ(output_of("pdftotext " + file + " /dev/null"), "");
        EXPECT_THAT(output_of("mutool info " + file), Not(HasSubstr("error")));
        EXPECT_THAT(output_of("pdfsig " + file), HasSubstr("Signature is Valid"));
        EXPECT_THAT(output_of("pdfsig " + file), HasSubstr("Total document signed"));
        for (const std::size_t at : {pdf.size() / 2, pdf.size() + 20, sealed->size() - 3}) {
            std::string changed = *sealed;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            EXPECT_FALSE(verdict_on(changed).is_genuine()) << at;
        }
        EXPECT_EQ(sealed_pdf(*sealed).error().problem, &foreign_file_problem::already_signed);
    }
}

TEST_F(ForeignFilesTest, RefusesPdfsThatAreNone)
{
    const std::string pdf = unsigned_pdf();
    EXPECT_EQ(sealed_pdf("").error().problem, &foreign_file_problem::damaged);
    EXPECT_EQ(sealed_pdf("%PDF-1.7\nstartxref\n0\n%%EOF\n").error().problem, &foreign_file_problem::damaged);
    EXPECT_EQ(sealed_pdf(pdf.substr(0, pdf.size() / 2)).error().problem, &foreign_file_problem::damaged);
    EXPECT_EQ(sealed_pdf("x" + pdf).error().problem, &foreign_file_problem::damaged);
    EXPECT_EQ(sealed_pdf(files().pdf).error().problem, &foreign_file_problem::already_signed);
    EXPECT_EQ(sealed_pdf(files().pair.pdf).error().problem, &foreign_file_problem::already_signed) << "has a field";
}

TEST_F(ForeignFilesTest, AnOfdGetsTheSealOnItsFirstPage)
{
    const std::string plain = unsigned_ofd();
    EXPECT_TRUE(verdict_on(plain).is(verdict_problem::not_signed));
    const auto package = ofd_with_place(plain);
    ASSERT_TRUE(package) << package.error().code();
    ASSERT_TRUE(package->stamp);
    EXPECT_GT(package->stamp->page, 0);
    EXPECT_GT(package->stamp->x, 100) << "on the right of a landscape page";
    const std::string sealed = files().ring->seal_ofd(lixia, "registration", *package, files().clock.now());
    const FileVerdict verdict = verdict_on(sealed);
    EXPECT_TRUE(verdict.is_genuine()) << verdict.reason;
    EXPECT_EQ(verdict.seal_name, files().wish.name);
    const auto before = ZipReader::open(plain).value();
    const auto after = ZipReader::open(sealed).value();
    for (const ZipReader::Entry& entry : before.entries()) {
        if (entry.path == "OFD.xml") continue;
        ASSERT_NE(after.find(entry.path), nullptr) << entry.path;
        EXPECT_EQ(ZipReader::content(*after.find(entry.path)), ZipReader::content(entry)) << entry.path;
    }
    EXPECT_EQ(ofd_with_place(sealed).error().problem, &foreign_file_problem::already_signed);
}

TEST_F(ForeignFilesTest, RefusesOfdsThatAreNone)
{
    EXPECT_EQ(ofd_with_place("PK").error().problem, &archive_problem::malformed);
    ZipWriter zip;
    zip.add("hello.txt", "hello", Packing::stored);
    EXPECT_EQ(ofd_with_place(zip.finish()).error().problem, &foreign_file_problem::damaged);
    ZipWriter no_document;
    no_document.add("OFD.xml",
                    "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:DocBody><ofd:DocRoot>D.xml"
                    "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
                    Packing::stored);
    EXPECT_EQ(ofd_with_place(no_document.finish()).error().problem, &foreign_file_problem::damaged);
}

}  // namespace
}  // namespace tongban
