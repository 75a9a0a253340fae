#include "platform/crypto/certificate_maker.h"
#include "platform/crypto/sm2.h"
#include "platform/sealing/ofd_seal.h"
#include "platform/sealing/ses.h"
#include "platform/sealing/signed_files_fixture_test.h"
#include "platform/zip/zip_reader.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

using testing::HasSubstr;

class SealedOfd : public Signed {
protected:
    // The file with one part exchanged or added, in a container that is as it should be.
    static std::string with_part(std::string_view ofd, std::string_view path, const std::string& content)
    {
        const ZipReader zip = ZipReader::open(ofd).value();
        ZipWriter writer;
        bool found = false;
        for (const ZipReader::Entry& entry : zip.entries()) {
            found = found || entry.path == path;
            writer.add(std::string(entry.path), entry.path == path ? content : *ZipReader::content(entry),
                       entry.is_deflated ? Packing::deflated : Packing::stored);
        }
        if (!found) writer.add(std::string(path), content, Packing::deflated);
        return writer.finish();
    }
    static std::string part(std::string_view ofd, std::string_view path)
    {
        const ZipReader zip = ZipReader::open(ofd).value();
        return *ZipReader::content(*zip.find(path));
    }
};

TEST_F(SealedOfd, ProvesWhoSealedIt)
{
    const FileVerdict verdict = verdict_on(files().ofd);
    ASSERT_TRUE(verdict.is_genuine()) << verdict.reason;
    EXPECT_EQ(verdict.format, FileFormat::ofd);
    EXPECT_EQ(verdict.agency, lixia);
    EXPECT_EQ(verdict.seal_name, "济南市历下区不动产登记中心不动产登记专用章");
    EXPECT_EQ(verdict.signer_name, "济南市历下区不动产登记中心不动产登记专用章（演示）");
    EXPECT_NEAR(static_cast<double>(verdict.signed_at), static_cast<double>(files().clock.now()), 60'000);
    EXPECT_EQ(verdict.proven.size(), 2U);
}

TEST_F(SealedOfd, OpenSslAndUnzipAgree)
{
    // A third arithmetic and no OFD library at all (documents.md C.5).
    const std::string file = saved("proof.ofd", files().ofd);
    const std::string roots = (files().folder / "keys/seal-root.crt.pem").string();
    EXPECT_THAT(output_of("bash tests/vectors/ofdcheck.sh " + file + " " + roots), HasSubstr("ALL OK"));
    std::string page = part(files().ofd, "Doc_0/Pages/Page_0/Content.xml");
    page.replace(page.find("历下区"), std::string("历下区").size(), "市中区");
    const std::string bad = saved("bad.ofd", with_part(files().ofd, "Doc_0/Pages/Page_0/Content.xml", page));
    EXPECT_THAT(output_of("bash tests/vectors/ofdcheck.sh " + bad + " " + roots), HasSubstr("BAD"));
    EXPECT_THAT(output_of("unzip -tq " + file), HasSubstr("No errors detected"));
}

TEST_F(SealedOfd, NoByteCanBeChangedUnseen)
{
    const std::string& good = files().ofd;
    std::uint32_t state = 20261128;
    for (int i = 0; i < 600; ++i) {
        state = state * 1664525U + 1013904223U;
        std::string bad = good;
        const std::size_t at = state % bad.size();
        bad[at] = static_cast<char>(bad[at] ^ (1 << (i % 8)));
        const FileVerdict verdict = verdict_on(bad);
        EXPECT_FALSE(verdict.is_genuine()) << at;
        EXPECT_TRUE(verdict.is(verdict_problem::altered) || verdict.is(verdict_problem::appended) ||
                    verdict.is(verdict_problem::not_a_document))
            << at << " " << verdict.fault->code;
    }
    for (std::size_t cut = 0; cut < good.size(); cut += 4999)
        EXPECT_FALSE(verdict_on(std::string_view(good).substr(0, cut)).is_genuine()) << cut;
    EXPECT_FALSE(verdict_on(good + "x").is_genuine());
}

TEST_F(SealedOfd, NamesWhatWasDoneToIt)
{
    std::string page = part(files().ofd, "Doc_0/Pages/Page_0/Content.xml");
    page.replace(page.find("赵"), std::string("赵").size(), "钱");
    const FileVerdict altered = verdict_on(with_part(files().ofd, "Doc_0/Pages/Page_0/Content.xml", page));
    EXPECT_TRUE(altered.is(verdict_problem::altered));
    EXPECT_THAT(altered.reason, HasSubstr("Content.xml"));
    const FileVerdict appended = verdict_on(with_part(files().ofd, "Doc_0/Annots/Page_0/Annotation.xml", "<x/>"));
    EXPECT_TRUE(appended.is(verdict_problem::appended)) << appended.reason;
    EXPECT_TRUE(
        verdict_on(with_part(files().ofd, "Doc_0/Signs/Sign_0/Seal.esl", "other")).is(verdict_problem::altered));
    EXPECT_TRUE(
        verdict_on(with_part(files().ofd, "Doc_0/Signs/Sign_0/SignedValue.dat", "x")).is(verdict_problem::altered));

    ZipWriter unsealed;
    for (const ArchivePart& one : files().pair.ofd.parts) unsealed.add(one);
    EXPECT_FALSE(verdict_on(unsealed.finish()).is_genuine());
    ZipWriter other;
    other.add("word/document.xml", "<x/>", Packing::deflated);
    EXPECT_TRUE(verdict_on(other.finish()).is(verdict_problem::not_a_document));
}

// Everything right but one thing: signed by a forger with means of his own.
class ForgedSeal : public SealedOfd {
protected:
    struct Forgery {
        crypto::Key root_key = crypto::new_sm2_key();
        crypto::Certificate root;
        crypto::Key key = crypto::new_sm2_key();
        crypto::Certificate certificate;
    };
    static Forgery forger()
    {
        Forgery forgery;
        forgery.root = crypto::make_certificate(
            {
                .subject = {{"CN", "别的根"}                 },
                .extensions = { {NID_basic_constraints, "critical,CA:TRUE"},
                            {NID_key_usage, "critical,keyCertSign"},
                            {NID_subject_key_identifier, "hash"}},
                .days = 100
        },
            forgery.root_key.get(), nullptr, forgery.root_key.get());
        forgery.certificate = crypto::make_certificate(
            {
                .subject = {{"CN", "冒充者"},                          {"serialNumber", "370102"}},
                .extensions = { {NID_basic_constraints, "critical,CA:FALSE"},
                            {NID_key_usage, "critical,digitalSignature"},
                            {NID_authority_key_identifier, "keyid"}},
                .days = 100
        },
            forgery.key.get(), forgery.root.get(), forgery.root_key.get());
        return forgery;
    }
};

TEST_F(ForgedSeal, CannotBeUsedByAnotherKey)
{
    const Forgery forgery = forger();
    const std::string esl = part(files().ofd, seal_path);
    const std::string der = crypto::to_der(forgery.certificate.get());
    const FileVerdict verdict =
        verdict_on(ofd_with_seal(files().pair.ofd, {esl, der, forgery.key.get()}, files().clock.now()));
    EXPECT_TRUE(verdict.is(verdict_problem::wrong_signer)) << verdict.reason;
    EXPECT_EQ(verdict.agency, 0);
}

TEST_F(ForgedSeal, OfAnotherMakerHasNoRoot)
{
    const Forgery forgery = forger();
    const std::string der = crypto::to_der(forgery.certificate.get());
    ses::SealInfo info;
    info.id = "1";
    info.name = "济南市历下区不动产登记中心不动产登记专用章";
    info.signer_certificates = {der};
    info.made_at = files().clock.now();
    info.from = info.made_at - 10'000;
    info.until = info.made_at + 10'000'000;
    info.picture = "png";
    const std::string signed_bytes = ses::encode(info);
    const std::string esl = ses::encode_seal(signed_bytes, der, crypto::sm2_sign(forgery.key.get(), signed_bytes));
    const FileVerdict verdict =
        verdict_on(ofd_with_seal(files().pair.ofd, {esl, der, forgery.key.get()}, files().clock.now()));
    EXPECT_TRUE(verdict.is(verdict_problem::unknown_root)) << verdict.reason;

    // A seal whose facts were changed after its maker signed it.
    ses::SealInfo changed = info;
    changed.name = "青岛市市南区不动产登记中心不动产登记专用章";
    const std::string swapped =
        ses::encode_seal(ses::encode(changed), der, crypto::sm2_sign(forgery.key.get(), signed_bytes));
    EXPECT_TRUE(verdict_on(ofd_with_seal(files().pair.ofd, {swapped, der, forgery.key.get()}, files().clock.now()))
                    .is(verdict_problem::altered));
}

TEST_F(SealedOfd, MustHaveBeenSealedWhileTheSealWasValid)
{
    const Millis late = files().wish.until + 24LL * 3600 * 1000 / 2;
    const FileVerdict verdict = verdict_on(files().ring->seal_ofd(lixia, "registration", files().pair.ofd, late));
    EXPECT_TRUE(verdict.is(verdict_problem::seal_not_valid_then)) << verdict.reason;
    const Millis early = files().wish.from - 60'000;
    EXPECT_TRUE(verdict_on(files().ring->seal_ofd(lixia, "registration", files().pair.ofd, early))
                    .is(verdict_problem::seal_not_valid_then));
}

TEST_F(SealedOfd, RootsOfOthersDoNotCount)
{
    const auto other = files().folder / "other";
    create_demo_ca(other);
    EXPECT_TRUE(make_file_verifier(trusted_certificates(other))->verify(files().ofd).is(verdict_problem::unknown_root));
    EXPECT_TRUE(make_file_verifier(trusted_certificates(other))->verify(files().pdf).is(verdict_problem::unknown_root));
}

TEST_F(SealedOfd, SealsAreMadeOnceAndTheirKeysAreSealed)
{
    SealWish other = files().wish;
    other.name = "另一个名称";
    EXPECT_EQ(files().ring->make(lixia, "registration", other).name, files().wish.name);
    EXPECT_FALSE(files().ring->find(lixia, "none"));
    EXPECT_THROW(files().ring->seal_ofd(lixia, "none", files().pair.ofd, 0), std::runtime_error);
    std::ifstream in(files().folder / "keys/seal-370102-registration.key");
    const std::string key(std::istreambuf_iterator<char>(in), {});
    EXPECT_THAT(key, testing::StartsWith("v1."));
    EXPECT_THAT(key, testing::Not(HasSubstr("PRIVATE")));
    EXPECT_FALSE(files().ring->sign(lixia, "registration", "x").empty());
}

TEST_F(SealedOfd, HostileContainersEndQuickly)
{
    ZipWriter entities;
    entities.add("OFD.xml",
                 "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c "
                 "\"&b;&b;&b;&b;\">]><OFD><DocBody><Signatures>&c;</Signatures></DocBody></OFD>",
                 Packing::deflated);
    EXPECT_FALSE(verdict_on(entities.finish()).is_genuine());
    std::string deep;
    for (int i = 0; i < 200'000; ++i) deep += "<a>";
    ZipWriter nested;
    nested.add("OFD.xml", deep, Packing::stored);
    EXPECT_FALSE(verdict_on(nested.finish()).is_genuine());
    ZipWriter bomb;
    bomb.add("OFD.xml", std::string(40 << 20, ' '), Packing::deflated);
    EXPECT_FALSE(verdict_on(bomb.finish()).is_genuine());
}

}  // namespace
}  // namespace tongban
