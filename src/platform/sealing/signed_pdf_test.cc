#include "base/signed_code.h"
#include "platform/crypto/code_keys.h"
#include "platform/sealing/signed_files_fixture_test.h"

namespace tongban {
namespace {

using testing::HasSubstr;

class SignedPdf : public Signed {};

TEST_F(SignedPdf, IsGenuineToUsAndToOthers)
{
    const FileVerdict verdict = verdict_on(files().pdf);
    EXPECT_TRUE(verdict.is_genuine()) << verdict.reason;
    EXPECT_EQ(verdict.agency, lixia);
    EXPECT_EQ(verdict.format, FileFormat::pdf);
    const std::string file = saved("proof.pdf", files().pdf);
    EXPECT_THAT(output_of("qpdf --check " + file), HasSubstr("No syntax or stream encoding errors found"));
    EXPECT_THAT(output_of("mutool sign -v " + file), HasSubstr("The document is unchanged since signing."));
}

TEST_F(SignedPdf, CarriesATimeStampThatOthersAcceptToo)
{
    TimeOverHttp network(*files().authority);
    const auto stamps = make_time_stamps(network, {"http://dead/", "http://nonsense/", "http://time/"},
                                         root_certificate(files().folder / "keys"));
    const auto stamped = stamps->stamp_pdf(files().pdf);
    ASSERT_TRUE(stamped) << stamped.error().code();
    EXPECT_EQ(network.asked.size(), 3U) << "one after the other";
    EXPECT_EQ(stamped->size(), files().pdf.size());
    const FileVerdict verdict = verdict_on(*stamped);
    EXPECT_TRUE(verdict.is_genuine()) << verdict.reason;
    EXPECT_EQ(verdict.stamped_by, "通办演示时间戳");
    EXPECT_NEAR(static_cast<double>(verdict.stamped_at), static_cast<double>(files().clock.now()), 60'000);

    const std::string file = saved("stamped.pdf", *stamped);
    EXPECT_THAT(output_of("qpdf --check " + file), HasSubstr("No syntax or stream encoding errors found"));
    const std::string store = (files().folder / "nss").string();
    std::filesystem::create_directories(store);
    const std::string root = (files().folder / "keys/root.crt.pem").string();
    output_of("certutil -N -d sql:" + store + " --empty-password");
    output_of("certutil -A -d sql:" + store + " -n root -t CT,C,C -i " + root);
    const std::string said = output_of("pdfsig -nssdir sql:" + store + " " + file);
    EXPECT_THAT(said, HasSubstr("Signature is Valid."));
    EXPECT_THAT(said, HasSubstr("Certificate is Trusted."));
    EXPECT_THAT(said, HasSubstr("Total document signed"));
    EXPECT_THAT(said, HasSubstr("济南市历下区不动产登记中心（演示）"));
    EXPECT_THAT(output_of("mutool sign -v " + file), HasSubstr("The document is unchanged since signing."));

    // Every byte of the hole is accounted for: signature, certificates, token and padding.
    const std::size_t hole = stamped->find("/Contents <") + 11;
    const std::size_t hole_end = stamped->find('>', hole);
    int seen = 0;
    for (std::size_t at = hole; at < hole_end; at += 3, ++seen) {
        std::string bad = *stamped;
        bad[at] = bad[at] == '0' ? '8' : '0';
        EXPECT_FALSE(verdict_on(bad).is_genuine()) << at - hole;
    }
    EXPECT_GT(seen, 3000);
}

TEST_F(SignedPdf, OpenSslAcceptsTheAuthority)
{
    const auto folder = files().folder.string();
    output_of(fmt::format("openssl ts -query -data {0}/keys/root.crt.pem -sm3 -cert -out {0}/q.tsq", folder));
    std::ifstream in(folder + "/q.tsq", std::ios::binary);
    const std::string query(std::istreambuf_iterator<char>(in), {});
    ASSERT_FALSE(query.empty());
    saved("r.tsr", files().authority->answer(query));
    EXPECT_THAT(output_of(fmt::format(
                    "openssl ts -verify -queryfile {0}/q.tsq -in {0}/r.tsr -CAfile {0}/keys/root.crt.pem", folder)),
                HasSubstr("Verification: OK"));
    saved("bad.tsr", files().authority->answer("no request"));
    EXPECT_THAT(output_of(fmt::format("openssl ts -reply -in {}/bad.tsr -text", folder)), HasSubstr("Rejected"));
}

TEST_F(SignedPdf, DoesWithoutADeadAuthority)
{
    TimeOverHttp network(*files().authority);
    const auto stamps =
        make_time_stamps(network, {"http://dead/", "http://nonsense/"}, root_certificate(files().folder / "keys"));
    const auto refused = stamps->stamp_pdf(files().pdf);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "time_stamp.unavailable");
    EXPECT_EQ(verdict_on(files().pdf).stamped_at, 0);
}

TEST_F(SignedPdf, RefusesAStampOfAnotherSignature)
{
    TimeOverHttp network(*files().authority);
    const auto stamps = make_time_stamps(network, {"http://time/"}, root_certificate(files().folder / "keys"));
    const std::string other = stamps->stamp_pdf(files().signer->sign_pdf(lixia, files().pair.pdf)).value();
    const std::string mine = stamps->stamp_pdf(files().pdf).value();
    // The other file's whole signature does fit: it is over the same bytes. Its stamp alone does not: the stamp names
    // the signature value. The two holes differ, so a mixture of both must fail.
    const std::size_t hole = mine.find("/Contents <") + 11;
    std::string mixed = mine;
    mixed.replace(hole + 2400, 4000, other.substr(hole + 2400, 4000));
    EXPECT_FALSE(verdict_on(mixed).is_genuine());
}

TEST_F(SignedPdf, LosesItsProofWithAnyChangedByte)
{
    const std::string& pdf = files().pdf;
    for (std::size_t at = 0; at < pdf.size(); at += 997) {
        std::string bad = pdf;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        EXPECT_FALSE(verdict_on(bad).is_genuine()) << at;
    }
    std::string bad = pdf;
    bad[pdf.size() / 2] = static_cast<char>(bad[pdf.size() / 2] ^ 1);
    EXPECT_TRUE(verdict_on(bad).is(verdict_problem::altered));
    EXPECT_TRUE(verdict_on(files().pair.pdf).is(verdict_problem::not_signed)) << "an empty hole is no signature";
    EXPECT_TRUE(verdict_on(pdf + "\n5 0 obj<<>>endobj").is(verdict_problem::appended));
}

TEST_F(SignedPdf, LeadsToItsVerificationPage)
{
    const std::string file = saved("qr.pdf", files().pdf);
    output_of("pdftoppm -r 150 -png -singlefile " + file + " " + (files().folder / "page").string());
    EXPECT_THAT(output_of("zbarimg -q " + (files().folder / "page.png").string()),
                HasSubstr(documents::sample_proof().head.qr));
}

TEST_F(SignedPdf, TheCodeOnItWorksWithoutNetwork)
{
    const CodeFacts facts{"370102001001GB00001F00030171", "2026-11-23", "齐鲁****支行"};
    const auto keys = make_code_keys(files().folder / "keys");
    const std::string code =
        signed_code(*files().signer, *keys, lixia, "https://tongban.example/verify?number=1.2&code=7Q4K", facts);
    const auto read = read_code(code);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->facts, facts);
    EXPECT_EQ(read->link, "https://tongban.example/verify?number=1.2&code=7Q4K");
    const auto key = keys->verify(*read);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->agency, lixia);
    EXPECT_EQ(key->name, lixia_name);
    for (std::size_t at = 0; at < code.size(); ++at) {
        std::string bad = code;
        bad[at] = bad[at] == 'A' ? 'B' : 'A';
        const auto other = read_code(bad);
        EXPECT_FALSE(other && keys->verify(*other)) << at;
    }
    EXPECT_FALSE(read_code("https://tongban.example/verify?number=1"));
    EXPECT_FALSE(read_code("x#1.YQ.k.s"));
    EXPECT_LT(code.size(), 400U) << "a code that a telephone reads from paper";
}

}  // namespace
}  // namespace tongban
