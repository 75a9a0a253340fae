#include "platform/crypto/agency_signer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "platform/crypto/demo_ca.h"
#include "platform/crypto/openssl.h"
#include "platform/crypto/pdf_hole.h"
#include "platform/crypto/pdf_verifier.h"

namespace tongban {
namespace {

using testing::HasSubstr;

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;

class AgencySignerTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::filesystem::remove_all(folder_);
        create_demo_ca(folder_);
        ensure_agency_key(folder_, lixia, "济南市历下区不动产登记中心");
        ensure_agency_key(folder_, shinan, "青岛市市南区不动产登记中心");
        signer_ = make_agency_signer(folder_);
        roots_ = std::make_unique<crypto::TrustedRoots>(root_certificate(folder_));
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    // Not a real PDF: signing and verification look at bytes only. Real ones are checked in platform/documents.
    static std::string file() { return "%PDF-1.7\n<<" + crypto::blank_signature() + ">>\nrest\n%%EOF\n"; }

    FileVerdict verdict_on(std::string_view pdf) const { return crypto::verify_pdf(pdf, *roots_); }

    const std::filesystem::path folder_ = testing::TempDir() + "agency_signer_test";
    std::unique_ptr<AgencySigner> signer_;
    std::unique_ptr<crypto::TrustedRoots> roots_;
};

TEST_F(AgencySignerTest, CreatesKeysOnceAndPrivately)
{
    const std::string before = root_certificate(folder_);
    create_demo_ca(folder_);
    ensure_agency_key(folder_, lixia, "另一个名称");
    EXPECT_EQ(root_certificate(folder_), before);
    EXPECT_TRUE(signer_->verify(lixia, "x", make_agency_signer(folder_)->sign(lixia, "x")));
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
        EXPECT_EQ(entry.status().permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << entry.path();
}

TEST_F(AgencySignerTest, SignsForOneRegistryOnly)
{
    const std::string signature = signer_->sign(lixia, "件包");
    EXPECT_TRUE(signer_->verify(lixia, "件包", signature));
    EXPECT_FALSE(signer_->verify(shinan, "件包", signature));
    EXPECT_FALSE(signer_->verify(lixia, "件包2", signature));
    EXPECT_FALSE(signer_->verify(lixia, "件包", ""));
    EXPECT_FALSE(signer_->verify(lixia, "件包", "not base64!"));
    EXPECT_THROW(signer_->sign(370999, "x"), std::runtime_error);
}

TEST_F(AgencySignerTest, MakesKeysAtFirstUseWhenAllowedTo)
{
    const auto lazy = make_agency_signer(folder_, [](Agency agency) { return "登记机构" + std::to_string(agency); });
    EXPECT_TRUE(lazy->verify(370785, "x", lazy->sign(370785, "x")));
    EXPECT_EQ(verdict_on(lazy->sign_pdf(370785, file())).signer_name, "登记机构370785（演示）");
}

TEST_F(AgencySignerTest, VerifiesItsOwnPdf)
{
    const FileVerdict verdict = verdict_on(signer_->sign_pdf(lixia, file()));
    EXPECT_TRUE(verdict.is_genuine()) << verdict.reason;
    EXPECT_EQ(verdict.agency, lixia);
    EXPECT_EQ(verdict.signer_name, "济南市历下区不动产登记中心（演示）");
    EXPECT_GT(verdict.signed_at, 1'700'000'000'000);
}

TEST_F(AgencySignerTest, NoByteCanBeChangedUnseen)
{
    const std::string good = signer_->sign_pdf(lixia, file());
    const std::size_t hole = good.find("/Contents <") + 11;
    const std::size_t hole_end = good.find('>', hole);
    for (std::size_t i = 0; i < good.size(); i += (i > hole + 4000 && i < hole_end - 100 ? 37 : 1)) {
        std::string bad = good;
        bad[i] = bad[i] == '1' ? '2' : '1';
        EXPECT_FALSE(verdict_on(bad).is_genuine()) << "byte " << i;
        bad[i] = static_cast<char>(good[i] ^ 0x20);  // another letter case, where it is hex
        EXPECT_FALSE(verdict_on(bad).is_genuine()) << "byte " << i;
    }
    std::string padding = good;
    padding[hole_end - 1] = '1';
    EXPECT_FALSE(verdict_on(padding).is_genuine());
}

TEST_F(AgencySignerTest, RefusesAdditionsAndCuts)
{
    const std::string good = signer_->sign_pdf(lixia, file());
    const FileVerdict longer = verdict_on(good + "1 0 obj <<>> endobj");
    EXPECT_TRUE(longer.is(verdict_problem::appended));
    EXPECT_FALSE(verdict_on(good + good).is_genuine());
    for (std::size_t cut = 0; cut < good.size(); cut += 101)
        EXPECT_FALSE(verdict_on(std::string_view(good).substr(0, cut)).is_genuine()) << cut;
}

TEST_F(AgencySignerTest, RefusesBadByteRanges)
{
    for (const char* range : {"[0 1 2 3]", "[0 5 5 1]", "[1 2 3 4]", "[0 99999999999999999999999 2 3]", "[0 -1 2 3]",
                              "[0 10 20", "[", "", "[0 18446744073709551615 1 1]", "[0 1 18446744073709551615 5]"}) {
        const FileVerdict verdict = verdict_on(std::string("%PDF-1.7 /ByteRange ") + range);
        EXPECT_TRUE(verdict.is(verdict_problem::altered)) << range;
        EXPECT_FALSE(verdict.reason.empty());
    }
    EXPECT_THAT(verdict_on("%PDF-1.7 nothing").reason, HasSubstr("没有电子签名"));
    EXPECT_TRUE(verdict_on("PNG").is(verdict_problem::not_a_document));
    EXPECT_TRUE(verdict_on("").is(verdict_problem::not_a_document));
}

TEST_F(AgencySignerTest, DoesNotTrustAnotherRoot)
{
    const std::filesystem::path other = testing::TempDir() + "agency_signer_test_other";
    std::filesystem::remove_all(other);
    create_demo_ca(other);
    ensure_agency_key(other, lixia, "济南市历下区不动产登记中心");
    const FileVerdict verdict = verdict_on(make_agency_signer(other)->sign_pdf(lixia, file()));
    EXPECT_TRUE(verdict.is(verdict_problem::unknown_root)) << verdict.reason;
    EXPECT_EQ(verdict.agency, 0);
    EXPECT_TRUE(verdict.signer_name.empty());
    std::filesystem::remove_all(other);
}

}  // namespace
}  // namespace tongban
