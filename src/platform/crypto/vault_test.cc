#include "platform/crypto/vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>

#include "platform/crypto/encoding.h"

namespace tongban {
namespace {

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;

TEST(Sm3, MatchesTheStandardsVectors)
{
    EXPECT_EQ(sm3_hex("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string abcd;
    for (int i = 0; i < 16; ++i) abcd += "abcd";
    EXPECT_EQ(sm3_hex(abcd), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    EXPECT_EQ(sm3_hex(""), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
}

TEST(Sm3, IsTheSameInPieces)
{
    Sm3 digest;
    digest.update("a");
    digest.update("");
    digest.update("bc");
    Sm3 moved = std::move(digest);
    EXPECT_EQ(moved.hex(), sm3_hex("abc"));
}

TEST(HmacSm3, AgreesWithOpenSsl)
{
    // openssl dgst -sm3 -hmac key
    EXPECT_EQ(hmac_sm3_hex("key", "The quick brown fox jumps over the lazy dog"),
              "bd4a34077888162b210645b8ebf74b9af357303789357a27c7fc457244ebd398");
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(Password, VerifiesOnlyItself)
{
    const std::string phc = hash_password("通办-2026");
    EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_TRUE(verify_password("通办-2026", phc));
    EXPECT_FALSE(verify_password("通办-2027", phc));
    EXPECT_FALSE(verify_password("", phc));
    EXPECT_FALSE(verify_password("通办-2026", "not a hash"));
    EXPECT_FALSE(verify_password(std::string(2000, 'x'), phc));
    EXPECT_NE(phc, hash_password("通办-2026"));
}

TEST(Base64Url, GoesThereAndBack)
{
    for (std::size_t n = 0; n < 70; ++n) {
        std::string bytes;
        for (std::size_t i = 0; i < n; ++i) bytes += static_cast<char>(i * 37 + n);
        EXPECT_EQ(crypto::from_base64url(crypto::to_base64url(bytes)), bytes);
        EXPECT_EQ(crypto::from_hex(crypto::to_hex(bytes)), bytes);
    }
    EXPECT_FALSE(crypto::from_base64url("A"));
    EXPECT_FALSE(crypto::from_base64url("AB"));  // leftover bits
    EXPECT_FALSE(crypto::from_base64url("AA=="));
}

TEST(VaultTest, OpensWhatItSealed)
{
    const auto vault = make_vault(std::string(32, 'k'));
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string sealed = vault->seal(lixia, "370102199001011234");
        EXPECT_TRUE(seen.insert(sealed).second) << "two values must never look alike";
        EXPECT_TRUE(sealed.starts_with("v1."));
        EXPECT_EQ(sealed.find("3701"), std::string::npos);
        EXPECT_EQ(vault->open(lixia, sealed), "370102199001011234");
    }
    EXPECT_EQ(vault->open(lixia, vault->seal(lixia, "")), "");
    EXPECT_EQ(make_vault(std::string(32, 'k'))->open(lixia, *seen.begin()), "370102199001011234");
}

TEST(VaultTest, RefusesDamageAndOtherAgencies)
{
    const auto vault = make_vault(std::string(32, 'k'));
    const std::string sealed = vault->seal(lixia, "赵䶮");
    EXPECT_THROW(vault->open(shinan, sealed), std::runtime_error);
    EXPECT_THROW(make_vault(std::string(32, 'x'))->open(lixia, sealed), std::runtime_error);
    EXPECT_THROW(vault->open(lixia, ""), std::runtime_error);
    EXPECT_THROW(vault->open(lixia, "v1."), std::runtime_error);
    EXPECT_THROW(vault->open(lixia, "v2." + sealed.substr(3)), std::runtime_error);
    for (std::size_t i = 3; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_THROW(vault->open(lixia, changed), std::runtime_error) << i;
    }
}

TEST(VaultTest, DigestsAreEqualWithinOneAgencyOnly)
{
    const auto vault = make_vault(std::string(32, 'k'));
    EXPECT_EQ(vault->digest(lixia, "x"), vault->digest(lixia, "x"));
    EXPECT_NE(vault->digest(lixia, "x"), vault->digest(lixia, "y"));
    EXPECT_NE(vault->digest(lixia, "x"), vault->digest(shinan, "x"));
}

TEST(VaultTest, KeepsItsKeyInAPrivateFile)
{
    const std::filesystem::path folder = testing::TempDir() + "vault_test_keys";
    std::filesystem::remove_all(folder);
    const auto file = folder / "platform.key";
    EXPECT_THROW(open_vault(file, KeyFile::must_exist), std::runtime_error);
    const std::string sealed = open_vault(file, KeyFile::may_be_created)->seal(lixia, "秘密");
    struct stat facts = {};
    ASSERT_EQ(::stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);
    EXPECT_EQ(open_vault(file, KeyFile::may_be_created)->open(lixia, sealed), "秘密");
    ::chmod(file.c_str(), 0644);
    EXPECT_THROW(open_vault(file, KeyFile::must_exist), std::runtime_error);
    ::chmod(file.c_str(), 0600);
    std::ofstream(file) << "not a key\n";
    EXPECT_THROW(open_vault(file, KeyFile::must_exist), std::runtime_error);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tongban
