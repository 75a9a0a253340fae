#include <gtest/gtest.h>

#include "base/documents.h"

namespace tongban {
namespace {

// Vectors of domain.md 3.4; the first four are real certificates.
TEST(CertificateIdentifier, MatchesRealCertificates)
{
    const auto root = std::string("1.2.156.3005.2.");
    for (const char* body :
         {"11100000000013338W011.11430000006122244L.20230000403.001.U",
          "11100000000013338W032.11220000013544541J.2430599.001.F", "11100000MB03271699022.340100.000000016.001.9",
          "11100000000013338W009.11330105002500287C.2025052201.002.0", "11100000MB03271699001.370102.20210001234.001.B",
          "11100000MB03271699022.370100.000000017.001.Y",
          "11100000MB03271699001.11370100MB28559180.2021000001234.001.D"})
        EXPECT_TRUE(is_certificate_identifier(root + body)) << body;
    EXPECT_EQ(certificate_identifier("11100000MB03271699022", "370100", "000000017", 1),
              "1.2.156.3005.2.11100000MB03271699022.370100.000000017.001.Y");
}

TEST(CertificateIdentifier, RefusesWhatIsNotOne)
{
    const std::string good = "1.2.156.3005.2.11100000MB03271699022.370100.000000017.001.Y";
    ASSERT_TRUE(is_certificate_identifier(good));
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = changed[i] == '1' ? '2' : '1';
        EXPECT_FALSE(is_certificate_identifier(changed)) << changed;
    }
    for (const char* text : {"", "1.2.156.3005.2.", "1.2.156.3005.2.Y", "1.2.156.3005.2....Y"})
        EXPECT_FALSE(is_certificate_identifier(text)) << text;
    EXPECT_THROW((void)certificate_identifier("short", "370100", "1", 1), BrokenInvariant);
}

}  // namespace
}  // namespace tongban
