#include "modules/certificates/certificate_store.h"

#include <gtest/gtest.h>

#include "base/codes.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;

class CertificateStoreTest : public DatabaseTest {
protected:
    Certificate prepare(const std::string& case_number, Agency agency = lixia)
    {
        return write(agency,
                     [&](Sql& sql) -> Result<Certificate> {
                         NewCertificate fresh;
                         fresh.place = agency == lixia ? "历下区" : "市南区";
                         fresh.province_short = "鲁";
                         fresh.issuer_name = "登记中心";
                         fresh.case_number = case_number;
                         fresh.registered_at = clock_.now();
                         return store_.prepare(sql, agency, fresh);
                     })
            .value();
    }
    std::optional<Certificate> lease(const std::string& number)
    {
        return write(lixia,
                     [&](Sql& sql) -> Result<std::optional<Certificate>> {
                         return store_.lease(sql, lixia, number, clock_.now(), clock_.now() + 60000);
                     })
            .value();
    }
    bool issue(const std::string& number, const std::string& digest)
    {
        return write(lixia,
                     [&](Sql& sql) -> Result<bool> { return store_.issue(sql, lixia, number, digest, clock_.now()); })
            .value();
    }
    std::size_t waiting()
    {
        return read([&](Sql& sql) -> Result<std::size_t> { return store_.waiting(sql, clock_.now(), 100).size(); })
            .value();
    }

    CertificateStore store_{ids_};
};
TONGBAN_ON_EACH_ENGINE(CertificateStoreTest);

TEST_P(CertificateStoreTest, NumbersCountPerRegistryAndYear)
{
    EXPECT_EQ(prepare("TB1").number, "鲁(2026)历下区不动产证明第0000001号");
    EXPECT_EQ(prepare("TB2").number, "鲁(2026)历下区不动产证明第0000002号");
    EXPECT_EQ(prepare("TB1", shinan).number, "鲁(2026)市南区不动产证明第0000001号");
    clock_.set(1798732800000);  // 2027-01-01 00:00 in China, still 2026 in UTC
    EXPECT_EQ(prepare("TB3").number, "鲁(2027)历下区不动产证明第0000001号");
    EXPECT_THROW(prepare("TB3"), UniqueViolation) << "one case, one certificate";
}

TEST_P(CertificateStoreTest, IdentifiersAndCodesHaveTheirForm)
{
    const Certificate certificate = prepare("TB1");
    EXPECT_TRUE(check_certificate_identifier(certificate.identifier));
    EXPECT_NE(certificate.identifier.find(".370102."), std::string::npos);
    EXPECT_EQ(certificate.code.size(), 12U);
    EXPECT_EQ(certificate.code.find_first_of("01OIL"), std::string::npos);
    EXPECT_EQ(normal_code(" ab2c-d3ｅ "), "AB2CD3E");
}

TEST_P(CertificateStoreTest, OneWorkerMakesTheFileAndALeaseRunsOut)
{
    const std::string number = prepare("TB1").number;
    EXPECT_EQ(waiting(), 1U);
    EXPECT_TRUE(lease(number).has_value());
    EXPECT_FALSE(lease(number).has_value());
    EXPECT_EQ(waiting(), 0U);
    clock_.advance(60000);
    EXPECT_EQ(waiting(), 1U) << "the worker died";
    EXPECT_TRUE(lease(number).has_value());
    EXPECT_TRUE(issue(number, "digest"));
    EXPECT_FALSE(issue(number, "other")) << "the first file counts";
    clock_.advance(60000);
    EXPECT_EQ(waiting(), 0U);
    const auto found =
        read([&](Sql& sql) -> Result<std::optional<Certificate>> { return store_.find_by_file(sql, lixia, "digest"); });
    ASSERT_TRUE(found->has_value());
    EXPECT_EQ((*found)->number, number);
    EXPECT_EQ((*found)->state, CertificateState::issued);
}

}  // namespace
}  // namespace tongban
